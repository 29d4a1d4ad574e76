"""The days of one groep: required against present over time, with what breaches the norm marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from ikec_compliance.model.overview import GroupDay, PresenceSlice
from ikec_compliance.model.value import Value
from ikec_compliance.report.picture.canvas import (
    BAD,
    GRID,
    INK,
    PALE,
    THERE,
    THERE_EDGE,
    UNKNOWN,
    Canvas,
    clock,
    short,
)

Breaches = Mapping[date, Sequence[tuple[int, int]]]

_LEFT, _RIGHT, _TOP, _ROW, _PLOT = 84.0, 12.0, 30.0, 54.0, 34.0
_WIDTH = 720.0
DAYS = 7
"""A picture shows at most this many days."""


def group_days(
    days: Sequence[GroupDay],
    breaches: Breaches,
    labels: Mapping[date, str],
    words: Mapping[str, str],
    name: str,
    label: str,
) -> str:
    """SVG with a row per day (at most ``DAYS``).

    ``words`` are the legend: ``needed``, ``there``, ``short``, ``roster_unknown``.
    """
    days = days[:DAYS]
    spans = [part for day in days for part in day.slices]
    first = min((part.start for part in spans if _counts(part)), default=420) // 60 * 60
    last = -(-max((part.end for part in spans if _counts(part)), default=1140) // 60) * 60
    most = max([_level(part.required) for part in spans] + [_level(part.present) for part in spans] + [1])
    canvas = Canvas(_WIDTH, _TOP + _ROW * len(days) + 26, name)
    scale = (_WIDTH - _LEFT - _RIGHT) / max(last - first, 60)

    def x(minute: int) -> float:
        return round(_LEFT + (min(max(minute, first), last) - first) * scale, 1)

    _legend(canvas, words)
    for number, day in enumerate(days):
        top = _TOP + _ROW * number
        base = top + _PLOT + 8
        canvas.write(labels[day.day], 0, top + 28, 13, INK, font_weight="bold")
        for hour in range(first, last + 1, 60):
            canvas.line(x(hour), top + 8, x(hour), base)
        if not day.known:
            canvas.box(x(first), top + 8, x(last) - x(first), _PLOT, UNKNOWN)
            canvas.write(f"? {words['roster_unknown']}", x(first) + 8, top + 30, 13, INK)
            continue
        _row(canvas, day.slices, x, base, _PLOT / most)
        marks = breaches.get(day.day, ())
        hatch = canvas.hatch() if marks else None
        for start, end in marks:
            canvas.box(
                x(start), top + 8, x(end) - x(start), _PLOT, hatch, fill_opacity=0.55, stroke=BAD, stroke_width=1.5
            )
        for start, end in marks:
            canvas.write(
                f"✕ {clock(start)}–{clock(end)}", min(x(start) + 3, _WIDTH - 100), top + 5, 11, BAD, font_weight="bold"
            )
        canvas.line(x(first), base, x(last), base, PALE)
    foot = _TOP + _ROW * len(days) + 6
    for hour in range(first, last + 1, 60):
        canvas.write(
            clock(hour),
            x(hour),
            foot,
            11,
            PALE,
            "middle" if first < hour < last else "start" if hour == first else "end",
        )
    return canvas.svg(short(label, 400))


def _counts(part: PresenceSlice) -> bool:
    return part.required[1] > 0 or part.present[1] > 0


def _level(value: Value) -> int:
    """How high a number is drawn: its surest value, and never beyond the picture."""
    return min(value[0], 60)


def _row(canvas: Canvas, parts: Sequence[PresenceSlice], x: Callable[[int], float], base: float, unit: float) -> None:
    for part in parts:
        height = _level(part.present) * unit
        canvas.box(x(part.start), base - height, x(part.end) - x(part.start), height, THERE)
        canvas.line(x(part.start), base - height, x(part.end), base - height, THERE_EDGE, stroke_width=1)
    points: list[tuple[float, float]] = []
    for part in parts:
        level = base - _level(part.required) * unit
        points += [(x(part.start), level), (x(part.end), level)]
    if points:
        canvas.path(points, fill="none", stroke=INK, stroke_width=2.5)
    for start, end, shown in _runs(parts):
        if x(end) - x(start) > 26:
            canvas.write(shown, x(start) + 4, base - 4, 11, INK)


def _runs(parts: Sequence[PresenceSlice]) -> Iterator[tuple[int, int, str]]:
    """Stretches over which the numbers stay the same, with those numbers."""
    runs: list[tuple[int, int, str]] = []
    for part in parts:
        shown = f"{_shown(part.present)}/{_shown(part.required)}" if _counts(part) else ""
        if runs and runs[-1][1:] == (part.start, shown):
            runs[-1] = (runs[-1][0], part.end, shown)
        else:
            runs.append((part.start, part.end, shown))
    yield from (run for run in runs if run[2])


def _shown(value: Value) -> str:
    return str(value[0]) if value[0] == value[1] else "?"


def _legend(canvas: Canvas, words: Mapping[str, str]) -> None:
    x = _LEFT
    canvas.line(x, 9, x + 22, 9, INK, stroke_width=2.5)
    canvas.write(words["needed"], x + 28, 13, 12)
    canvas.box(x + 100, 3, 22, 12, THERE, stroke=THERE_EDGE)
    canvas.write(f"{words['there']} (3/2 = 3 {words['there']}, 2 {words['needed']})", x + 128, 13, 12)
    canvas.box(x + 400, 3, 22, 12, canvas.hatch(), stroke=BAD)
    canvas.write(f"✕ {words['short']}", x + 428, 13, 12, BAD)
    canvas.line(0, 22, _WIDTH, 22, GRID)
