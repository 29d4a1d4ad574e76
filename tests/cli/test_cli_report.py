"""``ikec report`` and the forms of ``ikec check`` for people, as a director meets them."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from ikec_compliance.cli import main

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "ikec-hoorn")


def ikec(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_directie_as_page_with_calendar(tmp_path: Path) -> None:
    page, calendar = tmp_path / "rapport.html", tmp_path / "verloopt.ics"
    result = ikec("report", EXAMPLE, "--for", "directie", "--output", str(page), "--ics", str(calendar))
    assert result.exit_code == 0, result.output
    made = page.read_text(encoding="utf-8")
    assert made.startswith("<!DOCTYPE html>") and "In één oogopslag" in made and "Deze week doen" in made
    assert "OW-TLV-01" in made and "centrumplan (schoolplan)" in made.lower()
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.md", b"# "), ("r.txt", b"Voorbereiding op de GGD"), ("r.xlsx", b"PK"), ("r.htm", b"<!DOCTYPE")],
)
def test_the_name_of_the_file_tells_the_form(tmp_path: Path, name: str, start: bytes) -> None:
    result = ikec("report", EXAMPLE, "--for", "ggd", "--voorziening", "dagopvang", "--output", str(tmp_path / name))
    assert result.exit_code == 0, result.output
    assert (tmp_path / name).read_bytes().startswith(start)


def test_supervisor_report_has_its_numbers() -> None:
    result = ikec("report", EXAMPLE, "--for", "onderwijsinspectie", "--format", "markdown")
    assert result.exit_code == 0
    assert "Speciaal onderwijs – BRIN 99XA" in result.stdout and "Speciaal basisonderwijs – BRIN 99XB" in result.stdout
    assert result.stdout.index("OP1 Aanbod") < result.stdout.index("VS1 Veiligheid") < result.stdout.index("SKA1 Visie")


def test_check_in_the_forms_for_people(tmp_path: Path) -> None:
    for form, start in (("html", b"<!DOCTYPE"), ("markdown", b"# Volledig rapport"), ("xlsx", b"PK")):
        output = tmp_path / f"check.{form}"
        result = ikec("check", EXAMPLE, "--format", form, "--output", str(output))
        assert result.exit_code == 1  # the example has findings, whatever the form
        assert output.read_bytes().startswith(start)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "check.xlsx").read_bytes()))
    assert len(list(book["bevindingen"].values)) > 10


def test_history_shows_what_a_change_solved(tmp_path: Path) -> None:
    import shutil

    centre, history = tmp_path / "centrum", tmp_path / "bewaard"
    shutil.copytree(EXAMPLE, centre)
    first = ikec("report", str(centre), "--for", "directie", "--history", str(history))
    assert first.exit_code == 0 and "Wat is er veranderd" not in first.stdout
    file = centre / "voorzieningen.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("vierdaagse_weken: 9") == 1
    file.write_text(text.replace("vierdaagse_weken: 9", "vierdaagse_weken: 7"), encoding="utf-8")
    second = ikec("report", str(centre), "--for", "directie", "--history", str(history))
    assert second.exit_code == 0
    assert "0 nieuw, 1 opgelost" in second.stdout and "(OW-TYD-02), Speciaal basisonderwijs" in second.stdout
    third = ikec("check", str(centre), "--history", str(history), "--fail-on", "none")
    assert third.exit_code == 0 and len(list(history.iterdir())) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["report"], "de optie --for ontbreekt"),
        (["report", "--for", "ggdd"], "bedoelt u ‘ggd’?"),
        (["report", "--for", "ggd", "--format", "pdf"], "onbekende waarde ‘pdf’"),
        (["report", EXAMPLE, "--for", "ggd", "--voorziening", "so"], "is geen voorziening voor ggd"),
        (["report", EXAMPLE, "--for", "beleid", "--voorziening", "so"], "--voorziening kiest een hoofdstuk"),
        (["report", "bestaat-niet", "--for", "ggd"], "bestaat-niet:1:1: "),
        (["report", EXAMPLE, "--for", "ggd", "--ics", "nergens/a.ics"], "de map nergens bestaat niet"),
    ],
)
def test_wrong_use_is_one_dutch_line(arguments: list[str], message: str) -> None:
    result = ikec(*arguments)
    assert result.exit_code == 2 and message in result.stderr and result.stderr.count("\n") == 1


def test_english_report_has_english_labels() -> None:
    made = ikec("report", EXAMPLE, "--for", "igj", "--lang", "en").stdout
    assert "Preparing for the IGJ" in made and "Papers to have ready" in made
    for label in (
        "Stukken om klaar",
        "Hoe nagegaan",
        "Bevindingen",
        "Woordenlijst",
        "Getoetst op",
        "niet voor verzending",
    ):
        assert label not in made


def test_a_plain_check_loads_nothing_of_this() -> None:
    """Templates, drawings and workbooks cost time that a check in text or JSON must not pay."""
    import subprocess
    import sys

    program = (
        "import sys\n"
        "from ikec_compliance.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('jinja2', 'drawsvg', 'openpyxl') if name in sys.modules], file=sys.stderr)\n"
    )
    words = ["check", EXAMPLE, "--fail-on", "none"]
    done = subprocess.run(
        [sys.executable, "-c", program, *words], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stderr.strip() == "[]"
