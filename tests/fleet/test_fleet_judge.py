"""A centre in a fleet gets the verdicts of ``ikec check``, and what is wrong with one stays with that one."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.check import check_centre, exit_code
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.centre import load_centre
from ikec_compliance.cli import main
from ikec_compliance.fleet import judge as judging
from ikec_compliance.fleet import run as running
from ikec_compliance.fleet.generate import country
from ikec_compliance.fleet.judge import Judge
from ikec_compliance.fleet.source import open_source
from ikec_compliance.fleet.task import COUNTS, FAILED, UNREADABLE, Item, Settings
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.resources import examples_dir, rules_dir
from tests.small_centre import accepted, short, write


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return open_catalogue(rules_dir(), None)


@pytest.fixture(scope="module")
def judge(catalogue: Catalogue) -> Judge:
    return Judge(Settings(rules_dir(), None, catalogue.rules.sha256))


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vloot")
    smallest = sorted(country(12, 8, None), key=lambda row: len(row[2]))[:2]
    for id_, _, configuration in smallest:
        (folder / f"{id_}.yaml").write_text(configuration, encoding="utf-8")
    (folder / "voorbeeld").mkdir()
    for file in (examples_dir() / "ikec-hoorn").glob("*.yaml"):
        (folder / "voorbeeld" / file.name).write_bytes(file.read_bytes())
    write(short(uitzonderingen_ci=[accepted("2027-01-01")]), folder / "klein.yaml")
    return folder


def test_the_numbers_and_findings_are_those_of_a_check(fleet: Path, judge: Judge, catalogue: Catalogue) -> None:
    found = [judge(item) for item in open_source(fleet).items()]
    assert [outcome.id for outcome in found][-2:] == ["klein", "voorbeeld"]
    for outcome in found:
        path = fleet / outcome.id
        centre = load_centre(path if path.is_dir() else path.with_suffix(".yaml"))
        report = check_centre(centre, catalogue, CheckRequest(seconds=0))
        counts = dict(zip(COUNTS, outcome.counts, strict=True))
        assert {name: counts[name] for name in report.summary.verdicts} == report.summary.verdicts
        assert counts["vragen"] == report.summary.unknown
        assert counts["open_botsingen"] == report.summary.conflicts_open
        assert (counts["regels"], counts["onderwerpen"]) == (report.summary.rules, report.summary.subjects)
        lines = [line for line in report.verdicts if line.is_finding]
        open_conflicts = [line for line in report.conflicts if line.is_finding]
        every = [*lines, *open_conflicts]
        assert counts["overtredingen"] == sum(line.severity.value == "error" for line in every)
        assert counts["waarschuwingen"] == sum(line.severity.value == "warning" for line in every)
        assert counts["aanvaard"] == sum(line.accepted is not None for line in every)
        for regime, number in Counter(line.regime for line in lines).items():
            assert counts[f"bevindingen_{regime}"] == number
        assert [finding.fingerprint for finding in outcome.findings] == [
            *(fingerprint(line.rule, line.subject, report.dated) for line in lines),
            *(fingerprint(line.code, line.subject) for line in open_conflicts),
        ]
        assert outcome.exit == exit_code(report, frozenset({"violation", "conflict"}))
        assert outcome.sha256 == centre.sha256


def test_what_is_asked_of_a_check_is_asked_of_every_centre(fleet: Path, catalogue: Catalogue) -> None:
    week = date(2026, 11, 23), date(2026, 11, 24)
    asked = {"on": date(2026, 11, 24), "period": week, "regimes": ("kinderopvang",), "verify": True}
    judge = Judge(Settings(rules_dir(), None, catalogue.rules.sha256, **asked))
    found = next(judge(item) for item in open_source(fleet).items() if item.id == "klein")
    report = check_centre(load_centre(fleet / "klein.yaml"), catalogue, CheckRequest(seconds=0, **asked))
    counts = dict(zip(COUNTS, found.counts, strict=True))
    assert found.on == "2026-11-24" and counts["regels"] == report.summary.rules > 0
    assert {name: counts[name] for name in report.summary.verdicts} == report.summary.verdicts
    assert {finding.regime for finding in found.findings} <= {"kinderopvang", "afstemming"}


def test_a_centre_that_cannot_be_read_names_its_place(judge: Judge) -> None:
    found = judge(Item(7, "x", "", (("x.yaml", "land.csv[x]", b"schema: ikec-centrum/v1\ncentrum: {id: 5}\n"),)))
    assert (found.number, found.state, found.exit, found.findings) == (7, UNREADABLE, 2, ())
    assert found.message.startswith("land.csv[x]:2:") or found.message.startswith("land.csv[x]:1:")
    assert judge(Item(0, "x", "", (), "x.yaml:1:1: mag niet")).message == "x.yaml:1:1: mag niet"


@pytest.mark.parametrize("content", [b"", b"- 1\n", b"\xff", b"a: &x 1\nb: *x\n", b"[" * 5000, b"{}", b"schema: x\n"])
def test_whatever_stands_in_a_row_stays_in_that_row(judge: Judge, content: bytes) -> None:
    found = judge(Item(0, "x", "", (("x.yaml", "x", content),)))
    assert found.state == UNREADABLE and found.message and "\n" not in found.message


def test_a_fault_of_the_program_is_an_outcome(judge: Judge, monkeypatch: pytest.MonkeyPatch, fleet: Path) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("deling\ndoor nul")

    item = next(iter(open_source(fleet).items()))
    monkeypatch.setattr(judging, "reconcile", broken)
    found = judge(item)
    assert (found.state, found.exit) == (FAILED, 3)
    assert found.message == "interne fout (ZeroDivisionError: deling door nul)"


def test_a_worker_with_other_rules_or_another_program_refuses(catalogue: Catalogue) -> None:
    with pytest.raises(InputError, match="andere regels"):
        Judge(Settings(rules_dir(), None, "0" * 64))
    with pytest.raises(InputError, match="andere versie"):
        Judge(Settings(rules_dir(), None, catalogue.rules.sha256, program_sha256="0" * 64))


@pytest.fixture(autouse=True)
def same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program under a test may be edited meanwhile."""
    monkeypatch.setattr(running, "program_sha256", lambda: "x")


