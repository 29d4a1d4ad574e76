"""What a reader must know besides the verdicts, and accepted collisions."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import check_centre, exit_code
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.resources import examples_dir, rules_dir
from ikec_compliance.model.result import Report
from tests.support import base, load, person

DAY = date(2026, 11, 23)


def test_an_employee_nobody_placed_is_named(tmp_path: Path) -> None:
    placed, loose = person("p1"), person("p2")
    del loose["werkt_bij"]
    centre = load(base(medewerkers=[placed, loose, {**loose, "id": "p3", "vacature": "ja"}]), tmp_path)
    report = check_centre(centre, open_catalogue(rules_dir(), None), CheckRequest(on=DAY))
    named = [notice for notice in report.notices if "werkt_bij" in notice]
    assert len(named) == 1
    assert "p2" in named[0]


def test_a_regime_without_rules_is_named(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(rules_dir(), rules, ignore=shutil.ignore_patterns("jeugdhulp", "afstemming"))
    report = check_centre(load(base(), tmp_path), open_catalogue(rules, None), CheckRequest(on=DAY))
    assert [notice for notice in report.notices if "geen regels over jeugdhulp" in notice]
    assert not [notice for notice in report.notices if "geen regels over onderwijs" in notice]


def centrumplan(folder: Path, extra: str) -> Report:
    """The centre put right, with its plan under the centre's own name alone."""
    shutil.copytree(examples_dir() / "ikec-hoorn-op-orde", folder)
    documents = folder / "documenten.yaml"
    text = documents.read_text(encoding="utf-8")
    assert "Schoolplan 2025-2029, tevens centrumplan" in text
    documents.write_text(text.replace("Schoolplan 2025-2029, tevens centrumplan", "Centrumplan 2025-2029"), "utf-8")
    (folder / "uitzonderingen.yaml").write_text("schema: ikec-centrum/v1\n" + extra, encoding="utf-8")
    from ikec_compliance.centre import load_centre

    return check_centre(load_centre(folder), open_catalogue(rules_dir(), None), CheckRequest())


def accepted(until: str) -> str:
    return (
        "uitzonderingen_ci:\n"
        "  - {regel: CF-01, onderwerp: document:schoolplan-centrumplan, reden: nieuwe titel in mei, "
        f"door: directie, tot: {until}}}\n"
    )


def open_ones(report: Report) -> list[str]:
    return [conflict.code for conflict in report.conflicts if conflict.state == "open"]


def test_an_accepted_collision_stays_open_and_changes_only_the_exit_code(tmp_path: Path) -> None:
    wanted = frozenset({"violation", "conflict", "warning"})
    plain = centrumplan(tmp_path / "a", "")
    assert open_ones(plain) == ["CF-01"]
    assert exit_code(plain, wanted) == 1
    held = centrumplan(tmp_path / "b", accepted("2026-11-23"))
    assert open_ones(held) == ["CF-01"]
    assert exit_code(held, wanted) == 0
    assert [notice for notice in held.notices if "nieuwe titel in mei" in notice]
    expired = centrumplan(tmp_path / "c", accepted("2026-11-22"))
    assert exit_code(expired, wanted) == 1
    assert [(item.code, item.rule) for item in expired.stale] == [("CI-VERLOPEN", "CF-01")]
    assert held.stale == plain.stale == ()
