"""What a change of configuration flips, as text and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ikec_compliance.model.diff import Change, Diff, Flip, Outcome, Side
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.json_report import dumps, place
from ikec_compliance.report.layout import Page
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import CLASSES_SHORT, STATES, VERDICTS, Pair

SCHEMA = "ikec-verschil/v1"

PHRASES: Mapping[str, Pair] = {
    "title": ("Verschil tussen {then} en {now}", "Difference between {then} and {now}"),
    "then": ("Was", "Was"),
    "now": ("Is", "Is"),
    "on": ("{name}: {centre}, peildatum {day}", "{name}: {centre}, date {day}"),
    "worse": ("Slechter", "Worse"),
    "new": ("Nieuw", "New"),
    "other": ("Anders", "Otherwise"),
    "better": ("Beter", "Better"),
    "removed": ("Verdwenen", "Removed"),
    "absent": ("was er niet", "was not there"),
    "gone": ("is er niet meer", "is no longer there"),
    "accepted": ("geaccepteerd", "accepted"),
    "quiet": (
        "en {count} zonder bevinding of open vraag (zie het JSON-verschil)",
        "and {count} without finding or open question (see the JSON difference)",
    ),
    "nothing": ("Geen enkele uitkomst verandert.", "No verdict changes."),
    "bad": ("Er is iets slechter geworden.", "Something became worse."),
    "good": ("Er is niets slechter geworden.", "Nothing became worse."),
    "other_day": (
        "Let op: de twee zijn op verschillende peildata getoetst, dus ook de wet kan zijn veranderd.",
        "Note: the two were checked on different dates, so the law may have changed as well.",
    ),
    "other_rules": (
        "Let op: de twee zijn met verschillende regels getoetst.",
        "Note: the two were checked with different rules.",
    ),
    "other_regimes": (
        "Let op: de twee zijn aan verschillende regimes getoetst.",
        "Note: the two were checked against different regimes.",
    ),
    "other_days": (
        "Let op: de twee gaan over verschillende dagen van het rooster.",
        "Note: the two are about different days of the roster.",
    ),
}

_DETAILED = (Flip.WORSE, Flip.NEW)
"""What a reader has to do something about; of the rest one line is enough."""

_COLOURS = {Flip.WORSE: "red", Flip.BETTER: "green"}


def diff_text(diff: Diff, wording: Wording, colour: bool = False) -> str:
    """What became worse first; the last line is the count."""
    page = Page(colour)
    page.title(say("title", wording, then=diff.then.name, now=diff.now.name))
    width = max(len(say(key, wording)) for key in ("then", "now")) + 2
    for key, side in (("then", diff.then), ("now", diff.now)):
        page.field(say(key, wording), side_text(side, wording), 0, width)
    for remark in remarks(diff, wording):
        page.write(remark)
    for heading, changes, quiet in chapters(diff, wording):
        page.heading(f"{heading} ({len(changes) + quiet})")
        for change in changes:
            shown = change.shown
            flip = (_COLOURS[change.flip],) if change.flip in _COLOURS else ()
            page.write(f"{shown.title} ({change.fingerprint}): {flip_text(change, wording)}", 0, "• ", style=flip)
            if not (change.worsens or change.flip in _DETAILED):
                continue
            page.write(wording.capital(shown.message), 2)
            if shown.articles:
                page.write(shown.articles, 2)
            page.write(f"{wording.say('see')} {wording.place(shown.location)}", 2)
        if quiet:
            page.write(say("quiet", wording, count=quiet), 2)
    page.blank()
    page.write(verdict_line(diff, wording))
    page.write(counts(diff, wording))
    return page.text()


def diff_json(diff: Diff) -> str:
    """``{"schema", "then", "now", "worsens", "summary", "changes": […]}``; a side that lacks a subject is null."""
    return dumps(
        {
            "schema": SCHEMA,
            "then": _side(diff.then),
            "now": _side(diff.now),
            "worsens": diff.worsens,
            "summary": {**{flip.value: _number(diff, flip) for flip in Flip}, "same": diff.same},
            "changes": [_change(change) for change in diff.changes],
        }
    )


def say(key: str, wording: Wording, **values: object) -> str:
    """A phrase of a difference with its values filled in."""
    return wording.words.pick(PHRASES[key]).format(**values)


def side_text(side: Side, wording: Wording) -> str:
    """What one side is."""
    return say("on", wording, name=side.name, centre=side.centre_name, day=wording.words.day(side.on))


def remarks(diff: Diff, wording: Wording) -> list[str]:
    """What makes the two sides hard to compare."""
    then, now = diff.then, diff.now
    found = []
    if then.on != now.on:
        found.append("other_day")
    elif tuple(day.weekday() for day in then.days) != tuple(day.weekday() for day in now.days):
        found.append("other_days")
    if then.rules_sha256 != now.rules_sha256:
        found.append("other_rules")
    if set(then.regimes) != set(now.regimes):
        found.append("other_regimes")
    return [say(key, wording) for key in found]


def chapters(diff: Diff, wording: Wording) -> Iterator[tuple[str, Sequence[Change], int]]:
    """(heading, what to show, how many more) for each kind of change there is.

    A finding about a new subject stands with what became worse. Subjects that came or went without a finding or open
    question are only counted.
    """
    worse = [change for change in diff.changes if change.worsens or change.flip is Flip.WORSE]
    for flip in Flip:
        mine = worse if flip is Flip.WORSE else [c for c in diff.changes if c.flip is flip and c not in worse]
        shown = [change for change in mine if flip not in (Flip.NEW, Flip.REMOVED) or change.shown.rank < QUIET]
        if mine:
            yield say(flip.value, wording), shown, len(mine) - len(shown)


QUIET = 3
"""The rank of a verdict that asks nothing of anybody."""


def flip_text(change: Change, wording: Wording) -> str:
    """``voldoet → voldoet niet``."""
    then = _word(change.then, wording) if change.then is not None else say("absent", wording)
    now = _word(change.now, wording) if change.now is not None else say("gone", wording)
    mark = f" ({say('accepted', wording)})" if change.now is not None and change.now.accepted else ""
    return f"{then} → {now}{mark}"


def verdict_line(diff: Diff, wording: Wording) -> str:
    """The outcome in one sentence."""
    return say("bad" if diff.worsens else "good" if diff.changes else "nothing", wording)


def counts(diff: Diff, wording: Wording) -> str:
    """``2 slechter, 0 nieuw, …``."""
    parts = [f"{_number(diff, flip)} {say(flip.value, wording).lower()}" for flip in Flip]
    return f"{', '.join(parts)}, {diff.same} {wording.words.pick(('gelijk', 'the same'))}"


def _number(diff: Diff, flip: Flip) -> int:
    return sum(change.flip is flip for change in diff.changes)


def _word(outcome: Outcome, wording: Wording) -> str:
    if outcome.kind:
        return f"{wording.words.of(STATES, outcome.word)} ({wording.words.of(CLASSES_SHORT, outcome.kind)})"
    return wording.words.pick(VERDICTS[Verdict(outcome.word)])


def _side(side: Side) -> dict[str, Any]:
    return {"name": side.name, "centre_name": side.centre_name, "on": side.on, "days": list(side.days),
            "regimes": list(side.regimes), "rules_sha256": side.rules_sha256}  # fmt: skip


def _change(change: Change) -> dict[str, Any]:
    shown = change.shown
    return {
        "fingerprint": change.fingerprint,
        "flip": change.flip,
        "worsens": change.worsens,
        "rule": shown.code,
        "subject": shown.subject,
        "title": shown.title,
        "severity": shown.severity,
        "then": _outcome(change.then),
        "now": _outcome(change.now),
        "articles": shown.articles,
        "location": place(shown.location),
    }


def _outcome(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    name = "state" if outcome.kind else "verdict"
    kind = {"class": outcome.kind} if outcome.kind else {}
    return {name: outcome.word, **kind, "finding": outcome.finding, "accepted": outcome.accepted,
            "message": outcome.message}  # fmt: skip
