"""The workbook: five sheets, text that Excel shows as text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from ikec_compliance.app.publish import publish
from ikec_compliance.model.result import Report
from tests.report.sample_overview import FULL, wording


def book(report: Report = FULL, audience: str = "beleid", facility: str = "") -> openpyxl.Workbook:
    made = publish(report, wording(), audience, "xlsx", facility)
    assert isinstance(made, bytes)
    return openpyxl.load_workbook(io.BytesIO(made))


def test_sheets() -> None:
    assert book().sheetnames == ["bevindingen", "vragen", "botsingen", "te beoordelen", "verloopt"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "2026-01-01", "1E5", "#REF!"]
)
def test_text_is_never_a_formula_or_number(text: str) -> None:
    report = replace(
        FULL, verdicts=tuple(replace(line, title=text, subject_title=text, message=text) for line in FULL.verdicts)
    )
    sheet = book(report)["bevindingen"]
    shown = text.replace("\t", " ")
    for cell in (sheet["C2"], sheet["E2"]):
        assert (cell.data_type, cell.value) == ("s", shown)
        assert cell.quotePrefix is (shown[:1] in "=+-@")
    made = publish(report, wording(), "beleid", "xlsx")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())


def test_numbers_and_dates_are_what_they_are() -> None:
    found = book()
    assert found["vragen"]["C2"].value == 3
    assert found["verloopt"]["A2"].is_date


def test_only_what_belongs_to_the_supervisor() -> None:
    rules = [row[1] for row in book(audience="ggd")["bevindingen"].values][1:]
    assert rules == ["KO-BKR-01", "KO-CAO-01"]
    assert [row[1] for row in book(audience="ggd", facility="bso")["bevindingen"].values][1:] == []


def test_characters_that_excel_cannot_hold() -> None:
    report = replace(FULL, verdicts=(replace(FULL.verdicts[0], message="a\x00b\x1bc\ud800"), *FULL.verdicts[1:]))
    assert book(report)["bevindingen"]["F2"].value == "A b c "


def test_long_text_fits_in_a_cell() -> None:
    report = replace(
        FULL, notices=("x" * 10**6,), questions=tuple(replace(item, question="y" * 10**6) for item in FULL.questions)
    )
    assert len(book(report)["vragen"]["B2"].value) < 32_768
