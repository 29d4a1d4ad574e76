"""Three laws under one roof: what each finds, and where they collide."""

from __future__ import annotations

from collections.abc import Mapping

from ikec_compliance.model.record import dataclass
from ikec_compliance.report.picture.canvas import BAD, GRID, INK, PALE, PAPER, THERE, THERE_EDGE, Canvas, short

_PLACES = {"onderwijs": (360.0, 66.0), "kinderopvang": (150.0, 236.0), "jeugdhulp": (570.0, 236.0)}
_RADIUS = 62.0
CORE = ("onderwijs", "kinderopvang", "jeugdhulp")


@dataclass(frozen=True, slots=True)
class Count:
    """How many collisions there are between some laws, and how many of them are open."""

    open: int
    every: int


def regimes(
    violations: Mapping[str, int], between: Mapping[frozenset[str], Count], words: Mapping[str, str], label: str
) -> str:
    """SVG of the laws as circles with their violations, and lines with the collisions between them.

    ``words`` holds the names of the laws, ``violations``, ``clashes``, ``all_three`` and ``open_of`` (a template).
    """
    canvas = Canvas(720, 330, "wetten-")
    centre = (360.0, 178.0)
    for pair, count in between.items():
        ends = [_PLACES[name] for name in CORE if name in pair]
        if len(ends) == 2:
            _edge(canvas, ends[0], ends[1], count)
        elif len(ends) == 3:
            for end in ends:
                _edge(canvas, end, centre, count)
    for name in CORE:
        x, y = _PLACES[name]
        canvas.circle(x, y, _RADIUS, THERE, stroke=THERE_EDGE, stroke_width=2)
        canvas.write(words[name], x, y - 12, 15, INK, "middle", font_weight="bold")
        canvas.write(str(violations.get(name, 0)), x, y + 14, 22, INK, "middle", font_weight="bold")
        canvas.write(words["violations"], x, y + 32, 12, INK, "middle")
    for pair, count in between.items():
        names = [name for name in CORE if name in pair]
        if len(names) == 3:
            _label(canvas, centre[0], centre[1], f"{words['all_three']}: {_shown(count, words)}", count)
        elif len(names) == 2:
            (x1, y1), (x2, y2) = (_PLACES[name] for name in names)
            _label(canvas, (x1 + x2) / 2, (y1 + y2) / 2 + (22 if y1 == y2 else 0), _shown(count, words), count)
        elif len(names) == 1:
            x, y = _PLACES[names[0]]
            _label(
                canvas, x + (190 if y < 100 else 0), y + (0 if y < 100 else _RADIUS + 16), _shown(count, words), count
            )
    return canvas.svg(short(label, 400))


def _shown(count: Count, words: Mapping[str, str]) -> str:
    return f"{words['clashes']}: {words['open_of'].format(open=count.open, count=count.every)}"


def _edge(canvas: Canvas, start: tuple[float, float], end: tuple[float, float], count: Count) -> None:
    dashes = "none" if count.open else "5 5"
    canvas.line(*start, *end, stroke=BAD if count.open else PALE, stroke_width=3, stroke_dasharray=dashes)


def _label(canvas: Canvas, x: float, y: float, words: str, count: Count) -> None:
    width = len(words) * 6.4 + 16
    canvas.box(x - width / 2, y - 12, width, 22, PAPER, stroke=BAD if count.open else GRID, rx=4)
    canvas.write(words, x, y + 3.5, 12, INK, "middle")
