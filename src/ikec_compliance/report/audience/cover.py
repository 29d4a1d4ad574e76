"""The first page for the director: what lapses, where each law stands, what to do this week, what is not known yet."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.model.result import Question, VerdictLine
from ikec_compliance.model.rule import Severity
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.audience.expiry import Expiry
from ikec_compliance.report.audience.grouping import collisions, first_things
from ikec_compliance.report.audience.parts import jump, paragraph, row, settles
from ikec_compliance.report.audience.reading import Reading
from ikec_compliance.report.document.blocks import Block, Bullets, Section, Table, Text, text
from ikec_compliance.report.phrases import RULES
from ikec_compliance.report.words import CLASSES, REGIMES, group_of, groups_in_order

ANCHOR = "kort"
_LAPSING, _THINGS, _QUESTIONS, _COLLISIONS = 4, 6, 4, 3
_TITLE, _WAY = 110, 140


def cover(read: Reading, lapsing: Sequence[Expiry]) -> Section:
    """The page that stands on its own; every list is short and says where the rest is."""
    blocks = (state_table(read), _lapsing(read, lapsing), _things(read), _questions(read), _collisions(read))
    return Section(text(read.say("at_a_glance")), blocks, ANCHOR)


def state_table(read: Reading) -> Table:
    """Where each law stands, in words and numbers."""
    report = read.report
    groups: dict[str, list[VerdictLine]] = {}
    for line in report.verdicts:
        groups.setdefault(group_of(line), []).append(line)
    rows = []
    for name in groups_in_order(list(groups)):
        lines = groups[name]
        wrong = sum(1 for line in lines if line.is_finding and line.severity is Severity.ERROR)
        warned = sum(1 for line in lines if line.is_finding and line.severity is Severity.WARNING)
        unknown = sum(1 for line in lines if line.verdict is Verdict.UNDECIDED and not line.harmless)
        waiting = sum(
            1 for line in lines if line.verdict is Verdict.REVIEW and (line.judgement is None or line.judgement.expired)
        )
        passes = sum(1 for line in lines if line.verdict is Verdict.PASSES)
        state = "bad" if wrong else "warn" if warned else "ask" if unknown or waiting else "good"
        title = read.wording.capital(read.words.of(REGIMES, name))
        rows.append(row(title, read.say(f"state_{state}"), *map(str, (wrong, warned, unknown, waiting, passes))))
    head = ("law", "state_head", "violations_head", "warnings_head", "unknown_head", "review_head", "passes_head")
    return Table(read.say("state"), tuple(read.say(key) for key in head), tuple(rows), frozenset(range(2, 7)))


def _more(count: int, anchor: str, title: str, read: Reading) -> Block:
    before, _, after = read.say("more_below", count=count, chapter="\0").partition("\0")
    return paragraph(before, jump(anchor, title), after, tone="note")


def _lapsing(read: Reading, items: Sequence[Expiry]) -> Section:
    title = text(read.say("lapsing"))
    if not items:
        return Section(title, (paragraph(read.say("lapsing_none")),))
    rows: list[Text] = []
    for item in items[:_LAPSING]:
        what = read.own.speak(read.brief(item.title, _TITLE), item.regime)
        where = f", {read.brief('; '.join(item.where[:2]), _TITLE)}" if item.where else ""
        who = f" ({read.brief(item.who, 60)})" if item.who else ""
        rows.append(text(f"{read.words.day(item.day)}: {what}{where}: {read.say(f'kind_{item.kind}')}{who}"))
    blocks: list[Block] = [Bullets(tuple(rows))]
    if len(items) > _LAPSING:
        blocks.append(_more(len(items) - _LAPSING, "verloopt", read.say("lapsing_title"), read))
    return Section(title, tuple(blocks))


def _things(read: Reading) -> Section:
    groups = first_things(read.report.verdicts)
    title = text(read.say("this_week"))
    if not groups:
        return Section(title, (paragraph(read.say("nothing_to_do")),))
    rows = []
    for group in groups[:_THINGS]:
        first = group[0]
        do = read.brief(first.repair_what or read.title(first), 160)
        law = read.sources(first.source[:1])
        more = f" (+{len(first.source) - 1})" if len(first.source) > 1 else ""
        rows.append(
            row(text(read.own.speak(do, first.regime), " (", jump(first.rule.lower(), first.rule), ")"),
                read.brief(first.repair_who, 60) or "–", text(law, more), read.brief(read.subjects(group), _TITLE))
        )  # fmt: skip
    head = tuple(read.say(key) for key in ("what", "who", "article", "where"))
    blocks: list[Block] = [
        paragraph(read.say("this_week_order"), tone="note"), Table(read.say("this_week"), head, tuple(rows)),
    ]  # fmt: skip
    if len(groups) > _THINGS:
        blocks.append(_more(len(groups) - _THINGS, "bevindingen", read.say("findings"), read))
    return Section(title, tuple(blocks))


def _questions(read: Reading) -> Section:
    every = read.report.questions
    title = text(read.say("not_known"))
    if not every:
        return Section(title, (paragraph(read.say("no_questions")),))
    items = tuple(
        text(f"{read.brief(item.subject_title, 60)}: {read.brief(item.question, 200)} ({_settles(item, read)})")
        for item in every[:_QUESTIONS]
    )
    blocks: list[Block] = [paragraph(read.say("not_known_lead")), Bullets(items, numbered=True)]
    if len(every) > _QUESTIONS:
        blocks.append(_more(len(every) - _QUESTIONS, "vragen", read.say("questions_title"), read))
    return Section(title, tuple(blocks))


def _settles(question: Question, read: Reading) -> str:
    if question.rules:
        return read.say("settles_rules", count=read.wording.count(question.rules, RULES))
    return settles(question, read)


def _collisions(read: Reading) -> Section:
    groups = [group for group in collisions(read.report.conflicts) if group.first.is_finding]
    title = text(read.say("collide"))
    if not groups:
        return Section(title, (paragraph(read.say("collide_none")),))
    items = []
    for group in groups[:_COLLISIONS]:
        first = group.first
        at = f" {read.say('at_objects', count=read.objects(group.subject_type, len(group.lines)))}"
        shown = read.brief(group.title, _TITLE) + (at if len(group.lines) > 1 else "")
        kind = read.words.of(CLASSES, first.conflict_class).partition(":")[0]
        way = first.resolutions[0] if first.resolutions else ""
        if len(way) > _WAY:  # a general way out first says what, then names every part
            way = way.partition(":")[0]
        way = f" {read.say('way_out')}: {read.brief(way, _WAY)}" if way else ""
        items.append(text(f"{shown} – {kind} (", jump(first.code.lower(), first.code), f").{way}"))
    blocks: list[Block] = [Bullets(tuple(items))]
    if len(groups) > _COLLISIONS:
        blocks.append(_more(len(groups) - _COLLISIONS, "botsingen", read.say("conflicts_title"), read))
    return Section(title, tuple(blocks))
