"""The week per groep as a heat map: a box per hour, with how the number present relates to the number required."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ikec_compliance.model.overview import GroupDay
from ikec_compliance.report.picture.canvas import (
    BAD,
    BAD_PALE,
    GOOD_PALE,
    GRID,
    INK,
    PALE,
    PAPER,
    UNKNOWN,
    WARN_PALE,
    Canvas,
    short,
)
from ikec_compliance.report.picture.group_days import Breaches

_LEFT, _TOP, _ROW, _BOX, _GAP = 150.0, 46.0, 26.0, 10.0, 8.0
DAYS = 7

_FILLS = {
    "short": BAD_PALE,
    "allowed_short": PAPER,
    "enough": WARN_PALE,
    "ample": GOOD_PALE,
    "unknown": UNKNOWN,
    "": PAPER,
}
_MARKS = {"short": "✕", "allowed_short": "/", "enough": "◦", "unknown": "?"}


def week(
    days: Sequence[GroupDay], breaches: Mapping[str, Breaches], labels: Mapping[date, str], words: Mapping[str, str],
    label: str,
) -> str:  # fmt: skip
    """SVG with a row per groep and a block per day; ``breaches`` are minutes per subject and day."""
    subjects = list(dict.fromkeys((day.subject, day.title) for day in days))
    dates = sorted({day.day for day in days})[:DAYS]
    spans = [part for day in days for part in day.slices if part.children[1]]
    first = min((part.start for part in spans), default=480) // 60
    last = -(-max((part.end for part in spans), default=1080) // 60)
    block = (last - first) * _BOX + _GAP
    width = _LEFT + block * len(dates)
    canvas = Canvas(width, _TOP + _ROW * len(subjects) + 30, "week-")
    for column, day in enumerate(dates):
        x = _LEFT + block * column
        canvas.write(labels[day], x, 16, 13, INK, font_weight="bold")
        for hour in (first, last):
            canvas.write(str(hour), x + (hour - first) * _BOX, 34, 10, PALE, "start" if hour == first else "end")
    found = {(day.subject, day.day): day for day in days}
    for number, (subject, title) in enumerate(subjects):
        top = _TOP + _ROW * number
        canvas.write(short(title, 22), 0, top + 15, 13, INK)
        canvas.line(0, top + _ROW - 3, width, top + _ROW - 3, GRID, stroke_width=0.5)
        for column, day in enumerate(dates):
            own = found.get((subject, day))
            if own is None:
                continue
            marks = breaches.get(subject, {}).get(day, ())
            for hour in range(first, last):
                state = _state(own, marks, hour * 60, hour * 60 + 60)
                if not state:
                    continue
                x = _LEFT + block * column + (hour - first) * _BOX
                edge = BAD if state == "short" else GRID
                canvas.box(x, top, _BOX - 1, 20, _FILLS[state], stroke=edge, stroke_width=0.6)
                if mark := _MARKS.get(state):
                    bold = {"font_weight": "bold"} if state == "short" else {}
                    canvas.write(
                        mark, x + (_BOX - 1) / 2, top + 14, 9, BAD if state == "short" else INK, "middle", **bold
                    )
    _legend(canvas, words, _TOP + _ROW * len(subjects) + 10)
    return canvas.svg(short(label, 400))


def _state(day: GroupDay, breaches: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """The worst of an hour; nothing when no children are there."""
    if not day.known:
        return "unknown"
    if any(first < end and last > start for first, last in breaches):
        return "short"
    parts = [part for part in day.slices if part.start < end and part.end > start and part.required[1]]
    if not parts:
        return ""
    if any(part.present[1] < part.required[0] for part in parts):
        return "allowed_short"
    if any(part.present[0] < part.required[1] for part in parts):
        return "unknown"
    return "enough" if any(part.present[0] == part.required[1] for part in parts) else "ample"


def _legend(canvas: Canvas, words: Mapping[str, str], top: float) -> None:
    x = 0.0
    for state in ("short", "allowed_short", "enough", "ample", "unknown"):
        canvas.box(x, top, _BOX - 1, 14, _FILLS[state], stroke=BAD if state == "short" else PALE, stroke_width=0.6)
        if mark := _MARKS.get(state):
            canvas.write(mark, x + (_BOX - 1) / 2, top + 10.5, 9, BAD if state == "short" else INK, "middle")
        text = words["roster_unknown" if state == "unknown" else state]
        canvas.write(text, x + 14, top + 11, 11)
        x += 30 + len(text) * 5.8
