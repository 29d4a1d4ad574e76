"""A whole run: resumed, interrupted, killed, without room, and always the same bytes in the end."""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.fleet import files, run
from ikec_compliance.fleet.overview import Overview
from ikec_compliance.fleet.page import render_page
from ikec_compliance.fleet.run import FleetRequest, check_fleet
from ikec_compliance.fleet.task import CHECKED, COUNTS, Finding, Item, Outcome, unreadable
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import rules_dir
from tests.fleet import fleet_faults
from tests.fleet.fleet_faults import answer

COUNT, BATCH = 23, 4


class Here:
    """Works in this process; ``stop_after`` outcomes it is as if Ctrl-C was pressed."""

    stop_after: int | None = None
    backwards = False

    def __init__(self, *_: object) -> None: ...

    def outcomes(self, items: Iterator[Item]) -> Iterator[Outcome]:
        order = list(items)
        for done, item in enumerate(reversed(order) if self.backwards else order):
            if done == self.stop_after:
                raise KeyboardInterrupt
            yield answer(item)

    def close(self) -> None: ...


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vloot") / "land.csv"
    write_fleet(path, COUNT)
    return path


def write_fleet(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "regio", "configuratie"])
        for number in range(count):
            writer.writerow([f"c{number}", "Drenthe" if number % 2 else "Utrecht", "schema: ikec-centrum/v1"])


def request(fleet: Path, output: Path, **changes: Any) -> FleetRequest:
    standard: dict[str, Any] = {"batch": BATCH, "rules": rules_dir(), "today": date(2026, 11, 22)}
    return FleetRequest(fleet, output, **{**standard, **changes})


def content(output: Path) -> dict[str, bytes]:
    """Every file of a run, hidden ones too."""
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", autouse=True)
def catalogue() -> Iterator[None]:
    """The rules, opened once for all runs in this process."""
    opened = open_catalogue(rules_dir(), None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "open_catalogue", lambda rules, extra: opened)
        yield


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> type[Here]:
    class Own(Here):
        pass

    monkeypatch.setattr(run, "Pool", Own)
    return Own


