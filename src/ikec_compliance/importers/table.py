"""One sheet as a table: its headers recognised, its rows by header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ikec_compliance.importers.cells import Reader
from ikec_compliance.importers.forms import EMPTY
from ikec_compliance.importers.layout import Sheet
from ikec_compliance.importers.mapping import ALL_OTHERS, SheetMapping, translated
from ikec_compliance.importers.pages import Page, Raw
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.suggest import did_you_mean

Cell = tuple[Raw, Location]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its first cell, and its filled cells by our header."""

    place: Location
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet under their headers. ``marked_empty``: the sheet says of itself that it is empty."""

    start: Location
    rows: Sequence[Row]
    reader: Reader
    marked_empty: bool = False


def read_table(page: Page, sheet: Sheet, mapping: SheetMapping) -> Table:
    """The table on a page; ``InputError`` for a header that is not known or stands there twice."""
    start = page.place(mapping.header_row, 1)
    heads: dict[int, str] = {}
    rows: list[Row] = []
    reader = Reader(sheet.secret, mapping.dutch_days)
    for number, cells in page.rows:
        if number < mapping.header_row:
            continue
        if number == mapping.header_row:
            heads = _headers(page, number, cells, sheet, mapping)
            continue
        if not heads:
            raise InputError(
                f"op regel {mapping.header_row} horen de namen van de kolommen te staan, en die is leeg", start
            )
        if not rows and list(cells.values()) == [EMPTY] and sheet.parent is None and 1 in cells:
            if any(other > number for other, _ in page.rows):
                raise InputError(f"hier staat {EMPTY} (dit blad is leeg), maar er volgen regels", page.place(number, 1))
            return Table(page.place(number, 1), (), reader, marked_empty=True)
        row = _row(page, number, cells, heads, mapping)
        if row is not None:
            rows.append(row)
    if not heads and mapping.header_row > 1:
        raise InputError(f"regel {mapping.header_row} met de namen van de kolommen is leeg", start)
    if mapping.numbering:
        _number(sheet, rows, mapping.numbering)
    return Table(start, rows, reader)


def _headers(page: Page, number: int, cells: dict[int, Raw], sheet: Sheet, mapping: SheetMapping) -> dict[int, str]:
    """Our header of each column that is read; columns that are left out map to nothing."""
    known = {header.lower(): header for header in (*sheet.headers(), *sheet.blocks)}
    renamed = {_fold(theirs): ours for theirs, ours in mapping.columns.items()}
    skipped = {_fold(name) for name in mapping.skipped}
    found: dict[int, str] = {}
    for column, raw in cells.items():
        text = str(raw).strip()
        place = page.place(number, column)
        if _fold(text) in renamed:
            header = renamed[_fold(text)]
        elif text.startswith("_") or _fold(text) in skipped:
            found[column] = ""
            continue
        elif text.lower() in known:
            header = known[text.lower()]
        elif ALL_OTHERS in mapping.skipped:
            found[column] = ""
            continue
        else:
            short = text if len(text) <= 60 else text[:59] + "…"
            hint = did_you_mean(text, known.values()) or "; laat de naam met _ beginnen om deze kolom over te slaan"
            raise InputError(f"onbekende kolom ‘{short}’{hint}", place)
        if header in found.values():
            raise InputError(f"de kolom ‘{header}’ staat er twee keer", place)
        found[column] = header
    missing = [theirs for theirs, ours in mapping.columns.items() if ours not in found.values()]
    if missing:
        names = [str(raw).strip() for raw in cells.values()]
        raise InputError(f"de kolom ‘{missing[0]}’ van het kolommenbestand staat niet op dit blad"
                         f"{did_you_mean(missing[0], names)}", page.place(number, 1))  # fmt: skip
    return found


def _row(page: Page, number: int, cells: dict[int, Raw], heads: dict[int, str], mapping: SheetMapping) -> Row | None:
    found: dict[str, Cell] = {}
    first: Location | None = None
    for column, raw in cells.items():
        place = page.place(number, column)
        header = heads.get(column)
        if header is None:
            raise InputError("boven deze cel staat geen kolomnaam; vul die in of maak de cel leeg", place)
        if not header:
            continue
        words = mapping.values.get(header)
        if words:
            raw = _translate(words, raw)
        found[header] = raw, place
        first = first or place
    if first is None:
        return None
    for header, text in mapping.fixed.items():
        found.setdefault(header, (text, first))
    return Row(first, found)


def _translate(words: dict[str, str] | object, raw: Raw) -> Raw:
    assert isinstance(words, dict)
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return raw
    text = str(int(raw)) if isinstance(raw, float) and raw == int(raw) else str(raw)
    new = translated(words, text)
    return raw if new == text else new


def _number(sheet: Sheet, rows: list[Row], start: str) -> None:
    """Give an id to each row that has none."""
    if sheet.key is None:
        return
    taken = {str(row.cells[sheet.key][0]) for row in rows if sheet.key in row.cells}
    number = 0
    for row in rows:
        if sheet.key in row.cells:
            continue
        number += 1
        while f"{start}{number}" in taken:
            number += 1
        row.cells[sheet.key] = f"{start}{number}", row.place


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
