"""The ledgers of law as one page: every unit with what stands for it. No file beside it, no script needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from ikec_compliance.report.coverage import HEADS, Ledger, by_law
from ikec_compliance.report.words import GROUPS, Words
from ikec_compliance.rules.laws import Law
from ikec_compliance.rules.ledger import Claim, Cover, Covered

_CLASSES = {
    Cover.RULED: "regels",
    Cover.OPEN: "open",
    Cover.NOT_FOR_CENTRE: "anders",
    Cover.NOT_COMPUTABLE: "anders",
    Cover.UNREADABLE: "onleesbaar",
    Cover.UNREAD: "ongelezen",
}

_STYLE = """
:root { color-scheme: light; --lijn: #c8ccd4; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; }
h1, h2, h3 { line-height: 1.25; }
h2 { border-bottom: 2px solid var(--lijn); padding-bottom: .25rem; margin-top: 2.5rem; }
a { color: #0b4f8a; } .spring { position: absolute; left: -999rem; } .spring:focus { left: 1rem; }
.breed { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { border: 1px solid var(--lijn); padding: .3rem .5rem; text-align: left; vertical-align: top; }
th, td { overflow-wrap: anywhere; }
thead th { background: #eef1f5; } td.getal, th.getal { text-align: right; font-variant-numeric: tabular-nums; }
summary { cursor: pointer; font-weight: 600; padding: .35rem 0; }
.merk { display: inline-block; border: 1px solid #1c2430; border-radius: .25rem; padding: 0 .35rem; }
.merk.regels { background: #d9efdd; } .merk.open { background: #fdf0cf; } .merk.onleesbaar { background: #e8e1f3; }
.merk.anders { background: #eef1f5; } .merk.ongelezen { background: #f8d9d6; font-weight: 700; }
@media print { details { display: block; } body { max-width: none; } a { color: inherit; } }
"""


def coverage_html(ledgers: Sequence[Ledger], laws: Mapping[str, Law]) -> str:
    """One self-contained page: counts per law, and below each law every article with its units and claims."""
    words = Words()
    body: list[str] = []
    for ledger in ledgers:
        name = words.of(GROUPS, ledger.regime)
        anchor = escape(ledger.regime)
        body.append(f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{escape(name)}</h2>')
        if ledger.units is None:
            body.append("<p>Dit regime heeft nog geen lijst van eenheden.</p></section>")
            continue
        grouped = by_law(ledger.units)
        body += _counts(name, grouped, laws)
        for code, units in grouped.items():
            body += _law(code, units, laws.get(code))
        body.append("</section>")
    units = [unit for ledger in ledgers for unit in ledger.units or ()]
    counts = Counter(unit.cover for unit in units)
    total = ", ".join(f"{counts[cover]} {head}" for cover, head in HEADS.items())
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="nl"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Welke delen van de wet gedekt zijn</title><style>{_STYLE}</style></head><body>",
            '<a class="spring" href="#inhoud">Naar de inhoud</a>',
            "<header><h1>Welke delen van de wet gedekt zijn</h1>",
            f"<p>{len(units)} eenheden: {escape(total)}.</p></header>",
            '<main id="inhoud">',
            *body,
            "</main></body></html>",
            "",
        ]
    )


def _counts(name: str, grouped: Mapping[str, Sequence[Covered]], laws: Mapping[str, Law]) -> Iterator[str]:
    yield f'<div class="breed"><table><caption>{escape(name)}: eenheden per wet</caption><thead><tr>'
    yield '<th scope="col">wet</th><th scope="col" class="getal">eenheden</th>'
    yield "".join(f'<th scope="col" class="getal">{escape(head)}</th>' for head in HEADS.values())
    yield "</tr></thead><tbody>"
    for code, units in grouped.items():
        counts = Counter(unit.cover for unit in units)
        cells = "".join(f'<td class="getal">{counts[cover]}</td>' for cover in HEADS)
        link = f'<a href="#{escape(_anchor(code))}">{escape(_title(code, laws.get(code)))}</a>'
        yield f'<tr><th scope="row">{link}</th><td class="getal">{len(units)}</td>{cells}</tr>'
    yield "</tbody></table></div>"


def _law(code: str, units: Sequence[Covered], law: Law | None) -> Iterator[str]:
    yield f'<h3 id="{escape(_anchor(code))}">{escape(_title(code, law))}, toestand van {units[0].unit.state}</h3>'
    articles: dict[str, list[Covered]] = {}
    for unit in units:
        articles.setdefault(unit.unit.article, []).append(unit)
    for article, members in articles.items():
        counts = Counter(unit.cover for unit in members)
        told = ", ".join(f"{counts[cover]} {head}" for cover, head in HEADS.items() if counts[cover])
        name = article if article.startswith("bijlage") else f"artikel {article}"
        opened = " open" if counts[Cover.UNREAD] else ""
        yield f"<details{opened}><summary>{escape(name)}: {escape(told)}</summary>"
        yield f'<div class="breed"><table><caption>{escape(name)}</caption><thead><tr>'
        yield '<th scope="col">eenheid</th><th scope="col">hoe</th><th scope="col">regels of reden</th>'
        yield "</tr></thead><tbody>"
        for unit in members:
            shown = "geheel" if unit.unit.unit == "-" else f"lid {unit.unit.unit}"
            mark = f'<span class="merk {_CLASSES[unit.cover]}">{escape(HEADS[unit.cover])}</span>'
            said = "<br>".join(_claim(claim) for claim in unit.claims) or "niemand heeft deze eenheid nog gelezen"
            yield f'<tr><th scope="row">{escape(shown)}</th><td>{mark}</td><td>{said}</td></tr>'
        yield "</tbody></table></div></details>"


def _claim(claim: Claim) -> str:
    parts = [", ".join(claim.rules)] if claim.rules else []
    parts += [claim.reason] if claim.reason else []
    parts += [f"in de plaats: {claim.instead}"] if claim.instead else []
    return escape(f"{HEADS[claim.cover]}: {'; '.join(parts)}" if parts else HEADS[claim.cover])


def _title(code: str, law: Law | None) -> str:
    return law.title if law else code


def _anchor(code: str) -> str:
    return f"wet-{code.lower()}"
