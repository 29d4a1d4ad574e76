"""The reports for people, made of the sample, against files that a person read.

After a wanted change: ``IKEC_GOLDEN=1 pytest tests/report`` writes them anew; read the difference before committing.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ikec_compliance.app.publish import agenda, publish
from ikec_compliance.report.words import Language
from tests.report.sample_overview import FULL, wording

GOLDEN = Path(__file__).parent / "golden"


def text(audience: str, form: str, language: Language = "nl", facility: str = "") -> str:
    made = publish(FULL, wording(language), audience, form, facility)
    assert isinstance(made, str)
    return made


def cells(audience: str, language: Language = "nl") -> str:
    """Every sheet of a workbook, a line per row."""
    made = publish(FULL, wording(language), audience, "xlsx")
    assert isinstance(made, bytes)
    book = openpyxl.load_workbook(io.BytesIO(made))
    lines = []
    for sheet in book.worksheets:
        lines.append(f"== {sheet.title}")
        lines += [" | ".join("" if value is None else repr(value) for value in row) for row in sheet.values]
    return "\n".join(lines) + "\n"


FORMS: dict[str, Callable[[], str]] = {
    "directie.html": lambda: text("directie", "html"),
    "ggd.html": lambda: text("ggd", "html"),
    "directie.md": lambda: text("directie", "markdown"),
    "beleid.md": lambda: text("beleid", "markdown"),
    "beleid-en.md": lambda: text("beleid", "markdown", "en"),
    "ggd-en.md": lambda: text("ggd", "markdown", "en"),
    "onderwijsinspectie.md": lambda: text("onderwijsinspectie", "markdown"),
    "igj.md": lambda: text("igj", "markdown"),
    "directie.txt": lambda: text("directie", "text"),
    "directie-en.txt": lambda: text("directie", "text", "en"),
    "beleid.xlsx.txt": lambda: cells("beleid"),
    "verloopt.ics": lambda: agenda(FULL, wording()),
}


@pytest.mark.parametrize("name", FORMS)
def test_form_is_as_it_was_read(name: str) -> None:
    made, path = FORMS[name](), GOLDEN / name
    if os.environ.get("IKEC_GOLDEN"):
        path.write_bytes(made.encode())
    assert made.encode() == path.read_bytes()


@pytest.mark.parametrize("form", ["html", "markdown", "text", "xlsx"])
def test_same_report_gives_the_same_bytes(form: str) -> None:
    assert publish(FULL, wording(), "beleid", form) == publish(FULL, wording(), "beleid", form)
