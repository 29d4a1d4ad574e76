"""``ikec receipt check``: the same check again, and what differs."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ikec_compliance.app import check as checking
from ikec_compliance.model.resources import rules_dir, schema_dir
from tests.small_centre import children, ikec, short, staffed, write
from tests.support import base


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy: the shipped rules may not change between a check and its repetition."""
    return Path(shutil.copytree(rules_dir(), tmp_path_factory.mktemp("regels") / "rules"))


def made(tmp_path: Path, rules: Path, data: dict[str, Any], *options: str) -> tuple[Path, Path]:
    """A configuration and the receipt of its check."""
    centre, receipt = write(data, tmp_path / "centrum.yaml"), tmp_path / "bon.json"
    result = ikec("check", centre, "--receipt", receipt, "--rules", rules, *options, rules=False)
    assert result.exit_code in (0, 1), result.stderr
    return centre, receipt


def repeated(receipt: Path, *options: str | Path) -> tuple[int, dict[str, Any]]:
    result = ikec("receipt", "check", receipt, "--format", "json", *options, rules=False)
    assert result.stderr == ""
    return result.exit_code, json.loads(result.stdout)


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--on", "2026-11-24"),
        ("--period", "2026-11-23/2026-11-24"),
        ("--regime", "kinderopvang", "--regime", "jeugdhulp"),
        ("--verify",),
    ],
)
def test_the_same_check_is_equal(tmp_path: Path, rules: Path, options: tuple[str, ...]) -> None:
    _, receipt = made(tmp_path, rules, short(), *options)
    assert repeated(receipt) == (0, {"receipt": str(receipt), "equal": True, "same_results": True, "differences": []})
    text = ikec("receipt", "check", receipt, rules=False).stdout
    assert text.endswith("Gelijk: dezelfde toets geeft dezelfde uitkomsten.\n")