def run(fleet: Path, output: Path, *more: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(
        main, ["fleet", "check", str(fleet), "--output", str(output), "--rules", str(rules_dir()), *more]
    )
    return found.exit_code, found.stdout, found.stderr


def test_one_worker_and_two_write_the_same(fleet: Path, tmp_path: Path) -> None:
    contents = []
    for workers in ("1", "2"):
        code, said, complained = run(fleet, tmp_path / workers, "--workers", workers)
        assert (code, complained) == (1, "") and said.endswith("overzicht.html\n")
        output = tmp_path / workers
        contents.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*.*") if path.is_file()})
    assert contents[0] == contents[1] and len(contents[0]) == 5
    summary = json.loads((tmp_path / "1/samenvatting.json").read_text(encoding="utf-8"))
    assert summary["centra"]["getoetst"] == 4
    page = (tmp_path / "1/overzicht.html").read_text(encoding="utf-8")
    assert "CF-01" in page and "Naam schoolplan" in page


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["fleet", "check", "nergens.csv", "--output", "uit"], "nergens.csv bestaat niet"),
        (["fleet", "check", "."], "--output"),
        (
            ["fleet", "check", ".", "--output", "uit", "--workers", "0"],
            "--workers: ‘0’ is geen geheel getal van 1",
        ),
        (["fleet", "check", "LEEG", "--output", "uit"], "bevat geen centra"),
        (["fleet", "generate", "x.csv", "--data", "nergens"], "--data"),
        (["fleet", "generate", "nergens/x.csv", "--centres", "1"], "kan nergens/x.csv niet schrijven"),
    ],
)
def test_errors_are_one_line_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("IKEC_DATA_DIR", raising=False)
    (tmp_path / "LEEG").mkdir()
    found = CliRunner().invoke(main, arguments)
    assert found.exit_code == 2 and word in found.stderr
    assert found.stderr.count("\n") == 1 and found.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["LEEG"]
