"""Hostile texts in a configuration never become markup, a formula, a command or a terminal code in a report."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from tests.fuzz.bad_inputs import run
from tests.support import base, person

HOSTILE = "=HYPERLINK(1)<script>alert(1)</script>|x`y`\n::error::boe\n| a | b |\n# kop %0A::add-mask::x"
"""A formula, a script, cells of a table, and lines that GitHub would take for commands."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("kwaad")
    data = base(
        medewerkers=[person("p1", in_dienst_op=None)],
        documenten=[{"id": "d1", "titel": HOSTILE, "ondertitel": HOSTILE, "soorten": ["pedagogisch_beleidsplan"]}],
        uitzonderingen_ci=[{"regel": "KO-VOG-01", "onderwerp": "medewerker:p1", "reden": HOSTILE, "door": HOSTILE,
                            "tot": "2027-01-01"}],
    )  # fmt: skip
    for key in ("centrum", "organisaties", "voorzieningen", "groepen"):
        for item in [data[key]] if isinstance(data[key], dict) else data[key]:
            item["naam"] = HOSTILE
    (place / "c.yaml").write_text(json.dumps(data), encoding="utf-8")
    assert run("validate c.yaml", place).err == ""
    return place


@cache
def output(folder: Path, form: str) -> str:
    found = run(f"check c.yaml --on 2026-11-23 --format {form} --fail-on none", folder)
    assert (found.code, found.err) == (0, "")
    assert "HYPERLINK" in found.out, "the hostile text is in the report"
    return found.out


@pytest.mark.parametrize("form", ["text", "github", "markdown", "html", "sarif", "junit", "json"])
def test_no_control_character_in_any_form(folder: Path, form: str) -> None:
    found = set(re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", output(folder, form)))
    # What is written for programs may hold the line ends of a text, as XML and JSON write them.
    assert found == set()


def test_github_sees_no_command_that_is_not_ours(folder: Path) -> None:
    lines = output(folder, "github").splitlines()
    assert all(re.match(r"::(error|warning|notice) (file=|title=)", line) for line in lines)
    assert "%0A::error::" in "".join(lines) or "::error::boe" not in "".join(lines)
    assert "%250A" in "".join(lines)


def test_html_shows_the_script_and_does_not_run_it(folder: Path) -> None:
    text = output(folder, "html")
    assert "<script>alert" not in text and "&lt;script&gt;" in text


def test_markdown_has_no_markup_of_the_centre(folder: Path) -> None:
    text = output(folder, "markdown")
    assert not re.search(r"(?<!\\)<script", text)
    assert not [line for line in text.splitlines() if line.startswith(("# kop", "| a | b", "::error"))]


def test_text_stays_in_its_own_lines(folder: Path) -> None:
    text = output(folder, "text")
    assert not [line for line in text.splitlines() if line.startswith(("# kop", "| a | b", "::error"))]


def test_xml_and_json_are_what_they_say(folder: Path) -> None:
    assert ElementTree.fromstring(output(folder, "junit")).tag == "testsuites"
    for form in ("json", "sarif"):
        assert isinstance(json.loads(output(folder, form)), dict)


@pytest.mark.parametrize("command", ["check c.yaml --on 2026-11-23 --fail-on none --format xlsx --output {}.xlsx",
                                     "report c.yaml --for directie --on 2026-11-23 --format xlsx --output {}.xlsx",
                                     "export c.yaml {}.xlsx"])  # fmt: skip
def test_no_cell_of_a_workbook_is_a_formula(folder: Path, command: str) -> None:
    name = command.split()[0]
    found = run(command.format(name), folder)
    assert (found.code, found.err) == (0, "")
    cells = [cell for page in load_workbook(folder / f"{name}.xlsx") for row in page.iter_rows() for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert any("HYPERLINK" in cell.value for cell in texts)
    for cell in texts:
        assert cell.data_type == "s", cell.value
        if cell.value.startswith(("=", "+", "-", "@", "\t", "\r")) and len(cell.value) > 1:
            assert cell.quotePrefix, cell.value


def test_a_csv_of_groups_gives_no_formula_back(tmp_path: Path) -> None:
    rows = [["naam", "n4_6", "n7plus"], ['=HYPERLINK("http://x")', "1", "1"], ["+31 229", "2", "0"], ["-5", "1", "1"],
            ["@som", "1", "1"], ["\tx", "1", "1"], ["gewoon", "1", "1"]]  # fmt: skip
    with (tmp_path / "b.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    found = run("bkr bso --batch b.csv", tmp_path)
    assert (found.code, found.err) == (0, "")
    names = [row[0] for row in csv.reader(io.StringIO(found.out, newline=""))]
    assert names == ["naam", '\'=HYPERLINK("http://x")', "'+31 229", "-5", "'@som", "'\tx", "gewoon"]
