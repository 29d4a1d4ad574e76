"""Turns what is known into pages."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ikec_compliance import report as report_package
from ikec_compliance.model.diff import Change, Diff, Flip
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.audience import directie
from ikec_compliance.report.audience.chapters import SUPERVISORS
from ikec_compliance.report.audience.grouping import collisions, first_things
from ikec_compliance.report.audience.parts import finding_cards
from ikec_compliance.report.audience.pictures import group_pictures
from ikec_compliance.report.audience.reading import Reading
from ikec_compliance.report.diff import chapters, counts, flip_text, remarks, verdict_line
from ikec_compliance.report.document.blocks import Section
from ikec_compliance.report.words import REGIMES, VERDICTS, group_of, groups_in_order

if TYPE_CHECKING:
    from jinja2 import Environment

AUDIENCES = {
    "directie": ("Directie", "een bladzijde om mee te beginnen, daarna alles erachter"),
    "ggd": ("GGD", "de opvang, in de volgorde van de toezichthouder"),
    "onderwijsinspectie": ("Onderwijsinspectie", "de scholen, volgens het onderzoekskader"),
    "igj": ("IGJ", "de jeugdhulp, volgens het toetsingskader"),
    "beleid": ("Beleid", "alles: elke norm, elke bevinding, elk bewijs"),
}
"""The reports, each with its name and what it is."""

FIRST_THINGS = 5
LONGEST = 600

_OWN = Path(__file__).parent / "templates"
_REPORT = Path(next(iter(report_package.__path__))) / "document" / "templates"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(loader=FileSystemLoader([_OWN, _REPORT]), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)  # fmt: skip
    made.filters["cut"] = cut
    return made


@cache
def style() -> str:
    """The one style sheet: that of the reports and what the pages add to it."""
    return "\n".join(path.read_text(encoding="utf-8") for path in (_REPORT / "rapport.css", _OWN / "ikec.css"))


def page(template: str, **values: Any) -> str:
    """A page; every text in it is text, whatever it holds."""
    from markupsafe import Markup

    used: set[str] = set()

    def anchor(name: str) -> Markup:
        key = name.lower()
        if not key or key in used or not key.isprintable():
            return Markup("")
        used.add(key)
        return Markup(' id="{}"').format(key)

    return _environment().get_template(template).render(anchor=anchor, audiences=AUDIENCES, **values) + "\n"


def cut(words: object, longest: int = LONGEST) -> str:
    """The beginning of a text that is too long for a page."""
    shown = str(words)
    return shown if len(shown) <= longest else f"{shown[:longest]}… (nog {len(shown) - longest} tekens)"


def overview(read: Reading) -> dict[str, Any]:
    """What the first page about a centre shows."""
    report = read.report
    summary = report.summary
    return {
        "name": read.name,
        "day": read.words.day(report.receipt.on),
        "tiles": (
            ("bad", summary.violations, "overtreding", "overtredingen", "/bevindingen"),
            ("warn", summary.warnings, "waarschuwing", "waarschuwingen", "/bevindingen"),
            ("bad", summary.conflicts_open, "open botsing", "open botsingen", "/bevindingen?wet=botsingen"),
            ("ask", summary.unknown, "keer niet te bepalen", "keer niet te bepalen", "/rapport/directie#vragen"),
            ("ask", summary.review, "keer te beoordelen", "keer te beoordelen", "/rapport/directie#beoordelen"),
        ),
        "regimes": _per_law(read),
        "verdicts": [read.words.pick(pair) for pair in VERDICTS.values()],
        "first": [
            {
                "code": group[0].rule,
                "title": read.title(group[0]),
                "where": read.subjects(group),
                "do": read.own.speak(read.cut(group[0].repair_what), group[0].regime),
                "who": group[0].repair_who,
            }
            for group in first_things(report.verdicts)[:FIRST_THINGS]
        ],
        "questions": [
            (read.cut(item.subject_title, 200), read.cut(item.question)) for item in report.questions[:FIRST_THINGS]
        ],
        "notices": [read.cut(item) for item in report.notices],
    }  # fmt: skip


def _per_law(read: Reading) -> list[tuple[str, list[int]]]:
    """Per law, and per collective agreement apart from it, the number of each verdict."""
    numbers: dict[str, Counter[Verdict]] = {}
    for line in read.report.verdicts:
        numbers.setdefault(group_of(line), Counter())[line.verdict] += 1
    return [
        (read.wording.capital(read.words.of(REGIMES, name)) if name in REGIMES else name.capitalize(),
         [numbers[name][verdict] for verdict in VERDICTS])
        for name in groups_in_order(list(numbers))
    ]  # fmt: skip


def findings(read: Reading, chosen: str) -> dict[str, Any]:
    """The findings and open collisions as the reports show them, of one law or of all."""
    names = groups_in_order([group_of(line) for line in read.report.verdicts if line.is_finding])
    sections: list[Section] = []
    found = directie.findings(read)
    if chosen == "botsingen":
        found = directie.conflicts(read, proof=False)
    elif chosen:
        wanted = f"bevindingen-{chosen}"
        found = Section(
            found.title,
            tuple(block for block in found.blocks if isinstance(block, Section) and block.anchor == wanted),
            found.anchor,
        )
    sections.append(found)
    if not chosen:
        sections.append(directie.conflicts(read, proof=False))
    laws = [(name, read.wording.capital(read.words.of(REGIMES, name))) for name in names if name in REGIMES]
    laws += [(name, name) for name in names if name not in REGIMES]
    open_collisions = sum(group.first.is_finding for group in collisions(read.report.conflicts))
    return {"sections": sections, "laws": laws, "chosen": chosen, "open_collisions": open_collisions}


def pictures(read: Reading, subject: str) -> list[Any]:
    """The picture of a groep."""
    return list(group_pictures([day for day in read.overview.days if day.subject == subject], read))


def about(read: Reading, subject: str) -> list[Any]:
    """The findings about the days of a groep."""
    return list(finding_cards((line for line in read.report.verdicts if line.subject.startswith(f"{subject}@")), read))


def flips(diff: Diff, read: Reading) -> dict[str, Any]:
    """What a change flipped, for a page."""
    wording = read.wording

    def shown(change: Change) -> dict[str, str]:
        item = change.shown
        return {
            "code": item.code, "title": cut(item.title), "how": flip_text(change, wording),
            "message": wording.capital(cut(item.message)), "articles": cut(item.articles),
            "tone": _TONES[change.flip],
        }  # fmt: skip

    return {
        "line": " ".join([*_better(diff), verdict_line(diff, wording)]),
        "counts": counts(diff, wording),
        "remarks": remarks(diff, wording),
        "chapters": [
            (heading, [shown(change) for change in changes], quiet)
            for heading, changes, quiet in chapters(diff, wording)
        ],
    }


def _better(diff: Diff) -> list[str]:
    better = sum(change.flip is Flip.BETTER for change in diff.changes)
    if not better:
        return []
    return ["Er is één uitkomst beter geworden." if better == 1 else f"Er zijn {better} uitkomsten beter geworden."]


_TONES = {Flip.WORSE: "bad", Flip.NEW: "ask", Flip.BETTER: "good", Flip.OTHER: "ask", Flip.REMOVED: "calm"}


def facilities(read: Reading) -> list[tuple[str, list[tuple[str, str]]]]:
    """Per supervisor the voorzieningen that a report can be limited to, when there is a choice."""
    found = []
    for audience, regime in SUPERVISORS.items():
        own = [(item.id, read.cut(item.title, 80)) for item in read.overview.facilities if item.regime == regime]
        if len(own) > 1:
            found.append((audience, own))
    return found
