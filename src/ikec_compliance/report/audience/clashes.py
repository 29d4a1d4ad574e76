"""The chapter on collisions between rules: what is open in full, what is unknown in a table, the rest in a line."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.report.audience.grouping import Collisions
from ikec_compliance.report.audience.parts import OBJECTS_NAMED, TONES, paragraph, row
from ikec_compliance.report.audience.reading import Reading
from ikec_compliance.report.collisions import certificate_lines
from ikec_compliance.report.document.blocks import Block, Bullets, Card, Pairs, Section, Table, Text, text
from ikec_compliance.report.words import CLASSES, MODALITIES, REGIMES, STATES


def clashes(groups: Sequence[Collisions], read: Reading, proof: bool, new_page: bool = False) -> Section:
    """The chapter; with ``proof`` every collision in full, with its certificate."""
    blocks: list[Block] = []
    if not any(group.first.is_finding for group in groups):
        blocks.append(paragraph(read.say("no_collisions")))
    blocks += [collision_card(group, read, proof) for group in groups if group.first.is_finding]
    for state, title in (("onbekend", "unknown_clashes"), ("voldaan", "settled_title")):
        own = [group for group in groups if group.first.state == state]
        if not own:
            continue
        inner: tuple[Block, ...]
        if proof:
            inner = tuple(collision_card(group, read, proof) for group in own)
        elif state == "onbekend":
            inner = (_table(own, read),)
        else:
            inner = (Bullets(tuple(text(_line(group, read)) for group in own)),)
        blocks.append(Section(text(read.say(title)), inner))
    return Section(text(read.say("conflicts_title")), tuple(blocks), "botsingen", new_page)


def _table(groups: Sequence[Collisions], read: Reading) -> Table:
    """What is not known yet, with the kind of collision and the first lawful way out."""
    rows = tuple(
        row(
            _line(group, read),
            read.words.of(CLASSES, group.first.conflict_class).partition(":")[0],
            read.cut(group.first.resolutions[0], 300) if group.first.resolutions else "–",
        )
        for group in groups
    )
    head = tuple(read.say(key) for key in ("conflict_head", "class_head", "way_out"))
    return Table(read.say("unknown_clashes"), head, rows)


def _line(group: Collisions, read: Reading) -> str:
    number = read.objects(group.subject_type, len(group.lines))
    shown = f"{read.cut(group.title, 200)} ({group.first.code})"
    return shown if len(group.lines) == 1 else f"{shown}, {number}"


def collision_card(group: Collisions, read: Reading, proof: bool) -> Card:
    """A collision with what each law asks and the lawful ways out; ``proof`` adds the certificate."""
    first, words = group.first, read.words
    is_open = first.is_finding
    rows: list[tuple[str, Text]] = [
        (
            read.say("class_head"),
            text(words.of(CLASSES, first.conflict_class), words.marks(first.evidence, first.binding)),
        )
    ]
    if first.explanation:
        rows.append((read.say("why"), text(read.cut(first.explanation, 2 * 600))))
    if len(group.lines) > 1:
        names = [line.subject.partition(":")[2] for line in group.lines]
        shown = words.listing(names[:OBJECTS_NAMED])
        rows.append(
            (read.say("where"), text(read.objects(group.subject_type, len(names)), ": ", read.cut(shown, 1200)))
        )
    if first.accepted is not None:
        accepted = first.accepted
        shown = read.say("accepted", until=words.day(accepted.until), by=accepted.by, reason=accepted.reason)
        rows.append((read.wording.capital(read.say("accepted_mark").lower()), text(read.cut(shown))))
    asked = []
    for norm in first.norms:
        who = f"{words.of(REGIMES, norm.regime)}, {norm.addressee}: {words.of(MODALITIES, norm.modality)} "
        item = text(who, read.cut(norm.shown), f" ({norm.rule}; ", read.sources(norm.source), ")")
        if item not in asked:
            asked.append(item)
    blocks: list[Block] = [Pairs(tuple(rows)), paragraph(f"{read.say('asked')}:"), Bullets(tuple(asked))]
    if proof and (lines := certificate_lines(first.certificate, read.wording)):
        blocks += [paragraph(f"{read.say('proof')}:"), Bullets(tuple(text(read.cut(line, 2400)) for line in lines))]
    changes = [item.change for item in read.report.repairs if item.conflict == first.id]
    if changes and is_open:
        blocks += [paragraph(f"{read.say('smallest')}:"), Bullets(tuple(text(read.cut(item)) for item in changes))]
    if first.resolutions:
        blocks += [paragraph(f"{read.say('ways_out')}:"),
                   Bullets(tuple(text(read.cut(item, 1200)) for item in first.resolutions))]  # fmt: skip
    if first.sources:
        blocks.append(paragraph(f"{read.say('documented')}: {words.listing(first.sources)}", tone="note"))
    counted = is_open and first.accepted is None
    mark = words.conflict_severity(first.severity) if counted else words.of(STATES, first.state).upper()
    tone = TONES[first.severity] if counted else "calm"
    return Card(mark, tone, text(read.cut(group.title)), first.code, tuple(blocks))
