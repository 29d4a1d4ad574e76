"""How a value of the schema looks in one cell: its kind, its bounds, and the text of lists and small mappings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from ikec_compliance.model.errors import InternalError

UNKNOWN = "?"
"""Cell text for a value that is there and unknown (``null``); an empty cell is a key that is absent."""

EMPTY = "-"
"""Cell text for a list or block that is there and empty."""

TEXT, CHOICE, YES_NO, DATE, TIME, PERIOD, WHOLE, NUMBER = (
    "tekst", "keuze", "janee", "datum", "tijd", "periode", "geheel", "getal",
)  # fmt: skip

# Excel counts days from 1900 and has a 29 February 1900 that never was.
_FIRST_DAY = date(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Value:
    """A single value: one of the kinds above, with what the schema says of it."""

    kind: str
    words: tuple[str | int, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    max_length: int | None = None
    nullable: bool = False
    separable: bool = True

    def accepts(self, value: object) -> bool:
        """Whether typed data is of this kind."""
        if isinstance(value, bool):
            return self.kind == YES_NO
        if self.kind == CHOICE:
            return value in self.words
        kinds = {str: (TEXT,), date: (DATE,), tuple: (PERIOD,), Decimal: (NUMBER,), int: (WHOLE, NUMBER, TIME)}
        return self.kind in kinds.get(type(value), ())


@dataclass(frozen=True, slots=True)
class Form:
    """What one cell may hold: a single value, a list of values (``a, b``) or a mapping (``a: 1, b: 2``)."""

    single: tuple[Value, ...] = ()
    many: tuple[Value, ...] = ()
    keyed: tuple[Value, ...] = ()

    @property
    def nullable(self) -> bool:
        """Whether the whole cell may be unknown."""
        return any(value.nullable for value in self.single)

    def only(self) -> Value | None:
        """The one kind of single value, when there is nothing else the cell may hold."""
        return self.single[0] if len(self.single) == 1 and not self.many and not self.keyed else None


@dataclass(frozen=True, slots=True)
class Written:
    """A cell to write: a text, number, day or duration, and its number format."""

    value: str | int | float | date | timedelta
    number_format: str = "General"


def write(form: Form, data: Any) -> Written:
    """The cell for typed data; ``InternalError`` when the form does not provide for it."""
    if data is None:
        return Written(UNKNOWN)
    if isinstance(data, Mapping):
        if not data:
            return Written(f"{EMPTY}:" if form.many else EMPTY)
        return Written(", ".join(f"{key}: {item_text(form.keyed, value)}" for key, value in data.items()))
    if isinstance(data, list):
        text = ", ".join(item_text(form.many, value) for value in data)
        # Where a single value may stand too, a list of one ends in a comma.
        return Written(f"{text}," if len(data) == 1 and form.single else text or EMPTY)
    value = _kind_of(form.single, data)
    if value.kind == DATE and data >= _FIRST_DAY:
        return Written(data, "dd-mm-yyyy")
    if value.kind == TIME:
        return Written(timedelta(minutes=data), "[hh]:mm")
    if value.kind in (WHOLE, NUMBER) or (value.kind == CHOICE and isinstance(data, int)):
        return Written(int(data) if data == int(data) else float(data))
    if value.kind == TEXT:
        return Written(quoted(data), "@")
    return Written(item_text((value,), data), "@" if value.kind == PERIOD else "General")


def item_text(values: Sequence[Value], data: Any) -> str:
    """The text of one value within a list or mapping."""
    if data is None:
        return UNKNOWN
    value = _kind_of(values, data)
    if value.kind == YES_NO:
        return "ja" if data else "nee"
    if value.kind == TIME:
        return f"{data // 60:02d}:{data % 60:02d}"
    if value.kind == PERIOD:
        return f"{data[0].isoformat()}/{data[1].isoformat()}"
    if value.kind == DATE:
        return str(data.isoformat())
    return str(data)


def _kind_of(values: Sequence[Value], data: Any) -> Value:
    for value in values:
        if value.accepts(data):
            return value
    raise InternalError(f"werkblad: geen vorm voor een waarde van het type {type(data).__name__}")


def quoted(text: str) -> str:
    """Text as a cell shows it: between quotes where the bare text would be read as something else."""
    return f'"{text}"' if _needs_quotes(text) else text


def unquoted(text: str) -> str:
    """What ``quoted`` made a cell text from; any other text stays as it is."""
    inner = text[1:-1]
    return inner if _in_quotes(text) and _needs_quotes(inner) else text


def _needs_quotes(text: str) -> bool:
    return text in ("", UNKNOWN, EMPTY) or text != text.strip() or (_in_quotes(text) and _needs_quotes(text[1:-1]))


def _in_quotes(text: str) -> bool:
    return len(text) >= 2 and text[0] == text[-1] == '"'


# A workbook writes what XML cannot hold as _xFFFF_; text that looks like that gets an escaped underscore, as in Excel.
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NOT_XML = re.compile("[\ufffe\uffff]")


def to_cell_text(text: str) -> str:
    """Text as it is stored in a workbook."""
    return _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def from_cell_text(text: str) -> str:
    """The text that a workbook stores; line ends become ``\\n``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")
