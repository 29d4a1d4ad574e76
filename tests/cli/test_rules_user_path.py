"""A policy officer changes the ratio for babies to one on four as of 2027-01-01: edit, lint, test, see what flips."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ikec_compliance.cli import main
from ikec_compliance.model.resources import rules_dir
from tests.support import base, load, person

DECEMBER, JANUARY = "2026-12-14/2026-12-18", "2027-01-04/2027-01-08"
DAYS = [f"2027-01-0{day}" for day in range(4, 9)]
# Children of nought or of two, and beroepskrachten: now one on three babies; from 2027 one on four.
GROUPS = {
    "drie": (3, 0, 1),
    "vier": (4, 0, 1),
    "acht": (8, 0, 2),
    "twaalf": (12, 0, 3),
    "negen": (9, 0, 2),
    "peuters": (0, 8, 1),
}


def ikec(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", *arguments])


def centre() -> dict[str, Any]:
    week = {"dag": ["ma", "di", "wo", "do", "vr"], "van": "15:00", "tot": "17:00"}
    lines: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    for group, (babies, toddlers, staff) in GROUPS.items():
        counts = {age: number for age, number in (("0", babies), ("2", toddlers)) if number}
        lines.append({"id": f"k-{group}", "groep": group, "aantallen": counts, **week})
        for number in range(staff):
            name = f"p-{group}-{number}"
            people.append(person(name))
            lines.append({"id": f"w-{name}", "groep": group, "medewerker": name, "rol": "beroepskracht", **week})
    return base(
        groepen=[{"id": group, "soort": "stamgroep", "voorzieningen": ["kdv"]} for group in GROUPS],
        # Open for two hours: staff may not be fewer for a part of the day.
        voorzieningen=[{"id": "kdv", "soort": "dagopvang", "organisatie": "houder",
                        "openingstijden": {"dagen": week["dag"], "van": "15:00", "tot": "17:00"}}],
        medewerkers=people,
        rooster=lines,
        kalender={"schoolweken": ["2026-08-17/2026-12-18", "2027-01-04/2027-02-19"]},
        volledig={"medewerkers": "ja", "diplomas": "ja", "documenten": "ja", "onderdelen": "ja",
                  "rooster": [DECEMBER, JANUARY]},
    )  # fmt: skip


def change_the_ratio(rules: Path) -> None:
    """What one does in an editor: end the table, copy it with its own first day, and change the row and the divisor."""
    path = rules / "kinderopvang" / "tabellen" / "bkr.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: bkr_dagopvang_2019"), text.index("  - id: bkr_bso_2019")
    old = text[start:end]
    new = old.replace("bkr_dagopvang_2019", "bkr_dagopvang_2027").replace("from: 2019-01-01", "from: 2027-01-01")
    row = re.search(r"- name: 0 tot 1 jaar\n.*?(?=        - name)", new, re.DOTALL)
    assert row is not None
    loose = row[0]
    for staff, children in ((1, 3), (2, 6), (3, 9), (4, 12)):
        loose = loose.replace(f"staff: {staff}, children: {children}}}", f"staff: {staff}, children: {staff * 4}}}")
    new = new.replace(row[0], loose).replace("divisors: {n0: 3}", "divisors: {n0: 4}")
    ended = old.replace("valid: {from: 2019-01-01}", "valid: {from: 2019-01-01, to: 2026-12-31}")
    assert ended != old and loose != row[0]
    path.write_text(text[:start] + ended + new + text[end:], encoding="utf-8")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("pad")
    shutil.copytree(rules_dir(), at / "rules")
    shutil.copytree(rules_dir(), at / "nieuw" / "rules")
    change_the_ratio(at / "nieuw" / "rules")
    load(centre(), at)
    return at


def test_the_changed_rules_lint_and_test(folders: Path) -> None:
    linted = ikec("lint", "--rules", str(folders / "nieuw" / "rules"), "--on", "2026-11-23")
    assert (linted.exit_code, linted.output.splitlines()[-1]) == (0, "0 fouten, 0 waarschuwingen"), linted.output
    tested = ikec("test", "--rules", str(folders / "nieuw" / "rules"), "--regime", "kinderopvang")
    assert tested.exit_code == 0, tested.output
    assert tested.output.splitlines()[-1].endswith(" 0 mislukt")


def test_the_diff_names_the_groups_that_flip_in_january_and_none_in_december(folders: Path) -> None:
    result = ikec(
        "diff", str(folders / "rules"), str(folders / "nieuw" / "rules"), "--centre", str(folders / "centrum.yaml"),
        "--period", DECEMBER, "--period", JANUARY, "--format", "json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    december, january = found["centres"]
    assert (december["new_days"], december["flips"]) == (DECEMBER, [])
    assert december["same"] > 0
    assert january["new_days"] == JANUARY
    flips = {(flip["rule"], flip["subject"], flip["before"], flip["after"]) for flip in january["flips"]}
    assert {flip for flip in flips if flip[0] == "KO-BKR-01"} == {
        ("KO-BKR-01", f"groep:{group}@{day}", "voldoet_niet", "voldoet")
        for group in ("vier", "acht", "twaalf")
        for day in DAYS
    }
    assert {subject.partition("@")[0] for _, subject, *_ in flips} <= {f"groep:{group}" for group in GROUPS} | {
        "voorziening:kdv"
    }
    tables = found["tables"]
    assert [(item["table"], item["from"], item["to"]) for item in tables] == [
        ("bkr_dagopvang_2027", "2027-01-01", None)
    ]
    assert tables[0]["flips"][0] == {"children": {"0 tot 1 jaar": 4}, "before": 2, "after": 1}
    assert "KO-BKR-01" in tables[0]["rules"]
    assert found["rules"] == []


def test_two_days_of_one_rule_set_show_the_same(folders: Path) -> None:
    result = ikec(
        "diff", "--on", "2026-12-14", "--on", "2027-01-04", "--rules", str(folders / "nieuw" / "rules"),
        "--centre", str(folders / "centrum.yaml"), "--period", DECEMBER, "--period", JANUARY, "--format", "json",
    )  # fmt: skip
    assert result.exit_code in (0, 1), result.output
    found = json.loads(result.output)
    flips = found["centres"][0]["flips"]
    ratio = {(flip["subject"].partition("@")[0], flip["after"]) for flip in flips if flip["rule"] == "KO-BKR-01"}
    assert ratio == {(f"groep:{group}", "voldoet") for group in ("vier", "acht", "twaalf")}
    assert [(item["table"], item["kind"]) for item in found["tables"]] == [("bkr_dagopvang_2027", "gewijzigd")]
