"""Dropdowns and checks in a sheet, and the hints that go with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from ikec_compliance.importers import forms
from ikec_compliance.importers.forms import EMPTY, UNKNOWN, Form, Value
from ikec_compliance.importers.layout import BLOCK, Column
from ikec_compliance.importers.rows import Filled
from ikec_compliance.model.place import column_letters

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 5000
"""Down to which row a sheet checks what is typed."""

_LONGEST_FORMULA = 255
_EXAMPLES = {
    forms.TEXT: "Tekst", forms.YES_NO: "ja of nee", forms.DATE: "Datum", forms.TIME: "Tijd, als 08:30 (24:00 mag)",
    forms.PERIOD: "Periode als 2026-11-23/2026-11-27, beide dagen inbegrepen", forms.WHOLE: "Geheel getal",
    forms.NUMBER: "Getal",
}  # fmt: skip


class Choices:
    """The lists behind dropdowns that are too long for a rule of their own; equal lists are kept once."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._known: dict[tuple[str, ...], tuple[int, str]] = {}

    def formula(self, header: str, words: tuple[str, ...]) -> str:
        """What a dropdown with these words refers to."""
        inline = f'"{",".join(words)}"'
        if len(inline) <= _LONGEST_FORMULA and not any("," in word or '"' in word for word in words):
            return inline
        number, _ = self._known.setdefault(words, (len(self._known) + 1, header))
        letter = column_letters(number)
        return f"{self._page}!${letter}$2:${letter}${len(words) + 1}"

    def lists(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Header and words of each list, in the order of their columns."""
        for words, (_, header) in self._known.items():
            yield header, words


def add_checks(page: Worksheet, filled: Filled, headers_of: Mapping[str, Sequence[str]], choices: Choices) -> None:
    """Give each column of a sheet its dropdown or check, down to ``LAST_ROW`` (one row where only one is meant)."""
    columns = {column.header: column for column in filled.sheet.columns}
    last = 2 if filled.sheet.shape == BLOCK else max(LAST_ROW, len(filled.rows) + 1)
    for number, header in enumerate(filled.headers(), start=1):
        column = columns.get(header)
        found: DataValidation | None = None
        if header == filled.sheet.link and filled.sheet.parent is not None:
            found = _ids(filled.sheet.parent.name, filled.sheet.parent.key or "", headers_of)
        elif column is not None:
            found = _check(filled.sheet.name, column, headers_of, choices)
        if found is None:
            continue
        letter = column_letters(number)
        found.add(f"{letter}2:{letter}{last}")
        page.add_data_validation(found)


def _ids(target: str, key: str, headers_of: Mapping[str, Sequence[str]]) -> DataValidation | None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if key not in headers_of.get(target, ()):
        return None
    letter = column_letters(list(headers_of[target]).index(key) + 1)
    page = f"'{target}'" if "." in target else target
    found = DataValidation(type="list", formula1=f"{page}!${letter}$2:${letter}${LAST_ROW}", allow_blank=True)
    return _worded(found, f"Kies een waarde van de kolom {key} op blad {target}.", "warning")


def _check(
    sheet: str, column: Column, headers_of: Mapping[str, Sequence[str]], choices: Choices
) -> DataValidation | None:
    from openpyxl.worksheet.datavalidation import DataValidation

    value = column.form.only()
    if value is None:
        return None
    if column.target:
        return _ids(column.target, "id", headers_of)
    # A check that refuses would refuse "?" too, hence only a warning where that may stand.
    style: Literal["stop", "warning"] = "warning" if value.nullable else "stop"
    words = hint(column)
    if value.kind in (forms.CHOICE, forms.YES_NO):
        texts = tuple(map(str, value.words)) or ("ja", "nee")
        formula = choices.formula(f"{sheet}.{column.header}", (*texts, UNKNOWN) if value.nullable else texts)
        return _worded(DataValidation(type="list", formula1=formula, allow_blank=True), words, "stop")
    if value.kind == forms.DATE:
        check = DataValidation(type="date", operator="between", formula1="1", formula2="109575", allow_blank=True)
    elif value.kind == forms.TIME:
        check = DataValidation(type="decimal", operator="between", formula1="0", formula2="1", allow_blank=True)
    elif value.kind in (forms.WHOLE, forms.NUMBER):
        kind: Literal["whole", "decimal"] = "whole" if value.kind == forms.WHOLE else "decimal"
        low = str(value.minimum if value.minimum is not None else -(10**15))
        high = str(value.maximum if value.maximum is not None else 10**15)
        check = DataValidation(type=kind, operator="between", formula1=low, formula2=high, allow_blank=True)
    elif value.max_length is not None:
        check = DataValidation(
            type="textLength", operator="lessThanOrEqual", formula1=str(value.max_length), allow_blank=True
        )
    else:
        return None
    return _worded(check, words, style)


def _worded(check: DataValidation, words: str, style: Literal["stop", "warning"]) -> DataValidation:
    text = words if len(words) <= 250 else words[:249] + "…"
    check.errorStyle = style
    check.error, check.errorTitle = text, "Dit past hier niet"
    check.showErrorMessage = True
    return check


def hint(column: Column) -> str:
    """In Dutch: what may stand in a cell of this column."""
    parts = [_form_words(column.form)]
    if column.target:
        parts.append(f"Kenmerken (id) staan op blad {column.target}.")
    if column.form.nullable:
        parts.append(f"‘{UNKNOWN}’ als het er is, maar u het niet weet.")
    return " ".join(parts)


def _form_words(form: Form) -> str:
    found: list[str] = []
    if form.single:
        found.append(" of ".join(_value_words(value) for value in form.single))
    if form.many:
        what = " of ".join(_value_words(value) for value in form.many)
        found.append(f"een of meer, met komma's ertussen ({EMPTY} is geen enkele): {what}")
    if form.keyed:
        what = " of ".join(_value_words(value) for value in form.keyed)
        found.append(f"naam: waarde, met komma's ertussen ({what})")
    text = "; of ".join(found)
    return f"{text[:1].upper()}{text[1:]}."


def _value_words(value: Value) -> str:
    if value.kind == forms.CHOICE:
        return "kies uit " + ", ".join(map(str, value.words))
    words = _EXAMPLES[value.kind]
    if value.kind in (forms.WHOLE, forms.NUMBER) and value.maximum is not None:
        words += f" van {value.minimum or 0} tot en met {value.maximum}"
    if value.kind == forms.TEXT and value.max_length is not None:
        words += f" van hoogstens {value.max_length} tekens"
    return words
