"""Output that cannot be written, dates outside the calendar, and judgements of another day or regime."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import CheckRequest, check_centre
from ikec_compliance.cli.output import write_file
from ikec_compliance.model.result import Report
from tests.support import base, load

FULL = Path("/dev/full")


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path("src").resolve())}
    command = [sys.executable, "-m", "ikec_compliance", *arguments]
    return subprocess.run(
        command, env=environment, text=True, timeout=60, stderr=subprocess.PIPE, check=False, **options
    )


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("arguments", [("check",), ("bkr", "dagopvang", "1", "1", "1", "1")])
def test_a_full_disk_is_one_line(arguments: tuple[str, ...]) -> None:
    with FULL.open("w") as full:
        done = run(*arguments, stdout=full)
    assert done.returncode == 2
    assert done.stderr == "ikec: de schijf is vol; de uitvoer is niet of niet helemaal geschreven\n"


def test_output_to_a_pipe_writes_into_it_and_does_not_replace_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pijp"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(pipe, "rapport\n")
        assert os.read(reader, 100) == b"rapport\n"
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_without_stdout_there_is_no_traceback() -> None:
    done = run("check", "--output", os.devnull, preexec_fn=lambda: os.close(1))
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("day", ["9999-12-31", "1899-12-31", "2200-01-01"])
def test_a_date_outside_the_calendar_is_bad_input(day: str, tmp_path: Path) -> None:
    assert run("check", "--on", day, stdout=subprocess.PIPE).returncode == 2
    (tmp_path / "centrum.yaml").write_text(
        f"schema: ikec-centrum/v1\ncentrum: {{id: x, peildatum: {day}}}\n", encoding="utf-8"
    )
    done = run("check", str(tmp_path), stdout=subprocess.PIPE)
    assert done.returncode == 2 and "centrum.yaml:2:" in done.stderr and done.stderr.count("\n") == 1


def test_a_date_before_every_rule_is_not_called_compliance() -> None:
    done = run("check", "--on", "1950-01-01", stdout=subprocess.PIPE)
    assert "Er is niets getoetst" in done.stdout and "voldoet." not in done.stdout


def _judged(folder: Path, **options: Any) -> Report:
    judgement = {"regel": "OW-SPL-07", "onderwerp": "voorziening:so", "oordeel": "voldoet", "onderbouwing": "gezien",
                 "door": "directeur", "op": "2026-11-20", "geldig_tot": "2027-11-20"}  # fmt: skip
    accepted = {
        "regel": "KO-BKR-01",
        "onderwerp": "groep:g1@2026-11-23",
        "reden": "x",
        "door": "y",
        "tot": "2027-01-01",
    }
    data = base(oordelen=[{**judgement, **options.pop("judgement", {})}], uitzonderingen_ci=[accepted])
    centre = load(data, folder)
    return check_centre(centre, open_catalogue(Path("rules"), None), CheckRequest(folder / "centrum.yaml", **options))


def test_a_check_of_part_of_the_rules_does_not_call_the_rest_gone(tmp_path: Path) -> None:
    assert any("bestaat niet (meer)" in item.message for item in _judged(tmp_path).stale)
    assert not any("OW-SPL-07" in text for text in _judged(tmp_path, regimes=("kinderopvang",)).notices)
    assert not any("KO-BKR-01" in text for text in _judged(tmp_path, regimes=("onderwijs",)).notices)
    later = _judged(tmp_path, on=date(2026, 12, 7)).notices
    assert not any("KO-BKR-01" in text for text in later)


def test_a_judgement_of_tomorrow_does_not_count_yet(tmp_path: Path) -> None:
    notices = _judged(tmp_path, judgement={"op": "2026-11-24"}).notices
    assert any("van na de peildatum" in text for text in notices)
