"""The beroepskracht-kindratio for a CSV of groups, one per line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from ikec_compliance.facts.bkr import calculator
from ikec_compliance.facts.bkr_calculator import MOST_CHILDREN
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location

ADDED = ("required", "allowed", "basis")
"""Columns written after those of the input."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


def batch(kind: str, rows_in: TextIO, name: str, out: TextIO, on: date, rules_dir: Path | None = None) -> int:
    """Copy a CSV with a column per age band to ``out``, with ``required``, ``allowed`` and ``basis`` added.

    Other columns and the order are kept, empty lines are left out; a header with semicolons is read and written with
    semicolons, and what a spreadsheet would take for a formula gets an apostrophe. ``required`` is empty when the group
    is not allowed. ``name`` is the file shown in errors. Returns the number of rows. Nothing is written when the input
    is wrong: InputError with file, line and column.
    """
    work = calculator(kind, on, rules_dir)
    names = [band.id for band in work.definition.bands]
    lines = _Lines(rows_in, name)
    separator = lines.separator()
    reader = csv.reader(lines, delimiter=separator, strict=True)
    header: list[str] = []
    places: list[int] = []
    done: list[list[str]] = []
    try:
        for fields in reader:
            if not header:
                header = fields
                places = _columns(header, names, lines, separator)
            elif fields:
                if len(fields) != len(header):
                    raise InputError(
                        f"deze regel heeft {len(fields)} velden en de kop {len(header)}; vul aan of haal weg",
                        lines.place(0, separator),
                    )
                counts = [_count(fields[at], header[at], lines, at, separator) for at in places]
                found = work.outcome(*counts)
                required = "" if found.required is None else str(found.required)
                done.append([*fields, required, "true" if found.allowed else "false", found.basis])
            lines.next_record()
    except csv.Error:
        raise InputError("geen geldige CSV; kijk naar de aanhalingstekens", lines.place(0, separator)) from None
    except UnicodeDecodeError:
        raise InputError("het bestand is geen UTF-8; sla het op als CSV UTF-8", lines.place(0, separator)) from None
    if not header:
        raise InputError(f"leeg bestand; verwacht een kop met {','.join(names)}", Location(name, 1, 1))
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow([*map(_plain, header), *ADDED])
    writer.writerows([*map(_plain, fields[: len(header)]), *fields[len(header) :]] for fields in done)
    return len(done)


def _plain(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe; a number below zero is none."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(text) else text


def _columns(header: Sequence[str], names: Sequence[str], lines: _Lines, separator: str) -> list[int]:
    """Where the counts stand in a row."""
    titles = [title.strip() for title in header]
    for at, title in enumerate(titles):
        if title in ADDED:
            raise InputError(
                f"kolom ‘{title}’ wordt door het programma toegevoegd; hernoem haar", lines.place(at, separator)
            )
        if title in names and title in titles[:at]:
            raise InputError(f"kolom ‘{title}’ staat er twee keer", lines.place(at, separator))
    for title in names:
        if title not in titles:
            raise InputError(
                f"kolom ‘{title}’ ontbreekt; verwacht een kop met {','.join(names)}", lines.place(0, separator)
            )
    return [titles.index(title) for title in names]


def _count(text: str, title: str, lines: _Lines, at: int, separator: str) -> int:
    """A number of children; InputError for anything but a whole number up to the limit."""
    value = text.strip()
    if not _WHOLE_NUMBER.fullmatch(value) or int(value) > MOST_CHILDREN:
        shown = value if len(value) <= 40 else value[:40] + "…"
        raise InputError(
            f"kolom {title.strip()}: ‘{shown}’ is geen geheel getal van 0 tot en met {MOST_CHILDREN}",
            lines.place(at, separator),
        )
    return int(value)


class _Lines:
    """The lines of the input, with those of the present record kept to point at a field."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._waiting: list[str] = []
        self._record: list[str] = []
        self._first = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else next(self._stream)
        self._record.append(line)
        return line

    def separator(self) -> str:
        """A semicolon when the header has no comma but does have one; spreadsheets in Dutch write it so."""
        try:
            head = next(self._stream, "").removeprefix("\ufeff")
        except UnicodeDecodeError:
            raise InputError(
                "het bestand is geen UTF-8; sla het op als CSV UTF-8", Location(self._name, 1, 1)
            ) from None
        if head:
            self._waiting.append(head)
        return ";" if ";" in head and "," not in head else ","

    def next_record(self) -> None:
        """Forget the record just read."""
        self._first += len(self._record)
        self._record.clear()

    def place(self, field: int, separator: str) -> Location:
        """Line and column of a field of the present record; quoted fields may hold separators and line ends."""
        line, column, seen, quoted = self._first, 1, 0, False
        for char in "".join(self._record):
            if seen == field:
                break
            if char == '"':
                quoted = not quoted
            column += 1
            if char == separator and not quoted:
                seen += 1
            elif char == "\n":
                line, column = line + 1, 1
        return Location(self._name, line, column)
