"""``ikec diff``: what a change of configuration flips."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.app.diff import compare
from ikec_compliance.model.diff import Flip, Outcome, Side, rank_of_conflict, rank_of_verdict
from ikec_compliance.model.place import Location
from ikec_compliance.model.verdict import Verdict
from tests.small_centre import FINGERPRINT, RULE, accepted, children, ikec, short, staffed, write
from tests.support import person


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """The staffed centre and the one that is short."""
    return write(staffed(), tmp_path / "oud.yaml"), write(short(), tmp_path / "nieuw.yaml")


def found(old: Path, new: Path, *options: str) -> tuple[int, dict[str, Any]]:
    result = ikec("diff", old, new, "--format", "json", *options)
    assert result.stderr == ""
    return result.exit_code, json.loads(result.stdout)


def flips(data: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    return {item["fingerprint"]: (item["flip"], item["worsens"]) for item in data["changes"]}


def test_worse_gives_exit_code_1_and_is_named(pair: tuple[Path, Path]) -> None:
    code, data = found(*pair)
    assert (code, data["worsens"]) == (1, True)
    assert flips(data)[FINGERPRINT] == ("worse", True)
    (change,) = [item for item in data["changes"] if item["fingerprint"] == FINGERPRINT]
    assert (change["then"]["verdict"], change["now"]["verdict"]) == ("voldoet", "voldoet_niet")
    assert change["location"]["file"] == str(pair[1])
    assert flips(data)["KO-VGB-10/voorziening:kdv@ma"] == ("worse", True)  # first aid for children left with them
    assert data["summary"]["removed"] == sum("/medewerker:p" in name for name in flips(data))


def test_the_way_back_is_better_and_gives_0(pair: tuple[Path, Path]) -> None:
    code, data = found(pair[1], pair[0])
    assert (code, flips(data)[FINGERPRINT]) == (0, ("better", False))


def test_the_same_twice_changes_nothing(pair: tuple[Path, Path]) -> None:
    code, data = found(pair[0], pair[0])
    assert (code, data["changes"]) == (0, [])
    assert data["summary"]["same"] > 100
    assert "Geen enkele uitkomst verandert." in ikec("diff", pair[0], pair[0]).stdout


def test_a_new_subject_with_a_finding_counts(tmp_path: Path) -> None:
    old = write(staffed(), tmp_path / "oud.yaml")
    data = staffed()
    data["groepen"].append({"id": "g3", "soort": "stamgroep", "voorzieningen": ["kdv"]})
    data["rooster"].append(children("g3"))
    new = write(data, tmp_path / "nieuw.yaml")
    code, data = found(old, new)
    assert flips(data)["KO-BKR-01/groep:g3@ma"] == ("new", True)
    assert code == 1
    text = " ".join(ikec("diff", old, new).stdout.split())
    assert (
        "(KO-BKR-01/groep:g3@ma): was er niet → voldoet niet"
        in text.partition("Slechter (")[2].partition(" Nieuw (")[0]
    )


def test_a_new_subject_without_a_finding_does_not_count(tmp_path: Path) -> None:
    old = write(staffed(), tmp_path / "oud.yaml")
    data = staffed()
    data["medewerkers"].append(person("p3"))
    code, data = found(old, write(data, tmp_path / "nieuw.yaml"))
    assert code == 0
    assert {flip for flip, _ in flips(data).values()} == {"new"}


def test_what_was_accepted_is_shown_and_does_not_count(pair: tuple[Path, Path]) -> None:
    other = accepted("2027-01-01", "KO-VGB-10", "voorziening:kdv@2026-11-23")
    write(short(uitzonderingen_ci=[accepted("2026-12-31"), other]), pair[1])
    code, data = found(*pair)
    assert flips(data)[FINGERPRINT] == ("worse", False)
    assert code == any(worsens for _, worsens in flips(data).values())
    assert "voldoet → voldoet niet (geaccepteerd)" in " ".join(ikec("diff", *pair).stdout.split())


def test_a_week_later_is_the_same_finding(tmp_path: Path) -> None:
    old = write(short(), tmp_path / "oud.yaml")
    data = short(volledig={"medewerkers": "ja", "diplomas": "ja", "rooster": ["2026-11-30/2026-11-30"]})
    _, found_ = found(old, write(data, tmp_path / "nieuw.yaml"))
    assert FINGERPRINT not in flips(found_)


@pytest.mark.parametrize("side", [0, 1])
def test_a_report_stands_for_its_configuration(pair: tuple[Path, Path], tmp_path: Path, side: int) -> None:
    report = tmp_path / "rapport.json"
    ikec("check", pair[side], "--format", "json", "--output", report)
    code, data = found(*(report if number == side else path for number, path in enumerate(pair)))
    assert code == 1
    assert flips(data) == flips(found(*pair)[1])


def test_a_folder_and_a_file_compare(pair: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    write(staffed(), folder / "centrum.yaml")
    assert found(folder, pair[1])[0] == 1


def test_text_markdown_and_github_name_it(pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    text = ikec("diff", *pair).stdout
    assert text.splitlines()[-1] == ikec("diff", *pair, "--format", "markdown").stdout.splitlines()[-1]
    assert re.fullmatch(r"\d+ slechter, 0 nieuw, 0 beter, \d+ anders, \d+ verdwenen, \d+ gelijk", text.splitlines()[-1])
    assert f"({FINGERPRINT}): voldoet → voldoet niet" in " ".join(text.split())
    rows = [line for line in ikec("diff", *pair, "--format", "markdown").stdout.splitlines() if FINGERPRINT in line]
    assert rows == []  # the @ is escaped: no mention of anybody
    lines = ikec("diff", *pair, "--format", "github").stdout.splitlines()
    # Findings first; what only has to be judged again warns.
    assert [line.split(" ", 1)[0] for line in lines[:2]] == ["::error", "::error"]
    assert lines[-1].startswith("::notice ")
    assert f"title={RULE}%3A" in lines[0] + lines[1]


def test_the_step_summary_is_written_where_github_asks(
    pair: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "samenvatting.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    ikec("diff", *pair, "--format", "github")
    assert target.read_text(encoding="utf-8").startswith("### Er is iets slechter geworden.")


def test_markdown_holds_no_markup_of_its_own(tmp_path: Path) -> None:
    nasty = "rood|<b>x</b>[a](b)`c`@d"
    one = write(staffed(), tmp_path / "oud.yaml")
    data = short()
    data["centrum"]["naam"] = nasty
    data["groepen"][0]["naam"] = nasty
    text = ikec("diff", one, write(data, tmp_path / "nieuw.yaml"), "--format", "markdown").stdout
    assert "<b>" not in text
    assert "[a](b)" not in text
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in text.splitlines() if row.startswith("| "))


def test_english(pair: tuple[Path, Path]) -> None:
    text = ikec("diff", *pair, "--lang", "en").stdout
    assert "complies → does not comply" in text
    assert "Slechter" not in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"schema": "ikec-report/v1"', "geen geldige JSON"),
        ('{"schema": "ikec-report/v1"}', "mist onderdelen"),
        ('{"schema": "ikec-report/v1", "receipt": {}, "verdicts": [], "conflicts": []}', "geen uitkomsten"),
        ('{"schema": "ikec-report/v1", "receipt": {}, "verdicts": [{}], "conflicts": []}', "mist onderdelen"),
        ("{,", "controleer de haakjes"),
    ],
)
def test_bad_input_is_one_line(pair: tuple[Path, Path], tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "rapport.json"
    path.write_text(content, encoding="utf-8")
    result = ikec("diff", path, pair[1])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{path}:1:")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_other_dates_are_remarked(pair: tuple[Path, Path], tmp_path: Path) -> None:
    report = tmp_path / "rapport.json"
    ikec("check", pair[0], "--format", "json", "--output", report, "--on", "2025-11-24")
    assert "op verschillende peildata getoetst" in ikec("diff", report, pair[1]).stdout


# Exactly which step is which


def side(**outcomes: tuple[str, int, bool, bool]) -> Side:
    """(word, rank, finding, accepted) by fingerprint."""
    made = {
        name: Outcome(name, "x:y", "T", word, "", rank, finding, "error", accepted_, "m", "", Location("f", 1, 1))
        for name, (word, rank, finding, accepted_) in outcomes.items()
    }
    return Side("n", "c", date(2026, 11, 23), (), (), "", made)


FINE, FAIL, HELD = ("voldoet", 3, False, False), ("voldoet_niet", 0, True, False), ("voldoet_niet", 0, True, True)


def test_each_kind_of_change() -> None:
    then = side(a=FINE, b=FAIL, c=FINE, d=FAIL, e=FINE, g=FAIL)
    now = side(a=FAIL, b=FINE, c=FINE, e=("niet_van_toepassing", 3, False, False), f=FAIL, g=HELD, h=HELD, i=FINE)
    found_ = compare(then, now)
    assert {change.fingerprint: (change.flip, change.worsens) for change in found_.changes} == {
        "a": (Flip.WORSE, True), "b": (Flip.BETTER, False), "e": (Flip.OTHER, False), "f": (Flip.NEW, True),
        "h": (Flip.NEW, False), "i": (Flip.NEW, False), "d": (Flip.REMOVED, False),
    }  # fmt: skip
    assert found_.same == 2
    assert found_.worsens


def test_ranks() -> None:
    order = [Verdict.FAILS, Verdict.UNDECIDED, Verdict.REVIEW, Verdict.PASSES]
    assert [rank_of_verdict(verdict, False) for verdict in order] == [0, 1, 2, 3]
    assert rank_of_verdict(Verdict.NOT_APPLICABLE, False) == rank_of_verdict(Verdict.UNDECIDED, True) == 3
    assert rank_of_conflict("open", "tegenstrijdig") < rank_of_conflict("open", "voorwaardelijk")
    assert rank_of_conflict("open", "dubbel") < rank_of_conflict("onbekend", "") < rank_of_conflict("voldaan", "")
