"""The forms of a report made by hand, against files that were read by a person.

After a wanted change: ``IKEC_GOLDEN=1 pytest tests/report`` writes them anew; read the difference before committing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ikec_compliance.report.explanation import render_explanation
from ikec_compliance.report.json_report import render_json
from ikec_compliance.report.text import render_conflicts, render_text
from tests.report.sample_report import PRESENCE, REPORT, UNKNOWN, wording

GOLDEN = Path(__file__).parent / "golden"

FORMS: dict[str, Callable[[], str]] = {
    "rapport.txt": lambda: render_text(REPORT, wording()),
    "report.txt": lambda: render_text(REPORT, wording("en")),
    "botsingen.txt": lambda: render_conflicts(REPORT, wording()),
    "uitleg.txt": lambda: render_explanation(PRESENCE, wording()),
    "uitleg-onbekend.txt": lambda: render_explanation(UNKNOWN, wording()),
    "rapport.json": lambda: render_json(REPORT),
}


@pytest.mark.parametrize("name", FORMS)
def test_form_is_as_it_was_read(name: str) -> None:
    made, path = FORMS[name](), GOLDEN / name
    if os.environ.get("IKEC_GOLDEN"):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMS)
def test_same_report_gives_the_same_bytes(name: str) -> None:
    assert FORMS[name]().encode() == FORMS[name]().encode()
