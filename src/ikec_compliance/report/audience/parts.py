"""Parts that reports share: cards of findings and judgements, questions, glossary, what was checked with what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ikec_compliance.model.place import Location
from ikec_compliance.model.result import Question, VerdictLine
from ikec_compliance.model.rule import Severity
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.audience.expiry import Expiry
from ikec_compliance.report.audience.grouping import by_rule
from ikec_compliance.report.audience.reading import Reading
from ikec_compliance.report.document.blocks import (
    Block,
    Card,
    Link,
    Pairs,
    Paragraph,
    Section,
    Table,
    Text,
    Words,
    text,
)
from ikec_compliance.report.phrases import OUTCOMES
from ikec_compliance.report.text import judged
from ikec_compliance.report.words import ORIGINS, REGIMES, STALE_TITLES

TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn"}
OBJECTS_NAMED = 40
"""More objects than this are not named one by one."""
_HASH = 12


def row(*cells: Words) -> tuple[Text, ...]:
    """A row of a table."""
    return tuple(text(cell) for cell in cells)


def paragraph(*parts: Words, tone: str = "plain") -> Paragraph:
    """A paragraph of one run of words."""
    return Paragraph(text(*parts), tone)


def finding_cards(lines: Iterable[VerdictLine], read: Reading) -> list[Block]:
    """A card for each rule that is not met."""
    return [_finding(group, read) for group in by_rule(line for line in lines if line.is_finding)]


def _finding(group: Sequence[VerdictLine], read: Reading) -> Card:
    first, words = group[0], read.words
    seen: set[str] = set()
    title = read.title(first, seen)
    rows: list[tuple[str, Text]] = []
    if norm := read.norm(first, seen):
        rows.append((read.say("norm"), text(norm)))
    rows.append((read.say("source"), read.source(first)))
    rows.append((read.say("do"), text(read.own.speak(first.repair_what, first.regime, seen))))
    if first.repair_who:
        rows.append((read.say("who"), text(first.repair_who)))
    if (accepted := first.accepted) is not None:
        until = words.day(accepted.until)
        shown = read.say("accepted", until=until, by=read.cut(accepted.by), reason=read.cut(accepted.reason))
        rows.append((read.wording.capital(read.say("accepted_mark").lower()), text(shown)))
    mark = words.severity(first.severity) if first.accepted is None else read.say("accepted_mark")
    tone = TONES[first.severity] if first.accepted is None else "calm"
    table = Table(
        title,
        (read.say("subject_head"), read.say("found_head"), read.say("see_head")),
        tuple(row(read.subject(line), _found(line, read), read.place(line.location)) for line in group),
    )
    return Card(mark, tone, text(title), first.rule, (Pairs(tuple(rows)), table))


def _found(line: VerdictLine, read: Reading) -> str:
    parts = [read.message(line)]
    if line.intervals:
        parts.append(read.intervals(line.intervals))
    parts += [
        read.say("exception_unknown", text=item.text or item.id) for item in line.exceptions if item.state == "onbekend"
    ]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)


def review_cards(lines: Iterable[VerdictLine], read: Reading) -> list[Block]:
    """A card for each rule that a person must judge; those judged already come last."""
    groups: dict[tuple[str, bool], list[VerdictLine]] = {}
    for line in lines:
        if line.verdict is Verdict.REVIEW:
            waits = line.judgement is None or line.judgement.expired
            groups.setdefault((line.rule, not waits), []).append(line)
    return [_review(group, done, read) for (_, done), group in sorted(groups.items(), key=lambda item: item[0][1])]


def _review(group: Sequence[VerdictLine], done: bool, read: Reading) -> Card:
    first = group[0]
    seen: set[str] = set()
    title = read.title(first, seen)
    rows = [(read.say("open_norm_head"), text(read.own.speak(read.message(first), first.regime, seen)))]
    if norm := read.norm(first, seen):
        rows.insert(0, (read.say("norm"), text(norm)))
    rows.append((read.say("source"), read.source(first)))
    rows.append((read.say("where"), text(read.subjects(group, OBJECTS_NAMED))))
    for line in group:
        judgement = line.judgement
        if judgement is None:
            continue
        shown = judged(line, read.wording)
        if judgement.expired:
            shown = read.say("judgement_expired", by=read.cut(judgement.by), until=read.words.day(judgement.until))
        shown = f"{read.subject(line)}: {read.cut(shown)}. {read.say('reasoning', text=read.cut(judgement.reasoning))}"
        rows.append((read.say("judgement"), text(shown)))
    mark = read.say("judged_mark" if done else "review_mark")
    return Card(mark, "calm" if done else "ask", text(title), first.rule, (Pairs(tuple(rows)),))


def unknown_cards(lines: Iterable[VerdictLine], read: Reading) -> list[Block]:
    """A card for each rule that cannot be decided yet, with what is asked; the harmless ones are left out."""
    groups: dict[str, list[VerdictLine]] = {}
    for line in lines:
        if line.verdict is Verdict.UNDECIDED and not line.harmless:
            groups.setdefault(line.rule, []).append(line)
    cards: list[Block] = []
    for group in groups.values():
        first = group[0]
        table = Table(
            read.title(first),
            (read.say("subject_head"), read.say("question_head"), read.say("see_head")),
            tuple(
                row(read.subject(line), read.message(line), read.place(_place(line)))
                for line in group
            ),
        )  # fmt: skip
        pairs = Pairs(((read.say("source"), read.source(first)),))
        cards.append(Card(read.say("unknown_mark"), "ask", text(read.title(first)), first.rule, (pairs, table)))
    return cards


def _place(line: VerdictLine) -> Location:
    return line.missing[0].location if line.missing else line.location


def stale_cards(read: Reading) -> list[Block]:
    """A card for each accepted finding that has expired or that nothing needs."""
    return [
        Card(
            read.say("stale_mark"), "warn", text(read.words.of(STALE_TITLES, item.state)), item.code,
            (
                paragraph(read.cut(item.message, 1200)),
                paragraph(read.say("stale_reason", reason=read.cut(item.reason), by=read.cut(item.by)), tone="note"),
                paragraph(f"{read.say('see_head')}: {read.place(item.location)}", tone="note"),
            ),
        )
        for item in read.report.stale
    ]  # fmt: skip


def settles(question: Question, read: Reading) -> str:
    """``beslist 3 uitkomsten``."""
    if question.rules:
        return read.say("frees_one" if question.rules == 1 else "frees", count=question.rules)
    if question.decides:
        return read.say("decides", count=read.wording.count(question.decides, OUTCOMES))
    return read.say("helps", count=read.wording.count(question.helps, OUTCOMES))


def question_table(read: Reading, most: int = 0) -> list[Block]:
    """The questions, those on which most hangs first; all of them when ``most`` is 0."""
    every = read.report.questions
    if not every:
        return [paragraph(read.say("no_questions"))]
    shown = every[:most] if most else every
    blocks: list[Block] = []
    if len(shown) < len(every):
        blocks.append(paragraph(read.say("of_questions", shown=len(shown), count=len(every)), tone="note"))
    rows = tuple(
        row(read.cut(item.subject_title, 200), read.cut(item.question), settles(item, read),
            read.place(item.location))
        for item in shown
    )  # fmt: skip
    head = ("subject_head", "question_head", "settles_head", "see_head")
    return [*blocks, Table(read.say("questions_title"), tuple(read.say(key) for key in head), rows)]


def expiry_table(items: Sequence[Expiry], read: Reading, caption: str) -> Table:
    """What lapses, the first first."""
    rows = tuple(
        row(
            read.words.day(item.day),
            text(read.own.speak(read.cut(item.title), item.regime), f" ({item.rule})"),
            read.say(f"kind_{item.kind}"),
            read.cut("; ".join(item.where[:OBJECTS_NAMED]) or "–", 400),
            read.cut(item.who) or "–",
            read.sources(item.source),
        )
        for item in items
    )
    head = ("until_head", "what", "kind_head", "where", "who", "article")
    return Table(caption, tuple(read.say(key) for key in head), rows)


def glossary(read: Reading, regimes: Sequence[str]) -> Section:
    """The centre's own words with the term of each law."""
    entries = [
        row(read.cut(own, 120), *(read.cut(terms.get(regime, ""), 120) or "–" for regime in regimes))
        for own, terms in read.overview.glossary.items()
        if any(terms.get(regime) for regime in regimes)
    ]
    title = text(read.say("glossary_title"))
    if not entries:
        return Section(title, (paragraph(read.say("glossary_none")),), "woordenlijst")
    head = (read.say("own_word"), *(read.words.of(REGIMES, regime) for regime in regimes))
    table = Table(read.say("glossary_title"), head, tuple(entries))
    return Section(title, (paragraph(read.say("glossary_lead")), table), "woordenlijst")


def facts(read: Reading) -> Pairs:
    """What was checked with what."""
    receipt, words, wording = read.report.receipt, read.words, read.wording
    rules = (
        wording.say("packaged")
        if receipt.rules_packaged
        else wording.say("folder", path=wording.path(receipt.rules_path))
    )
    centre = read.cut(wording.path(receipt.centre_path), 200)
    rows = [
        ("centre", wording.say("fingerprint", what=centre, hash=receipt.centre_sha256[:_HASH])),
        ("on", wording.say("on_source", day=words.day(receipt.on), source=words.of(ORIGINS, receipt.on_source))),
        ("days", words.days(receipt.days) if receipt.days else wording.say("no_days")),
        ("rules", wording.say("fingerprint", what=rules, hash=receipt.rules_sha256[:_HASH])),
    ]
    shown = [(wording.say(key), text(value)) for key, value in rows]
    shown.append((read.say("checked"), text(f"ikec-compliance {receipt.version}, {receipt.engine}")))
    return Pairs(tuple(shown))


def jump(anchor: str, label: str) -> Link:
    """A link to another part of the document."""
    return Link(label, f"#{anchor}")