@pytest.fixture(scope="module")
def whole(fleet: Path, catalogue: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A run that nothing disturbed."""
    output = tmp_path_factory.mktemp("heel") / "uit"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "Pool", Here)
        check_fleet(request(fleet, output))
    return content(output)


def test_rows_are_those_of_the_centres_in_order(whole: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("centra", "bevindingen"):
        (tmp_path / name).mkdir()
    for name, data in whole.items():
        if name.endswith(".parquet"):
            (tmp_path / name).write_bytes(data)
    centres = pq.read_table(tmp_path / "centra").to_pylist()
    assert [row["centrum"] for row in centres] == [f"c{n}" for n in range(COUNT)]
    assert [row["exit"] for row in centres] == [2 if n % 7 == 3 else int(n % 5 > 0) for n in range(COUNT)]
    assert centres[3]["melding"] == "c3.yaml:4:1: verzonnen fout" and centres[3]["regio"] == "Drenthe"
    findings = pq.read_table(tmp_path / "bevindingen").to_pylist()
    expected = [f"c{n}" for n in range(COUNT) if n % 7 != 3 for _ in range(n % 5)]
    assert [row["centrum"] for row in findings] == expected
    assert len({row["regels_sha256"] for row in centres + findings}) == 1


def test_the_summary_counts_what_the_rows_hold(whole: dict[str, bytes]) -> None:
    found = json.loads(whole["samenvatting.json"])
    read = [n for n in range(COUNT) if n % 7 != 3]
    assert found["centra"] == {"getoetst": 20, "onleesbaar": 3, "fout": 0,
                               "met_bevindingen": sum(n % 5 > 0 for n in read)}  # fmt: skip
    assert found["exit"] == 2
    assert sum(row["bevindingen"] for row in found["regels"]) == sum(n % 5 for n in read)
    assert {row["regio"]: row["getoetst"] for row in found["regios"]} == {
        "Drenthe": sum(n % 2 for n in read), "Utrecht": sum(1 - n % 2 for n in read)}  # fmt: skip
    assert [row["centrum"] for row in found["niet_getoetst"]] == ["c3", "c10", "c17"]
    assert sum(row["centra"] for row in found["verdeling"]) == 20
    worst = found["slechtste"][0]
    assert (worst["centrum"], worst["overtredingen"]) == ("c4", 4)


def test_the_page_stands_alone_and_names_what_matters(whole: dict[str, bytes]) -> None:
    page = whole["overzicht.html"].decode()
    assert "20 centra getoetst" in page and "c3.yaml:4:1: verzonnen fout" in page and "KO-BKR-01" in page
    assert all(word not in page for word in ("http", "src=", "<script", "@import"))


def test_what_stands_in_a_centre_cannot_change_the_page() -> None:
    evil = "<script>alert(1)</script>{{ 7*7 }}"
    overview = Overview(run.open_catalogue(None, None))
    finding = Finding("regel", f"KO-{evil}", "kinderopvang", evil, "voldoet_niet", "error", False, evil)
    counts = (1,) * len(COUNTS)
    overview.add(Outcome(0, evil, evil, CHECKED, 1, "", "2026-11-23", "", counts, (finding,)))
    overview.add(unreadable(Item(1, evil, evil, ()), f"{evil}\n\x1b[0m:1:1: fout"))
    page = render_page(overview.result({"regels_sha256": "", "versie": evil, "vloot_sha256": "", "peildatum": None,
                                        "vandaag": "2026-11-22"}))  # fmt: skip
    assert "<script" not in page and "{{ 7*7 }}" in page and "\x1b" not in page


@pytest.mark.parametrize("after", [0, 1, 5, 8, 22])
def test_an_interrupted_run_goes_on_to_the_same_bytes(
    fleet: Path, tmp_path: Path, here: type[Here], whole: dict[str, bytes], after: int
) -> None:
    here.stop_after = after
    with pytest.raises(KeyboardInterrupt):
        check_fleet(request(fleet, tmp_path))
    kept = {name: data for name, data in content(tmp_path).items() if name.endswith(".parquet")}
    assert len(kept) == 2 * (after // BATCH) and kept.items() <= whole.items()
    here.stop_after, here.backwards = None, True  # and the order in which workers get ready is nobody's
    check_fleet(request(fleet, tmp_path))
    assert content(tmp_path) == whole


def test_a_run_that_is_done_does_no_centre_again(
    fleet: Path, tmp_path: Path, here: type[Here], whole: dict[str, bytes]
) -> None:
    check_fleet(request(fleet, tmp_path))
    here.stop_after = 0
    check_fleet(request(fleet, tmp_path))  # one outcome asked for would be Ctrl-C
    assert content(tmp_path) == whole


def test_half_a_batch_is_no_batch(fleet: Path, tmp_path: Path, here: type[Here], whole: dict[str, bytes]) -> None:
    check_fleet(request(fleet, tmp_path))
    (tmp_path / "centra/deel-00001.parquet").unlink()
    (tmp_path / "bevindingen/deel-00003.parquet").unlink()
    (tmp_path / "centra/.deels-abc").write_bytes(b"PAR1")  # what a run leaves that was killed while writing
    check_fleet(request(fleet, tmp_path))
    assert content(tmp_path) == whole


@pytest.mark.parametrize(
    ("code", "writes"), [(errno.ENOSPC, 0), (errno.ENOSPC, 1), (errno.EDQUOT, 4), (errno.EROFS, 6), (errno.ENOSPC, 13)]
)
def test_a_full_disk_leaves_nothing_half_and_the_run_goes_on_later(
    fleet: Path, tmp_path: Path, here: type[Here], whole: dict[str, bytes], code: int, writes: int
) -> None:
    done = 0

    def fsync(descriptor: int) -> None:
        nonlocal done
        done += 1
        if done > writes:
            raise OSError(code, "vol")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files.os, "fsync", fsync)
        with pytest.raises(InputError) as error:
            check_fleet(request(fleet, tmp_path))
    assert "schijf" in error.value.message and "blijft staan" in error.value.message
    left = {name: data for name, data in content(tmp_path).items() if name != ".bezet"}
    assert left.items() <= whole.items() and len(left) == writes
    check_fleet(request(fleet, tmp_path))
    assert content(tmp_path) == whole


def test_an_output_that_cannot_be_made_is_one_line(fleet: Path, tmp_path: Path, here: type[Here]) -> None:
    (tmp_path / "bestand").write_text("x")
    for output in (tmp_path / "bestand", tmp_path / "bestand/uit"):
        with pytest.raises(InputError, match=r"kan .* niet schrijven"):
            check_fleet(request(fleet, output))
    assert (tmp_path / "bestand").read_text() == "x"


def test_an_output_that_may_not_be_written_is_one_line(
    fleet: Path, tmp_path: Path, here: type[Here], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> tuple[int, str]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refused)
    with pytest.raises(InputError, match="geen toestemming"):
        check_fleet(request(fleet, tmp_path / "uit"))
    assert [path.name for path in (tmp_path / "uit").rglob("*") if path.is_file()] == [".bezet"]


def test_a_folder_with_something_else_is_left_alone(fleet: Path, tmp_path: Path, here: type[Here]) -> None:
    (tmp_path / "brief.txt").write_text("van iemand anders")
    with pytest.raises(InputError, match="niet leeg"):
        check_fleet(request(fleet, tmp_path))
    assert (tmp_path / "brief.txt").read_text() == "van iemand anders"


def test_other_rules_or_another_date_do_not_go_on_in_the_same_folder(
    fleet: Path, tmp_path: Path, here: type[Here], whole: dict[str, bytes]
) -> None:
    check_fleet(request(fleet, tmp_path))
    for changes, word in [({"on": date(2026, 12, 1)}, "peildatum"), ({"regimes": ("onderwijs",)}, "regimes"),
                          ({"batch": 5}, "delen")]:  # fmt: skip
        with pytest.raises(InputError, match=word):
            check_fleet(request(fleet, tmp_path, **changes))
    opened = run.open_catalogue(None, None)
    others = replace(opened, rules=replace(opened.rules, sha256="f" * 64))
    with pytest.MonkeyPatch.context() as patch, pytest.raises(InputError, match="andere regels"):
        patch.setattr(run, "open_catalogue", lambda rules, extra: others)
        check_fleet(request(fleet, tmp_path))
    write_fleet(tmp_path.parent / "meer.csv", COUNT + 1)
    with pytest.raises(InputError, match="andere centra"):
        check_fleet(request(tmp_path.parent / "meer.csv", tmp_path))
    assert {name: data for name, data in content(tmp_path).items() if name != ".bezet"} == whole


def test_a_run_that_goes_on_tomorrow_keeps_the_date_of_today(fleet: Path, tmp_path: Path, here: type[Here]) -> None:
    here.stop_after = 6
    with pytest.raises(KeyboardInterrupt):
        check_fleet(request(fleet, tmp_path))
    here.stop_after = None
    check_fleet(request(fleet, tmp_path, today=date(2026, 11, 30)))
    assert json.loads((tmp_path / "vloot.json").read_text())["vandaag"] == "2026-11-22"


def test_two_runs_do_not_write_in_one_folder(fleet: Path, tmp_path: Path, here: type[Here]) -> None:
    with files.claimed(tmp_path), pytest.raises(InputError, match="andere vloottoets"):
        check_fleet(request(fleet, tmp_path))


def test_a_damaged_part_is_named(fleet: Path, tmp_path: Path, here: type[Here]) -> None:
    check_fleet(request(fleet, tmp_path))
    (tmp_path / "centra/deel-00002.parquet").write_bytes(b"PAR1 nee")
    with pytest.raises(InputError, match=r"deel-00002\.parquet is beschadigd"):
        check_fleet(request(fleet, tmp_path))


PROGRAM = """
import sys
from ikec_compliance.fleet import run
from tests.fleet import fleet_faults
run.Judge = getattr(fleet_faults, sys.argv.pop(1))
run.program_sha256 = lambda: "x"  # the program under a test may be edited meanwhile
from ikec_compliance.cli import main
main(sys.argv[1:])
"""


def start(judge: str, fleet: Path, output: Path) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(["src", "."])
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, judge, "fleet", "check", str(fleet), "--output", str(output), "--workers", "2",
         "--rules", str(rules_dir())],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}, start_new_session=True,
    )  # fmt: skip


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="geen signalen")
def test_ctrl_c_and_kill_in_the_middle_and_then_on_to_the_same_bytes(tmp_path: Path) -> None:
    fleet = tmp_path / "land.csv"
    write_fleet(fleet, 400)
    output = tmp_path / "uit"
    for number, how in [(1, signal.SIGINT), (3, signal.SIGKILL)]:
        process = start("Slow", fleet, output)
        try:
            until = time.monotonic() + 60
            while len(list(output.glob("centra/deel-*"))) < number and time.monotonic() < until:
                time.sleep(0.02)
            process.send_signal(how)
            said, complained = process.communicate(timeout=30)
        finally:
            process.kill()
        assert said == b""
        if how == signal.SIGINT:
            assert process.returncode == 130
            line = f"ikec: afgebroken; wat klaar is staat in {output}, dezelfde opdracht gaat daar verder\n"
            assert complained.decode() == line
            assert not list(output.rglob(".deels-*"))
    assert 3 <= len(list(output.glob("centra/deel-*"))) < 8
    for target in (output, tmp_path / "anders"):
        process = start("Echo", fleet, target)
        said, complained = process.communicate(timeout=60)
        assert (process.returncode, complained) == (2, b"")
        assert said.decode() == f"Geschreven: {target / 'overzicht.html'}\n"
    assert content(output) == content(tmp_path / "anders")


def test_faults_in_workers_change_nothing_in_the_end(fleet: Path, tmp_path: Path, whole: dict[str, bytes]) -> None:
    """With real workers, of which some die: the same bytes as without any trouble."""
    marks = tmp_path / "sporen"
    marks.mkdir()

    class Dying(run.Pool):
        def __init__(self, factory: Any, settings: Any, *rest: Any) -> None:
            super().__init__(fleet_faults.Faulty, (str(marks), {"kill": [0, 7, 22]}), *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "Pool", Dying)
        check_fleet(request(fleet, tmp_path / "uit", workers=2))
    assert len(list(marks.iterdir())) == 3
    assert content(tmp_path / "uit") == whole
