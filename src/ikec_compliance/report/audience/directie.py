"""The director's report: one page to act on, then the details behind it."""

from __future__ import annotations

from ikec_compliance.report.audience.clashes import clashes
from ikec_compliance.report.audience.cover import cover
from ikec_compliance.report.audience.expiry import expiries
from ikec_compliance.report.audience.grouping import collisions
from ikec_compliance.report.audience.parts import (
    expiry_table,
    finding_cards,
    glossary,
    paragraph,
    question_table,
    review_cards,
    stale_cards,
)
from ikec_compliance.report.audience.pictures import changes_section, group_pictures, regimes_picture, week_picture
from ikec_compliance.report.audience.reading import Reading, regime_lines
from ikec_compliance.report.document.blocks import Block, Bullets, Section, text
from ikec_compliance.report.words import GROUPS, REGIMES, group_of, groups_in_order

_QUESTIONS = 25


def sections(read: Reading) -> tuple[Section, ...]:
    """The chapters of the report."""
    lapsing = expiries(read.report, read.wording)
    made = [cover(read, lapsing)]
    changes = changes_section(read)
    if changes is not None:
        made.append(changes)
    made.append(Section(text(read.say("regimes_title")), (regimes_picture(read),), "wetten", new_page=True))
    made.append(findings(read))
    if read.overview.days:
        blocks = (*week_picture(read.overview.days, read), *group_pictures(read.overview.days, read))
        made.append(Section(text(read.say("pictures_title")), blocks, "rooster"))
    made.append(conflicts(read, proof=False))
    made.append(reviews(read))
    made.append(Section(text(read.say("questions_title")), tuple(question_table(read, _QUESTIONS)), "vragen"))
    if lapsing:
        table = expiry_table(lapsing, read, read.say("lapsing"))
        made.append(Section(text(read.say("lapsing_title")), (table,), "verloopt"))
    made.append(notices(read))
    made.append(glossary(read, regimes(read)))
    return tuple(made)


def regimes(read: Reading) -> list[str]:
    """The regimes of the check, in order; all of law when none was checked."""
    return list(read.report.receipt.regimes) or ["onderwijs", "kinderopvang", "jeugdhulp"]


def findings(read: Reading) -> Section:
    """The findings per law."""
    fails = [line for line in read.report.verdicts if line.is_finding]
    title = text(read.say("findings"))
    blocks: list[Block] = []
    if not fails:
        key = "no_findings" if read.report.receipt.regimes else "nothing_checked"
        blocks.append(paragraph(read.say(key)))
    blocks += [
        Section(
            text(read.words.of(GROUPS, name)),
            tuple(finding_cards(regime_lines(read.report, name), read)),
            f"bevindingen-{name}",
        )
        for name in groups_in_order([group_of(line) for line in fails])
    ]
    if read.report.stale:
        blocks.append(Section(text(read.say("stale")), tuple(stale_cards(read)), "verlopen-acceptaties"))
    return Section(title, tuple(blocks), "bevindingen")


def conflicts(read: Reading, proof: bool) -> Section:
    """The collisions of all regimes."""
    return clashes(collisions(read.report.conflicts), read, proof)


def reviews(read: Reading) -> Section:
    """What a person must judge, per law."""
    parts = []
    for name in groups_in_order([group_of(line) for line in read.report.verdicts]):
        cards = review_cards(regime_lines(read.report, name), read)
        if cards:
            parts.append(Section(text(read.wording.capital(read.words.of(REGIMES, name))), tuple(cards)))
    blocks: tuple[Block, ...] = tuple(parts) or (paragraph(read.say("reviews_none")),)
    return Section(text(read.say("reviews_title")), blocks, "beoordelen")


def notices(read: Reading) -> Section:
    """What a reader must know besides the outcomes."""
    items = tuple(text(read.cut(item)) for item in read.report.notices)
    blocks: tuple[Block, ...] = (Bullets(items),) if items else (paragraph(read.say("none")),)
    return Section(text(read.say("notices_title")), blocks, "let-op")
