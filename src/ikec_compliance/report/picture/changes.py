"""What changed since an earlier check: new, remaining and solved findings per law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ikec_compliance.report.picture.canvas import (
    BAD,
    BAD_PALE,
    GOOD_PALE,
    INK,
    PALE,
    THERE,
    THERE_EDGE,
    Canvas,
    short,
)

_LEFT, _ROW, _WIDTH = 150.0, 34.0, 720.0
_FILLS = {"new": (BAD_PALE, BAD, "+"), "still": (THERE, THERE_EDGE, "="), "solved": (GOOD_PALE, "#2e6b3e", "−")}


def changes(rows: Sequence[tuple[str, Mapping[str, int]]], words: Mapping[str, str], label: str) -> str:
    """SVG with a bar per law; each row has a title and the numbers ``new``, ``still`` and ``solved``."""
    canvas = Canvas(_WIDTH, 34 + _ROW * len(rows), "verschil-")
    most = max([sum(numbers.values()) for _, numbers in rows] + [1])
    unit = (_WIDTH - _LEFT - 10) / most
    x = _LEFT
    for key, (fill, edge, mark) in _FILLS.items():
        canvas.box(x, 4, 16, 14, fill, stroke=edge)
        canvas.write(f"{mark} {words[key]}", x + 22, 16, 12)
        x += 130
    for number, (title, numbers) in enumerate(rows):
        top = 32 + _ROW * number
        canvas.write(short(title, 22), 0, top + 17, 13, INK)
        x = _LEFT
        for key, (fill, edge, mark) in _FILLS.items():
            width = numbers.get(key, 0) * unit
            if width:
                canvas.box(x, top, width, 24, fill, stroke=edge)
                if width > 26:
                    canvas.write(f"{mark}{numbers[key]}", x + width / 2, top + 16.5, 12, INK, "middle")
                x += width
        if not sum(numbers.values()):
            canvas.write("0", x, top + 17, 12, PALE)
    return canvas.svg(short(label, 400))
