"""Writes a workbook: headers with explanations, dropdowns and checks, and the rows of a configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ikec_compliance.importers import forms
from ikec_compliance.importers.checks import Choices, add_checks, hint
from ikec_compliance.importers.forms import Written, to_cell_text
from ikec_compliance.importers.guide import guide_rows
from ikec_compliance.importers.layout import BLOCK, KEY_COLUMN, NUMBER_COLUMN, Column, Sheet
from ikec_compliance.importers.rows import Filled
from ikec_compliance.model.errors import InternalError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

GUIDE, CHOICES = "uitleg", "keuzelijsten"
"""The sheets that hold no configuration: the explanation, first, and the lists behind the dropdowns, last."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_HEAD, _REQUIRED = "FFDCE6F1", "FFFFE699"


def write_book(sheets: Sequence[Filled], title: str) -> bytes:
    """The bytes of a workbook with these sheets."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    if first is None:
        raise InternalError("een nieuwe werkmap heeft geen blad")
    first.title = GUIDE
    _write_guide(first, title, [filled.sheet for filled in sheets])
    choices = Choices(CHOICES)
    for filled in sheets:
        page = book.create_sheet(filled.sheet.name)
        _write_head(page, filled)
        _write_rows(page, filled)
        add_checks(page, filled, {other.sheet.name: other.headers() for other in sheets}, choices)
    page = book.create_sheet(CHOICES)
    for number, (header, words) in enumerate(choices.lists(), start=1):
        for row, word in enumerate((header, *words), start=1):
            _put(page.cell(row=row, column=number), Written(word))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_guide(page: Worksheet, title: str, sheets: Sequence[Sheet]) -> None:
    from openpyxl.styles import Alignment, Font

    page.column_dimensions["A"].width = 28
    page.column_dimensions["B"].width = 100
    for number, (left, right, heading) in enumerate(guide_rows(title, sheets), start=1):
        for column, text in ((1, left), (2, right)):
            cell = page.cell(row=number, column=column)
            _put(cell, Written(text))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if heading:
                cell.font = Font(bold=True, size=12)


def _write_head(page: Worksheet, filled: Filled) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    columns = {column.header: column for column in filled.sheet.columns}
    for number, header in enumerate(filled.headers(), start=1):
        cell = page.cell(row=1, column=number)
        _put(cell, Written(header))
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        column = columns.get(header)
        needed = header in (filled.sheet.link, filled.sheet.key) or (column is not None and column.required)
        cell.fill = PatternFill("solid", fgColor=_REQUIRED if needed else _HEAD)
        text = _explanation(filled.sheet, header, column, needed)
        comment = Comment(text, "ikec")
        comment.width, comment.height = 320, 30 + 18 * (len(text) // 45 + text.count("\n") + 1)
        cell.comment = comment
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = min(max(len(header) + 2, 12), 32)
        if column is not None:
            page.column_dimensions[letter].number_format = _format(column)
    page.freeze_panes = "A2" if filled.sheet.shape == BLOCK else "B2"


def _explanation(sheet: Sheet, header: str, column: Column | None, needed: bool) -> str:
    if sheet.link is not None and header == sheet.link and sheet.parent is not None:
        text = f"Bij welke regel van blad {sheet.link} dit hoort: de waarde van de kolom {sheet.parent.key} daar."
    elif column is not None:
        text = "\n".join(part for part in (column.description, hint(column)) if part)
    elif header == NUMBER_COLUMN:
        text = "Volgnummer van deze regel, om er op een ander blad naar te verwijzen."
    elif header == KEY_COLUMN:
        text = "Waar deze regel over gaat. " + sheet.description
    else:
        text = f"‘{forms.EMPTY}’ zegt dat dit er is, maar leeg is."
    return f"{text}\nVerplicht." if needed else text


def _format(column: Column) -> str:
    value = column.form.only()
    kinds = {forms.DATE: "dd-mm-yyyy", forms.TIME: "[hh]:mm", forms.TEXT: "@", forms.PERIOD: "@"}
    return kinds.get(value.kind, "General") if value is not None else "@" if column.form.many else "General"


def _write_rows(page: Worksheet, filled: Filled) -> None:
    if filled.empty:
        _put(page.cell(row=2, column=1), Written(forms.EMPTY))
        return
    places: Mapping[str, int] = {header: number for number, header in enumerate(filled.headers(), start=1)}
    for number, row in enumerate(filled.rows, start=2):
        for header, written in row.items():
            _put(page.cell(row=number, column=places[header]), written)


def _put(cell: Cell | Any, written: Written) -> None:
    """Fill a cell; text is always text, whatever formula it looks like."""
    value = written.value
    if isinstance(value, str):
        cell.value = to_cell_text(value)
        cell.data_type = "s"
        if value.startswith(_FORMULA_SIGNS):
            cell.quotePrefix = True
    else:
        cell.value = value
    if written.number_format != "General":
        cell.number_format = written.number_format
