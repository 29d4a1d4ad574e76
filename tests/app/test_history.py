"""Results that are kept, and what changed since the one before."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from ikec_compliance.app.history import keep
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.overview import Changes
from ikec_compliance.model.resources import schema_dir
from ikec_compliance.model.result import Report
from tests.report.sample_report import COLLECTIVE, DOSSIER, PLAN, PRESENCE, REPORT


def changes(report: Report, folder: Path) -> Changes | None:
    kept = keep(report, folder).overview
    assert kept is not None
    return kept.changes


def codes(found: Changes) -> tuple[list[str], list[str], list[str]]:
    return tuple([item.code for item in part] for part in (found.new, found.solved, found.still))  # type: ignore[return-value]


LATER = replace(REPORT, receipt=replace(REPORT.receipt, on=date(2026, 12, 1)), verdicts=(PRESENCE,), conflicts=())


def test_first_result_has_nothing_to_compare_with(tmp_path: Path) -> None:
    assert changes(REPORT, tmp_path / "nieuw") is None
    names = [path.name for path in (tmp_path / "nieuw").iterdir()]
    assert len(names) == 1 and names[0].startswith("0001-2026-11-23-") and names[0].endswith(".json")


def test_new_solved_and_still_there(tmp_path: Path) -> None:
    keep(replace(REPORT, verdicts=(PLAN, PRESENCE)), tmp_path)
    found = changes(replace(LATER, verdicts=(PRESENCE, COLLECTIVE)), tmp_path)
    assert found is not None
    assert codes(found) == (["KO-CAO-01"], ["OW-SPL-01", "CF-34"], ["KO-BKR-01"])
    assert found.since == date(2026, 11, 23) and found.same_rules and found.same_centre
    assert found.solved[1].regime == "afstemming" and found.new[0].regime == "cao"


def test_weekly_lines_are_the_same_finding_in_another_week(tmp_path: Path) -> None:
    keep(replace(REPORT, verdicts=(PRESENCE,)), tmp_path)
    found = changes(replace(LATER, verdicts=(replace(PRESENCE, subject="groep:sg-vossen@2026-12-01"),)), tmp_path)
    assert found is not None and codes(found) == ([], ["CF-34"], ["KO-BKR-01"])


def test_asking_again_changes_nothing(tmp_path: Path) -> None:
    keep(REPORT, tmp_path)
    first = changes(LATER, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert changes(LATER, tmp_path) == first
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before and len(before) == 2


def test_going_back_is_a_result_of_its_own(tmp_path: Path) -> None:
    for report in (REPORT, LATER, REPORT):
        keep(report, tmp_path)
    assert len(list(tmp_path.iterdir())) == 3
    found = changes(REPORT, tmp_path)
    assert found is not None and found.since == date(2026, 12, 1)


def test_centres_may_share_a_folder(tmp_path: Path) -> None:
    other = replace(REPORT, receipt=replace(REPORT.receipt, centre="ander"), verdicts=())
    keep(REPORT, tmp_path)
    assert changes(other, tmp_path) is None
    found = changes(LATER, tmp_path)
    assert found is not None and "OW-SPL-01" in codes(found)[1]


def test_what_is_kept_follows_its_schema_and_has_a_receipt(tmp_path: Path) -> None:
    keep(REPORT, tmp_path)
    data = json.loads(next(tmp_path.iterdir()).read_text(encoding="utf-8"))
    schema = json.loads((schema_dir() / "v1/geschiedenis.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["receipt"]["rules_sha256"] == "cd" * 32
    assert [item["fingerprint"] for item in data["findings"]] == [
        "OW-SPL-01/voorziening:so", "KO-BKR-01/groep:sg-vossen@di", "KO-CAO-01/medewerker:med-1",
        f"CF-34/{DOSSIER.subject}",
    ]  # fmt: skip


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "leesmij.txt").write_text("x")
    (tmp_path / ".0001-2026-11-23-000000000000.json.tmp").write_text("half")
    assert changes(REPORT, tmp_path) is None
    assert (tmp_path / "leesmij.txt").read_text() == "x"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"schema": "ikec-report/v1"}', '{"schema": "ikec-geschiedenis/v1"}',
     '{"schema": "ikec-geschiedenis/v1", "receipt": {"centre": "voorbeeld"}}',
     '{"schema": "ikec-geschiedenis/v1", "receipt": {"centre": "voorbeeld", "on": "x"}, "findings": []}',
     '{"schema": "ikec-geschiedenis/v1", "receipt": {"centre": "voorbeeld"}, "findings": [{}]}', "\ud800"],
)  # fmt: skip
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "0001-2026-11-23-000000000000.json"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    with pytest.raises(InputError) as caught:
        keep(REPORT, tmp_path)
    assert str(caught.value).startswith(f"{path}:1:1: dit is geen bewaarde uitkomst")


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "map").write_text("x")
    with pytest.raises(InputError, match="--history"):
        keep(REPORT, tmp_path / "map")
