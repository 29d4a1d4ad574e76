"""A drawing as SVG that can stand in a page: a size, a few colours with enough contrast, text that is text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import drawsvg

INK = "#1b2733"
PALE = "#5a6872"
GRID = "#d5dbe1"
PAPER = "#ffffff"
BAD = "#a1241c"
BAD_PALE = "#f6c9c5"
WARN_PALE = "#fbe3b0"
GOOD_PALE = "#cfe8d5"
THERE = "#9fc3e6"
THERE_EDGE = "#2b6299"
UNKNOWN = "#e4e4ea"

FONT = "'Source Sans 3', 'Segoe UI', 'DejaVu Sans', Arial, sans-serif"


class Canvas:
    """A drawing of ``width`` by ``height``; ``name`` keeps its ids apart from those of other drawings in a page."""

    def __init__(self, width: float, height: float, name: str) -> None:
        import drawsvg

        self._svg = drawsvg
        self.drawing: drawsvg.Drawing = drawsvg.Drawing(width, height, id_prefix=name, font_family=FONT)
        self.width, self.height = width, height

    def box(self, x: float, y: float, width: float, height: float, fill: Any, **style: Any) -> None:
        """A rectangle."""
        self.drawing.append(self._svg.Rectangle(x, y, max(width, 0), max(height, 0), fill=fill, **style))

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str = GRID, **style: Any) -> None:
        """A straight line."""
        self.drawing.append(self._svg.Line(x1, y1, x2, y2, stroke=stroke, **style))

    def path(self, points: list[tuple[float, float]], **style: Any) -> None:
        """A line through points."""
        flat = [value for point in points for value in point]
        self.drawing.append(self._svg.Lines(*flat, **style))

    def circle(self, x: float, y: float, radius: float, fill: str, **style: Any) -> None:
        """A circle."""
        self.drawing.append(self._svg.Circle(x, y, radius, fill=fill, **style))

    def write(
        self, words: str, x: float, y: float, size: float = 12, fill: str = INK, anchor: str = "start", **style: Any
    ) -> None:
        """A line of text with its baseline at ``y``; long words are cut where the picture has no room for them."""
        self.drawing.append(self._svg.Text(words, size, x, y, fill=fill, text_anchor=anchor, **style))

    def hatch(self) -> Any:
        """A striped fill, so that a breach does not show by colour alone."""
        pattern = self._svg.Pattern(6, 6, patternUnits="userSpaceOnUse", patternTransform="rotate(45)")
        pattern.append(self._svg.Rectangle(0, 0, 6, 6, fill=BAD_PALE))
        pattern.append(self._svg.Line(0, 0, 0, 6, stroke=BAD, stroke_width=2))
        return pattern

    def svg(self, label: str) -> str:
        """The markup to put in a page; ``label`` says in words what is shown."""
        body = str(self.drawing.as_svg(header="", skip_js=True, skip_css=True))
        name = label.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        return body.replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1)


def short(words: str, longest: int) -> str:
    """``words`` cut to what fits in a picture."""
    return words if len(words) <= longest else words[: longest - 1] + "…"


def clock(minute: int) -> str:
    """Minutes after midnight as ``08:30``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"
