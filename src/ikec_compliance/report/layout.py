"""Lines of plain text at most 100 columns wide, with colour on a terminal only."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import field

from ikec_compliance.model.record import dataclass

WIDTH = 100

_CODES = {"bold": "1", "red": "31", "yellow": "33", "green": "32", "dim": "2"}


@dataclass(slots=True)
class Page:
    """A text that grows line by line. Colour only repeats what the words already say."""

    colour: bool = False
    lines: list[str] = field(default_factory=list)

    def paint(self, text: str, *styles: str) -> str:
        """``text`` with terminal styles, or as it is when colour is off."""
        if not self.colour or not styles:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"

    def blank(self) -> None:
        """One empty line, never two in a row and none at the top."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def title(self, text: str) -> None:
        """A main heading, underlined."""
        self._headed(text, "=")

    def heading(self, text: str) -> None:
        """A heading within a chapter, underlined."""
        self._headed(text, "-")

    def _headed(self, text: str, line: str) -> None:
        self.blank()
        self.write(text, style=("bold",))
        self.lines += [line * min(len(text), WIDTH), ""]

    def write(self, text: str, indent: int = 0, first: str = "", style: Sequence[str] = ()) -> None:
        """A wrapped paragraph; ``first`` (a bullet, a label) stands before it and the next lines hang under it."""
        start = " " * indent + first
        wrapped = textwrap.wrap(
            text,
            WIDTH,
            initial_indent=start,
            subsequent_indent=" " * len(start),
            break_long_words=False,
            break_on_hyphens=False,
        )
        self.lines += [self.paint(line, *style) for line in wrapped or [start.rstrip()]]

    def field(self, label: str, text: str, indent: int = 0, width: int = 0) -> None:
        """``label: text``, wrapped under its text; the labels of a block line up at ``width``."""
        self.write(text, indent, f"{label}:".ljust(max(width, len(label) + 2)))

    def table(self, rows: Sequence[Sequence[str]], indent: int = 0) -> None:
        """Columns: the first flush left, the others flush right."""
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        for row in rows:
            cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
            cells[0] = row[0].ljust(widths[0])
            self.lines.append(" " * indent + "  ".join(cells).rstrip())

    def text(self) -> str:
        """The page as text that ends with one line end."""
        return "\n".join(self.lines).rstrip("\n") + "\n"
