"""Turns a report into its pictures, each with the same in words for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ikec_compliance.model.overview import Change, GroupDay
from ikec_compliance.model.result import Report
from ikec_compliance.model.rule import Severity
from ikec_compliance.report.audience.grouping import collisions
from ikec_compliance.report.audience.reading import Reading
from ikec_compliance.report.document.blocks import Block, Bullets, Paragraph, Picture, Section, text
from ikec_compliance.report.document.phrases import DAYS_SHORT
from ikec_compliance.report.words import REGIMES, group_of, groups_in_order

_LEGEND = ("needed", "there", "short", "enough", "ample", "allowed_short", "roster_unknown")
_NAMED = 12
# The rules that ask for a number of beroepskrachten; other presence rules are no matter of too few.
_NUMBERS = frozenset(("KO-BKR-01", "KO-BKR-02", "KO-BKR-03", "KO-BKR-11", "KO-VE-03"))

Minutes = tuple[int, int]


def breaches(report: Report) -> dict[str, dict[date, list[Minutes]]]:
    """The stretches with too few beroepskrachten per subject and day, as the engine found them."""
    found: dict[str, dict[date, list[Minutes]]] = {}
    for line in report.verdicts:
        if not line.is_finding or line.rule not in _NUMBERS:
            continue
        body, _, day = line.subject.partition("@")
        own = found.setdefault(body, {}).setdefault(date.fromisoformat(day), [])
        own += [(_minute(item.start), _minute(item.end)) for item in line.intervals]
    for days in found.values():
        for on, spans in days.items():
            days[on] = _merged(spans)
    return found


def _minute(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _merged(spans: Iterable[Minutes]) -> list[Minutes]:
    made: list[Minutes] = []
    for start, end in sorted(spans):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def _labels(days: Iterable[GroupDay], read: Reading) -> dict[date, str]:
    return {
        day: f"{read.words.pick(DAYS_SHORT[day.weekday()])} {day.day}-{day.month}"
        for day in {item.day for item in days}
    }


def group_pictures(days: Sequence[GroupDay], read: Reading) -> list[Block]:
    """A picture per groep: its first days, those with a breach before others."""
    from ikec_compliance.report.picture.canvas import clock
    from ikec_compliance.report.picture.group_days import DAYS, group_days

    every = breaches(read.report)
    labels, words = _labels(days, read), {key: read.say(key) for key in _LEGEND}
    own: dict[str, list[GroupDay]] = {}
    for day in days:
        own.setdefault(day.subject, []).append(day)
    blocks: list[Block] = []
    for number, (subject, items) in enumerate(own.items()):
        found = every.get(subject, {})
        chosen = sorted(
            sorted(items, key=lambda item: (item.day not in found, item.day))[:DAYS], key=lambda item: item.day
        )
        title = read.cut(items[0].title, 80)
        lines = [read.say("picture_day")]
        marked = [
            f"{labels[item.day]} {clock(start)}–{clock(end)}"
            for item in items
            for start, end in found.get(item.day, ())
        ]
        gaps = [labels[item.day] for item in items if not item.known]
        if marked:
            more = "; …" if len(marked) > _NAMED else ""
            rules = sorted(
                {
                    line.rule
                    for line in read.report.verdicts
                    if line.is_finding and line.rule in _NUMBERS and line.subject.startswith(f"{subject}@")
                }
            )
            shown = "; ".join(marked[:_NAMED]) + more
            lines.append(read.say("picture_breaches", items=shown, rules=", ".join(rules)))
        elif len(gaps) < len(items):
            lines.append(read.say("picture_no_breach"))
        if gaps:
            lines.append(read.say("picture_unknown", items=", ".join(gaps[:_NAMED])))
        if len(items) > len(chosen):
            lines.append(read.say("picture_left_out", count=len(items) - len(chosen)))
        svg = group_days(chosen, found, labels, words, f"groep{number}-", title)
        blocks.append(Picture(svg, title, text(" ".join(lines))))
    return blocks


def week_picture(days: Sequence[GroupDay], read: Reading) -> list[Block]:
    """The heat map of the first week; nothing when no presence was checked."""
    from ikec_compliance.report.picture.week import week

    if not days:
        return []
    words = {key: read.say(key) for key in _LEGEND}
    caption = read.say("picture_week")
    title = read.say("week_title")
    return [Picture(week(days, breaches(read.report), _labels(days, read), words, title), title, text(caption))]


def regimes_picture(read: Reading) -> Picture:
    """The three laws and their collisions."""
    from ikec_compliance.report.picture.regimes import CORE, Count, regimes

    report = read.report
    violations = {
        name: sum(
            1
            for line in report.verdicts
            if line.is_finding and line.severity is Severity.ERROR and group_of(line) == name
        )
        for name in CORE
    }
    between: dict[frozenset[str], Count] = {}
    for group in collisions(report.conflicts):
        pair = frozenset(group.regimes) & frozenset(CORE)
        before = between.get(pair, Count(0, 0))
        if pair:
            between[pair] = Count(before.open + group.first.is_finding, before.every + 1)
    ordered = {pair: between[pair] for pair in sorted(between, key=lambda item: (len(item), sorted(item)))}
    words = {name: read.wording.capital(read.words.of(REGIMES, name)) for name in CORE}
    words |= {
        "violations": read.say("violations_head"),
        "clashes": read.say("clashes"),
        "all_three": read.say("all_three"),
    }
    words["open_of"] = read.say("open_of", open="{open}", count="{count}")
    caption = read.say("picture_regimes")
    said = "; ".join(
        f"{read.words.listing([words[name] for name in CORE if name in pair])}: "
        f"{words['clashes']} {read.say('open_of', open=count.open, count=count.every)}"
        for pair, count in ordered.items()
    )
    return Picture(
        regimes(violations, ordered, words, caption), read.say("regimes_title"), text(f"{caption} {said}".strip())
    )


def changes_section(read: Reading) -> Section | None:
    """What is new, solved and left since the earlier check; nothing without history."""
    from ikec_compliance.report.picture.changes import changes

    found = read.overview.changes
    if found is None:
        return None
    day = read.words.day(found.since)
    counts = {"new": len(found.new), "solved": len(found.solved), "still": len(found.still)}
    blocks: list[Block] = [Paragraph(text(read.say("changes_since", day=day, **counts)))]
    if not found.same_rules:
        blocks.append(Paragraph(text(read.say("other_rules")), "note"))
    parts = {"new": found.new, "still": found.still, "solved": found.solved}
    names = groups_in_order([item.regime for items in parts.values() for item in items])
    if names:
        rows = [
            (
                _regime(name, read),
                {key: sum(1 for item in items if item.regime == name) for key, items in parts.items()},
            )
            for name in names
        ]
        words = {key: read.say(key) for key in parts}
        caption = read.say("picture_changes")
        said = "; ".join(
            f"{title}: " + ", ".join(f"{numbers[key]} {words[key]}" for key in parts) for title, numbers in rows
        )
        blocks.append(Picture(changes(rows, words, caption), read.say("changes_title"), text(f"{caption} {said}.")))
    for key in ("new", "solved"):
        if parts[key]:
            items = tuple(text(_change(item, read)) for item in parts[key])
            blocks.append(Section(text(read.say(f"{key}_title")), (Bullets(items),)))
    return Section(text(read.say("changes_title")), tuple(blocks), "veranderd")


def _regime(name: str, read: Reading) -> str:
    return read.wording.capital(read.words.of(REGIMES, name)) if name in REGIMES else read.say("conflicts_title")


def _change(item: Change, read: Reading) -> str:
    title = read.own.speak(read.cut(item.title), item.regime)
    return f"{title} ({item.code}), {read.cut(item.subject_title, 200)}"
