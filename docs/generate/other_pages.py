"""The home page, the commands, the vocabulary and the laws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import click

from docs.generate.markdown import day, link, page, plain, table
from ikec_compliance.cli import main
from ikec_compliance.model.vocabulary import FieldDef, SubjectType
from ikec_compliance.report.words import EVIDENCE, REGIMES, VERDICTS
from ikec_compliance.rules.ruleset import RuleSet

_EVIDENCE = {
    "gelezen": "De geldende tekst is gelezen; elke uitkomst kan.",
    "oudere_tekst": "Een eerdere tekst is gelezen; elke uitkomst kan, met een merk.",
    "secundair": "Bekend uit een betrouwbare uitleg; elke uitkomst kan, met een merk.",
    "onbevestigd": "Niet te bevestigen; geeft alleen ‘te beoordelen’.",
}
_VERDICTS = {
    "voldoet_niet": "Aan de regel is niet voldaan: een bevinding.",
    "niet_te_bepalen": "Er ontbreken gegevens; het rapport vraagt ernaar.",
    "te_beoordelen": "De regel vraagt een oordeel van een mens.",
    "voldoet": "Aan de regel is voldaan, met bewijs.",
    "niet_van_toepassing": "De regel geldt hier niet.",
}


def home_page(rules: RuleSet, collisions: int) -> str:
    """Where a reader starts."""
    ids = {version.head.id for version in rules.versions}
    return page(
        "ikec-compliance",
        [
            "`ikec` toetst een integraal kind- en expertisecentrum (speciaal onderwijs, kinderopvang en jeugdhulp in "
            "één gebouw) aan de regels voor onderwijs, kinderopvang en jeugdhulp, laat zien waar die botsen, bewijst "
            "dat, en noemt de vorm die wel mag.",
            "",
            f"- [{len(ids)} regels](regels/index.md), elk met artikel, bewijs en toetsen",
            f"- [{collisions} botsingen](botsingen/index.md) tussen de regimes, met bron en uitweg",
            "- [Opdrachten](opdrachten.md) van het programma",
            "- [Controle in CI](ci.md): een wijziging weigeren die het centrum buiten de wet brengt",
            "- [Begrippen](begrippen.md) en [wetten](wetten.md) waarin de regels zijn geschreven",
            "",
            "Dit is geen juridisch advies. Wat na de gelezen wetsteksten is veranderd, is niet meegewogen.",
            "",
            "## De vijf uitkomsten",
        ],
        table(("Uitkomst", "Wat zij zegt"), [(VERDICTS[v][0], _VERDICTS[v.value]) for v in VERDICTS]),
        ["## Hoe een tekst is geverifieerd"],
        table(("Bewijs", "Wat het zegt"), [(EVIDENCE[e][0], _EVIDENCE[e.value]) for e in EVIDENCE]),
    )


def commands_page() -> str:
    """The help of every command, as the program prints it."""
    return page("Opdrachten", _help(main, ["ikec"]))


def vocabulary_page(rules: RuleSet) -> str:
    """Every kind of subject with its fields: the words that rules are written in."""
    types = [item for item in rules.vocabulary.types.values()]
    parts: list[str] = [
        "De regels zijn geschreven in deze begrippen. Bij elk gegeven staat de vraag die een rapport stelt als het "
        "ontbreekt; wat geen vraag heeft, rekent het programma uit.",
        "",
    ]
    for item in types:
        parts += [f"## {plain(item.title[:1].upper() + item.title[1:])} {{#{item.name}}}", ""]
        if item.partners:
            parts += [
                "Verwijst naar: "
                + ", ".join(f"[{plain(partner.title)}](#{partner.type})" for partner in item.partners.values()),
                "",
            ]
        parts += table(("Gegeven", "Soort", "Vraag"), [_field(field, item, rules) for field in item.fields.values()])
    units = [(plain(unit.title), plain(unit.one)) for unit in rules.vocabulary.units.values()]
    parts += ["## Eenheden", *table(("Eenheid", "Een ervan"), units)]
    return page("Begrippen", parts)


def laws_page(rules: RuleSet) -> str:
    """The law registry: who supervises, and in which state each text was read."""
    cited: dict[str, set[str]] = {}
    for version in rules.versions:
        for law, _ in version.cited():
            cited.setdefault(law, set()).add(version.head.id)
    rows = [
        (
            link(law.title, f"https://wetten.overheid.nl/{law.bwb}" if law.bwb else ""),
            plain(REGIMES[law.regime][0] if law.regime in REGIMES else law.regime),
            plain(law.supervisor),
            day(law.read_until),
            str(len(cited.get(code, ()))),
        )
        for code, law in rules.laws.by_code.items()
    ]
    return page(
        "Wetten en andere bronnen",
        ["Tot en met de genoemde stand is de tekst gelezen; wat daarna veranderde, is niet meegewogen.", ""],
        table(("Bron", "Regime", "Toezicht", "Gelezen stand", "Regels"), rows),
    )


def _field(field: FieldDef, owner: SubjectType, rules: RuleSet) -> tuple[str, str, str]:
    kinds = {"boolean": "ja of nee", "number": "getal", "date": "datum", "choice": "keuze", "list": "lijst"}
    kind = kinds[field.kind.value]
    if field.unit:
        kind = plain(rules.vocabulary.units[field.unit].title)
    elif field.choices:
        kind += f": {plain(', '.join(field.choices))}"
    return plain(field.title), kind, plain(field.question)


def _help(command: click.Command, path: Sequence[str]) -> Iterator[str]:
    from click.testing import CliRunner

    text = CliRunner().invoke(main, [*path[1:], "--help"], terminal_width=100).output
    level = "#" * min(len(path) + 1, 4)
    yield from ["", f"{level} {' '.join(path)}", "", "```text", re.sub(r"[ \t]+$", "", text, flags=re.M).strip(), "```"]
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            if not child.hidden:
                yield from _help(child, [*path, name])
