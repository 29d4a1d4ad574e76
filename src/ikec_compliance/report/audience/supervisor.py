"""A report that prepares for one supervisor: its own order of subjects, a chapter for each number it inspects."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.model.overview import Facility
from ikec_compliance.model.result import VerdictLine
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.audience.chapters import CHAPTERS, FALLBACK, FRAMEWORKS, Chapter, chapter_of
from ikec_compliance.report.audience.clashes import clashes
from ikec_compliance.report.audience.grouping import collisions
from ikec_compliance.report.audience.norms import norm_table, outcome
from ikec_compliance.report.audience.papers import WANTED, Wanted
from ikec_compliance.report.audience.parts import (
    finding_cards,
    glossary,
    jump,
    paragraph,
    review_cards,
    row,
    unknown_cards,
)
from ikec_compliance.report.audience.pictures import changes_section, group_pictures, week_picture
from ikec_compliance.report.audience.reading import Reading, regime_lines
from ikec_compliance.report.document.blocks import Block, Pairs, Section, Table, Text, text
from ikec_compliance.report.words import GROUPS, group_of

_SHOWN = (Verdict.FAILS, Verdict.UNDECIDED, Verdict.REVIEW, Verdict.PASSES)


def sections(read: Reading, regime: str, facility: str = "") -> tuple[Section, ...]:
    """The chapters of the report: an overview, one per voorziening (or only ``facility``), collisions, own words."""
    every = [item for item in read.overview.facilities if item.regime == regime]
    chosen = [item for item in every if not facility or item.id == facility]
    lines = [line for line in regime_lines(read.report, regime) if line.verdict is not Verdict.NOT_APPLICABLE]
    own = {item.id: [line for line in lines if item.id in belongs(line, read)] for item in chosen}
    made = [_overview(read, regime, chosen, own)]
    changes = changes_section(read)
    if changes is not None and not facility:
        made.append(changes)
    made += [_facility(item, own[item.id], read) for item in chosen]
    left = [line for line in lines if not any(item.id in belongs(line, read) for item in every)]
    if left and not facility:
        made.append(Section(text(read.say("unassigned")), tuple(_chapters(left, read, regime, "rest")), "rest"))
    if not facility:
        extra = [
            line
            for line in read.report.verdicts
            if line.regime == regime and group_of(line) != regime and line.verdict is not Verdict.NOT_APPLICABLE
        ]
        if extra:
            made.append(_extra(extra, read))
    # A collision without norms of its own concerns everyone.
    meeting = [group for group in collisions(read.report.conflicts) if not group.regimes or regime in group.regimes]
    made.append(clashes(meeting, read, proof=False, new_page=True))
    made.append(glossary(read, (regime,)))
    return tuple(made)


def belongs(line: VerdictLine, read: Reading) -> tuple[str, ...]:
    """The voorzieningen a line is about."""
    subject = line.subject.partition("@")[0]
    found = read.overview.belongs.get(subject)
    if found is None:
        found = read.overview.belongs.get(subject.partition("/")[0], ())
    return found


def number(facility: Facility, read: Reading) -> str:
    """``LRK 123456789``, or that it was not given."""
    if facility.number:
        return f"{facility.number_kind} {facility.number}"
    kind = {"kinderopvang": "LRK", "onderwijs": "BRIN", "jeugdhulp": "AGB"}.get(facility.regime, "")
    return read.say("no_number", kind=kind)


def _name(facility: Facility, read: Reading) -> str:
    """How the chapter is called: the aanbieder for jeugdhulp, which has no number of its own location."""
    title = read.cut(facility.title, 120)
    if facility.regime == "jeugdhulp" and not facility.number:
        return f"{title} – {read.cut(facility.organisation_title, 120)}" if facility.organisation_title else title
    return f"{title} – {number(facility, read)}"


def _overview(read: Reading, regime: str, facilities: Sequence[Facility], own: dict[str, list[VerdictLine]]) -> Section:
    framework = read.words.pick(FRAMEWORKS[regime])
    blocks: list[Block] = [paragraph(read.say("order_note", framework=framework), tone="note")]
    if not facilities:
        blocks.append(paragraph(read.say("no_facilities"), tone="alert"))
    head = (read.say("chapter_head"), *(read.words.verdict(verdict) for verdict in _SHOWN))
    for facility in facilities:
        rows: list[tuple[Text, ...]] = []
        for chapter in (*CHAPTERS[regime], FALLBACK):
            lines = [line for line in own[facility.id] if _chapter(line, read) is chapter]
            if lines or chapter is not FALLBACK:
                counts = [str(sum(1 for line in lines if line.verdict is verdict)) for verdict in _SHOWN]
                link = jump(f"{facility.id}-{chapter.key}".lower(), read.words.pick(chapter.title))
                rows.append(row(link, *counts))
        name = _name(facility, read)
        table = Table(name, head, tuple(rows), frozenset(range(1, 5)))
        blocks.append(Section(text(name), (table,)))
    return Section(text(read.say("overview_title")), tuple(blocks), "overzicht")


def _chapter(line: VerdictLine, read: Reading) -> Chapter:
    return chapter_of(line.regime, line.rule, read.wording.themes.get(line.rule, ""))


def _facility(facility: Facility, lines: Sequence[VerdictLine], read: Reading) -> Section:
    rows = [(read.say("run_by"), text(read.cut(facility.organisation_title, 200) or "–"))]
    if facility.address:
        rows.append((read.say("address"), text(read.cut(facility.address, 200))))
    blocks: list[Block] = [Pairs(tuple(rows)), _papers(facility, lines, read)]
    days = (
        [day for day in read.overview.days if facility.id in day.facilities]
        if facility.regime == "kinderopvang"
        else []
    )
    blocks += _chapters(lines, read, facility.regime, facility.id)
    if days:
        pictures = (*week_picture(days, read), *group_pictures(days, read))
        blocks.append(Section(text(read.say("pictures_title")), pictures, f"rooster-{facility.id}"))
    return Section(text(_name(facility, read)), tuple(blocks), f"voorziening-{facility.id}", new_page=True)


def _chapters(lines: Sequence[VerdictLine], read: Reading, regime: str, place: str) -> list[Block]:
    """Every subject of the supervisor in its order, also those on which nothing was checked."""
    made: list[Block] = []
    for chapter in (*CHAPTERS[regime], FALLBACK):
        own = [line for line in lines if _chapter(line, read) is chapter]
        if not own and (chapter is FALLBACK or place == "rest"):
            continue
        blocks: list[Block] = [*finding_cards(own, read), *unknown_cards(own, read), *review_cards(own, read)]
        if own:
            blocks += _norms(own, read)
        else:
            blocks.append(paragraph(read.say("empty_chapter"), tone="note"))
        made.append(Section(text(read.words.pick(chapter.title)), tuple(blocks), f"{place}-{chapter.key}".lower()))
    return made


def _papers(facility: Facility, lines: Sequence[VerdictLine], read: Reading) -> Section:
    rows = []
    for wanted in WANTED[facility.regime]:
        asked = [line for line in lines if wanted.asked_by(line.rule)]
        there = _there(wanted, facility, read)
        if asked or there or not lines:
            said = outcome(asked, read) if asked else read.say("papers_other")
            title = read.own.speak(read.words.pick(wanted.title), facility.regime)
            rows.append(row(f"☐ {title}", there or "–", said))
    head = tuple(read.say(key) for key in ("paper_head", "own_paper_head", "paper_state_head"))
    title = read.say("papers_title")
    return Section(text(title), (Table(title, head, tuple(rows)),), f"stukken-{facility.id}")


def _there(wanted: Wanted, facility: Facility, read: Reading) -> str:
    """The centre's own papers of the kind asked."""
    found = []
    for paper in read.overview.papers:
        if facility.id in paper.facilities and set(paper.kinds) & set(wanted.kinds):
            title = read.cut(paper.title, 120)
            day = paper.adopted_on
            found.append(title if day is None else read.say("adopted", title=title, day=read.words.day(day)))
    return "; ".join(found)


def _extra(lines: Sequence[VerdictLine], read: Reading) -> Section:
    """What stands with this regime and is no law, such as a cao."""
    title = read.words.of(GROUPS, group_of(lines[0]))
    cards = (*finding_cards(lines, read), *unknown_cards(lines, read), *review_cards(lines, read))
    note = paragraph(read.say("not_supervised"), tone="note")
    return Section(text(title), (note, *cards, *_norms(lines, read)), "geen-wet")


def _norms(lines: Sequence[VerdictLine], read: Reading) -> tuple[Block, ...]:
    title = read.say("checked_norms")
    return paragraph(f"{title}:"), norm_table(lines, read, title)
