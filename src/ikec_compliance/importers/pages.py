"""The cells of a workbook as they were typed: no formulas, no merged cells, no hidden sheets."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from ikec_compliance.importers.forms import from_cell_text
from ikec_compliance.importers.rows import MOST_CHARACTERS
from ikec_compliance.importers.safety import Scan, read_safely
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.reader import HIDDEN, shown_path

Raw = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its name and, by row number, the cells that hold something, by column number."""

    name: str
    rows: Sequence[tuple[int, dict[int, Raw]]]

    def place(self, row: int, column: int) -> Location:
        """The place of a cell."""
        return Location(f"{self.name}!", row, column)


class Workbook:
    """A workbook that passed the safety check; sheets are read one by one."""

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        """Open the workbook at ``path``, or the one in ``data`` that is called so.

        ``InputError`` when it is none, too big or damaged.
        """
        self.shown = shown_path(path)
        self.start = Location(self.shown, 1, 1)
        data, self._scans = read_safely(path, data)
        from openpyxl import load_workbook

        with warnings.catch_warnings():
            # What openpyxl leaves out (pictures, extensions) is nothing that is read here.
            warnings.simplefilter("ignore")
            try:
                self._book: Any = load_workbook(BytesIO(data), read_only=True, keep_links=False, keep_vba=False)
            except Exception:  # a damaged part of a workbook ends in whatever its parser meets
                raise self._damaged() from None
        self._sheets = {str(page.title): page for page in self._book.worksheets}

    @property
    def names(self) -> list[str]:
        """The names of the sheets, in order."""
        return list(self._sheets)

    def page(self, name: str) -> Page:
        """The cells of a sheet; ``InputError`` with the cell for what cannot be imported."""
        sheet = self._sheets[name]
        first = Location(f"{name}!", 1, 1)
        if sheet.sheet_state != "visible":
            raise InputError(f"blad ‘{name}’ is verborgen; maak het zichtbaar of verwijder het", first)
        for area in self._scans.get(name, Scan()).merged:
            raise InputError(f"de cellen {area} zijn samengevoegd; splits ze en vul elke cel", first)
        rows: list[tuple[int, dict[int, Raw]]] = []
        try:
            sheet.reset_dimensions()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for number, row in enumerate(sheet.iter_rows(), start=1):
                    cells = dict(_cells(name, number, row))
                    if cells:
                        rows.append((number, cells))
        except InputError:
            raise
        except Exception:  # see above
            raise self._damaged() from None
        return Page(name, rows)

    def _damaged(self) -> InputError:
        return InputError("dit Excel-bestand is beschadigd; open het in Excel en sla het opnieuw op", self.start)


def _cells(sheet: str, row: int, cells: Sequence[Any]) -> Iterator[tuple[int, Raw]]:
    for column, cell in enumerate(cells, start=1):
        value = cell.value
        if value is None:
            continue
        kind = cell.data_type
        if kind == "f":
            raise InputError(
                "hier staat een formule; plak de waarde (Plakken speciaal, Waarden)", Location(f"{sheet}!", row, column)
            )
        if kind == "e":
            raise InputError(f"hier staat de foutwaarde {value}; vul een waarde in", Location(f"{sheet}!", row, column))
        if isinstance(value, str):
            if len(value) > MOST_CHARACTERS:
                raise InputError(
                    f"deze cel heeft {len(value)} tekens; hoogstens {MOST_CHARACTERS}",
                    Location(f"{sheet}!", row, column),
                )
            value = from_cell_text(value)
            if HIDDEN.search(value):
                raise InputError(
                    "deze cel bevat een onzichtbaar stuurteken; typ de tekst opnieuw",
                    Location(f"{sheet}!", row, column),
                )
            if not value.strip():
                continue
        yield column, value
