"""Where a value stands in an input file."""

from __future__ import annotations

from ikec_compliance.model.record import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in an input file; ``line`` and ``column`` count from 1.

    In a workbook ``file`` is the name of the sheet and ``!``: such a place reads as its cell, ``medewerkers!C12``.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        if self.file.endswith("!"):
            return f"{self.file}{column_letters(self.column)}{self.line}"
        return f"{self.file}:{self.line}:{self.column}"


def column_letters(number: int) -> str:
    """The letters of a column of a workbook: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