def test_the_receipt_is_valid_by_its_schema(tmp_path: Path, rules: Path) -> None:
    _, receipt = made(tmp_path, rules, short(), "--on", "2026-11-23", "--period", "2026-11-23/2026-11-23")
    data = json.loads(receipt.read_text(encoding="utf-8"))
    schema = json.loads((schema_dir() / "v1" / "receipt.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data)
    assert data["options"]["period"] == {"from": "2026-11-23", "to": "2026-11-23"}
    assert data["results"]["verdicts"]["voldoet_niet"] == 2


def test_another_configuration_is_named_with_what_it_changes(tmp_path: Path, rules: Path) -> None:
    centre, receipt = made(tmp_path, rules, short())
    write(staffed(), centre)
    code, found = repeated(receipt)
    named = {item["what"]: (item["then"], item["now"]) for item in found["differences"]}
    assert (code, found["equal"], found["same_results"]) == (1, False, False)
    # The beroepskracht has a certificate of first aid for children, so both findings are solved.
    assert named["uitkomst voldoet niet"] == ("2", "0")
    assert "configuratie" in named
    assert "regels" not in named
    text = ikec("receipt", "check", receipt, rules=False).stdout
    assert "ook de uitkomsten verschillen" in text


def test_a_remark_in_the_configuration_changes_no_outcome(tmp_path: Path, rules: Path) -> None:
    centre, receipt = made(tmp_path, rules, short())
    centre.write_text(centre.read_text(encoding="utf-8") + "\n# opmerking\n", encoding="utf-8")
    code, found = repeated(receipt)
    assert (code, found["same_results"]) == (1, True)
    assert [item["what"] for item in found["differences"]] == ["configuratie"]


def test_other_rules_are_named(tmp_path: Path, rules: Path) -> None:
    _, receipt = made(tmp_path, rules, short())
    changed = Path(shutil.copytree(rules, tmp_path / "rules"))
    file = changed / "wetten.yaml"
    text = file.read_text(encoding="utf-8")
    assert "read_until: 2024-07-01" in text  # the state in which BKK was read
    file.write_text(text.replace("read_until: 2024-07-01", "read_until: 2024-07-02"), encoding="utf-8")
    code, found = repeated(receipt, "--rules", changed)
    named = {item["what"]: (item["then"], item["now"]) for item in found["differences"]}
    assert (code, found["same_results"]) == (1, True)
    assert named["gelezen tekst van BKK"] == ("2024-07-01", "2024-07-02")
    assert "regels" in named


def test_a_check_of_today_is_repeated_on_that_day(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Then(date):
        @classmethod
        def today(cls) -> date:
            return date(2026, 11, 23)

    class Later(date):
        @classmethod
        def today(cls) -> date:
            return date(2027, 3, 1)

    data = short()
    del data["centrum"]["peildatum"]
    monkeypatch.setattr(checking, "date", Then)
    _, receipt = made(tmp_path, rules, data)
    assert json.loads(receipt.read_text(encoding="utf-8"))["on"] == "2026-11-23"
    monkeypatch.setattr(checking, "date", Later)
    assert repeated(receipt)[0] == 0


def test_another_date_in_the_configuration_is_named(tmp_path: Path, rules: Path) -> None:
    centre, receipt = made(tmp_path, rules, short())
    data = short()
    data["centrum"]["peildatum"] = "2026-11-24"
    write(data, centre)
    _, found = repeated(receipt)
    named = {item["what"]: (item["then"], item["now"]) for item in found["differences"]}
    assert named["peildatum"] == ("2026-11-23", "2026-11-24")


def test_a_centre_that_moved_is_named_by_an_option(tmp_path: Path, rules: Path) -> None:
    centre, receipt = made(tmp_path, rules, short())
    moved = centre.rename(tmp_path / "elders.yaml")
    gone = ikec("receipt", "check", receipt, rules=False)
    assert (gone.exit_code, gone.stdout) == (2, "")
    assert gone.stderr.startswith(f"{centre}:1:1: ")
    assert repeated(receipt, "--centre", moved)[0] == 0


def test_an_edited_result_is_found(tmp_path: Path, rules: Path) -> None:
    _, receipt = made(tmp_path, rules, short())
    data = json.loads(receipt.read_text(encoding="utf-8"))
    data["results"]["verdicts"]["voldoet_niet"] = 0
    receipt.write_text(json.dumps(data), encoding="utf-8")
    code, found = repeated(receipt)
    assert code == 1
    assert found["differences"] == [{"what": "uitkomst voldoet niet", "then": "0", "now": "2"}]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": "anders"}, "schema"),
        ({"results": None}, "results"),
        ({"extra": 1}, "extra"),
        ({"on": "gisteren"}, "gisteren"),
    ],
)
def test_what_is_no_receipt_is_one_line(tmp_path: Path, rules: Path, change: dict[str, Any], said: str) -> None:
    _, receipt = made(tmp_path, rules, short())
    data = {**json.loads(receipt.read_text(encoding="utf-8")), **change}
    receipt.write_text(json.dumps(data, indent=1), encoding="utf-8")
    result = ikec("receipt", "check", receipt, rules=False)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{receipt}:")
    assert result.stderr.count("\n") == 1
    assert said in result.stderr


@pytest.mark.parametrize("key", ["options", "results"])
def test_a_receipt_of_an_older_version_is_refused(tmp_path: Path, rules: Path, key: str) -> None:
    _, receipt = made(tmp_path, rules, short())
    data = json.loads(receipt.read_text(encoding="utf-8"))
    del data[key]
    receipt.write_text(json.dumps(data), encoding="utf-8")
    result = ikec("receipt", "check", receipt, rules=False)
    assert result.exit_code == 2
    assert "van een oudere versie" in result.stderr


def test_the_hash_of_the_results_sees_hours(tmp_path: Path, rules: Path) -> None:
    """One verdict with the same word but other breaching hours is another result."""
    centre, receipt = made(tmp_path, rules, short())
    write(base(rooster=[{**children(), "tot": "11:00"}]), centre)
    _, found = repeated(receipt)
    named = [item["what"] for item in found["differences"]]
    assert "uitkomsten samen" in named
    assert "uitkomst voldoet niet" not in named
