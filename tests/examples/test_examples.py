"""The two example centres against what was written down for them from the law, before any program ran."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ikec_compliance.app.check import CheckRequest, check, exit_code
from ikec_compliance.model.result import ConflictLine, Report, VerdictLine
from ikec_compliance.model.rule import Severity
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.json_report import render_json

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NAMES = ("ikec-hoorn", "ikec-hoorn-op-orde")
DEFAULT = frozenset({"violation", "conflict"})


@cache
def expected(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((EXAMPLES / "verwacht" / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def report(name: str) -> Report:
    return check(CheckRequest(EXAMPLES / name))


def keys(items: list[dict[str, str]]) -> list[tuple[str, str]]:
    return sorted((item["regel"], item["onderwerp"]) for item in items)


def lines(name: str, verdict: Verdict) -> list[VerdictLine]:
    return [line for line in report(name).verdicts if line.verdict is verdict]


@pytest.mark.parametrize("name", NAMES)
def test_the_findings_are_exactly_those_expected(name: str) -> None:
    wanted = sorted((i["regel"], i["onderwerp"], i["verdict"]) for i in expected(name)["bevindingen"])
    found = sorted((line.rule, line.subject, line.verdict.value) for line in report(name).verdicts if line.is_finding)
    assert found == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_conflicts_are_exactly_those_expected(name: str) -> None:
    wanted = sorted(
        (f"{i['frictie']}/{subject}", i["class"], i["state"])
        for i in expected(name)["conflicten"]
        for subject in i["onderwerpen"]
    )
    assert sorted((c.id, c.conflict_class, c.state) for c in report(name).conflicts) == wanted


def test_the_orderly_centre_has_the_expected_questions_and_judgements_and_no_finding_at_all() -> None:
    name = "ikec-hoorn-op-orde"
    wanted = expected(name)
    assert lines(name, Verdict.FAILS) == []
    assert sorted((i.rule, i.subject) for i in lines(name, Verdict.UNDECIDED)) == keys(wanted["niet_te_bepalen"])
    assert sorted((i.rule, i.subject) for i in lines(name, Verdict.REVIEW)) == keys(wanted["te_beoordelen"])
    counts = report(name).summary.verdicts
    assert {key: counts[key] for key in wanted["aantallen"]} == wanted["aantallen"]
    summary = report(name).summary
    assert (summary.violations, summary.warnings, summary.conflicts_open) == (0, 0, 0)


def test_the_exit_codes() -> None:
    good, bad = report("ikec-hoorn-op-orde"), report("ikec-hoorn")
    assert exit_code(good, DEFAULT) == 0
    assert exit_code(good, frozenset({"violation", "conflict", "warning"})) == 0
    assert exit_code(good, frozenset({"unknown"})) == exit_code(good, frozenset({"review"})) == 1
    assert exit_code(bad, DEFAULT) == exit_code(bad, frozenset({"warning"})) == 1
    assert exit_code(bad, frozenset({"conflict"})) == 1  # one undivided child administration, among others
    assert exit_code(bad, frozenset({"none"})) == exit_code(bad, frozenset()) == 0


def test_the_guideline_on_retention_and_a_lapsed_registration_are_the_warnings() -> None:
    # Besluit Jeugdwet 5.1.1 lets somebody without a registration work under a registered professional.
    found = {line.rule for line in lines("ikec-hoorn", Verdict.FAILS) if line.severity is Severity.WARNING}
    # Art. 1.60 is not among the articles the GGD supervises (Wet kinderopvang 1.61 and 1.72).
    assert found == {"OW-DOS-01", "JH-PROF-07", "KO-OUD-11"}
    # The name of the plan, own words and the retention of the file rest on practice and guidance, not on law.
    soft = {"CF-01/document:centrumplan", "CF-34/integratie:kinddossier", "CF-53/woord:flexmedewerker"}
    found_open = [conflict for conflict in report("ikec-hoorn").conflicts if conflict.is_finding]
    assert {conflict.id for conflict in found_open if conflict.severity is Severity.WARNING} == soft


# What stands at the place of each finding, read in the files by eye.
_AT = {
    ("KO-BKR-01", "groep:sg-vossen@2026-11-24"): "id: r-043, groep: sg-vossen, dag: [ma, di,",
    ("KO-BKR-01", "groep:sg-egels@2026-11-26"): "id: r-038, groep: sg-egels, datum: 2026-11-26",
    ("KO-BKR-02", "voorziening:bso@2026-11-25"): "id: r-090, groep: bg-1, dag: [wo]",
    ("KO-BKR-09", ""): "reistijd_minuten: 20",
    ("KO-VE-03", ""): "id: r-059, groep: ve-vlinders",
    ("KO-VGB-10", ""): "id: r-007, groep: sg-kikkers, dag: [vr], van: 07:30",
    ("KO-RUI-06", ""): "id: r-067, groep: bg-1, dag: [ma, di, do], van: 14:15",
    ("KO-PER-02", ""): "ingeschreven_op: 2022-11-07",
    ("KO-PER-03", ""): "gekoppeld_op: 2026-03-16",
    ("KO-TAAL-01", ""): "mondeling: B1",
    ("KO-BIO-02", ""): "begeleidingsplan: nee",
    ("KO-OUD-01", ""): "id: bso",
    ("KO-KLA-03", ""): "klachtenverslag_op: 2026-07-03",
    ("KO-KLA-09", ""): "klachten_te_laat: 1",
    ("KO-OUD-08", ""): "plaats: niet",
    ("KO-OUD-11", ""): "overleg_beleid_op: 2025-09-09",
    ("KO-PBM-01", ""): "beleid_en_coachuren: 2700",
    ("KO-PBM-02", ""): "vastgesteld_op: 2025-01-14",
    ("KO-VE-13", ""): "beleidsuren: 120",
    ("KO-GRP-10", ""): "zonder_mentor: 3",
    ("KO-BKR-16", ""): "onderdelen: [personen_met_vog",
    ("KO-PED-05", ""): "onderdelen: [uitwerking_doelstellingen",
    ("OW-SPL-03", ""): "onderdelen: [uitwerking_doelstellingen",
    ("OW-SGI-01", ""): "geldt_vanaf: 2025-08-01",
    ("OW-CVB-01", ""): "deskundigheid: [onderwijskundig, pedagogisch, psychologisch]",
    ("OW-OPP-01", ""): "opp_te_laat: 2",
    ("OW-TLV-01", ""): "zonder_tlv: 1",
    ("OW-TYD-02", ""): "vierdaagse_weken: 9",
    ("OW-GEZ-01", ""): "leerlingen_van: {sbo: 8, so: 6}",
    ("OW-GEZ-02", ""): "leerlingen_van: {sbo: 8, so: 6}",
    ("OW-BEV-02", ""): "bevoegd: nee",
    ("OW-BST-07", ""): "overleg_mr_per_jaar: 1",
    ("OW-OPP-06", ""): "opp_zonder_horen: 3",
    ("OW-SCH-02", ""): "schorsing_niet_gemeld: 1",
    ("OW-OVB-02", ""): "geschoold: 2",
    ("OW-KLA-02", ""): "aantal_leden: 2, externe_voorzitter",
    ("OW-MRA-04", ""): "zonder_instemming_ouders: 1",
    ("OW-MST-01", ""): "vastgesteld_op: 2024-06-11",
    ("OW-HUI-01", ""): "toestemming_op: 2021-09-14, bestemming",
    ("OW-KLA-06", ""): "klagers: [ouders, personeel]",
    ("OW-INH-03", ""): "lichamelijke_oefening: 1.25",
    ("OW-SGI-06", ""): "leerlingen_gehoord_op: 2026-06-16",
    ("OW-DOS-01", ""): "bewaartermijn_jaren: 20",
    ("JH-GOV-04", ""): "aantal_leden: 2, functiescheiding",
    ("JH-REP-02", ""): "vastgesteld_op: 2026-05-12, openbaar_op: 2026-06-09",
    ("JH-PROF-01", ""): "{id: med-105",
    ("JH-PROF-07", ""): "geldig_tot: 2026-10-31",
    ("JH-VOG-02", ""): "afgegeven_op: 2023-08-29",
    ("JH-CON-01", ""): "zonder_toestemming: 1",
    ("JH-VP-01", ""): "informatie: [onafhankelijke_rol, aard_ondersteuning, vertrouwelijkheid]",
    ("JH-PLAN-05", ""): "plan_niet_op_schrift: 1",
    ("JH-PRV-02", ""): "dossier_toegang_beperkt: nee",
    ("JH-REP-01", ""): "onderdelen: [kwaliteitsbeoordeling",
    ("JH-GOV-05", ""): "langste_zittingsduur_jaren: 9",
    ("JH-MZ-06", ""): "geinformeerd_op: 2024-09-17",
    ("JH-RIE-01", ""): "onderdelen: [risicos",
    ("CF-01", ""): "titel: Centrumplan 2025-2029",
    ("CF-34", ""): "deelt: [so, sbo, jeugdhulp], waarde: 20",
}  # fmt: skip

# What makes a thing shared, per kind of subject.
_SHARED = {"document": "titel: ", "integratie": "deelt: [", "groep": "voorzieningen: [", "medewerker": "functie: ",
           "woord": ("dom", "eigen_functie: ")}  # fmt: skip


def at(item: VerdictLine | ConflictLine) -> str:
    text = Path(item.location.file).read_text(encoding="utf-8").splitlines()[item.location.line - 1]
    return text[item.location.column - 1 :]


def test_every_finding_names_an_article_and_a_line_on_which_the_thing_stands() -> None:
    bad = report("ikec-hoorn")
    for line in lines("ikec-hoorn", Verdict.FAILS):
        assert line.source and all(source.law and source.article for source in line.source), line.rule
        wanted = _AT.get((line.rule, line.subject)) or _AT[line.rule, ""]
        assert at(line).startswith(wanted), f"{line.rule} bij {line.subject}: {at(line)[:60]}"
        assert line.message.endswith(".") and line.repair_what and line.repair_who
    for conflict in bad.conflicts:
        assert all(norm.source and norm.source[0].article for norm in conflict.norms), conflict.id
        shared = _SHARED[conflict.subject.partition(":")[0]]
        assert at(conflict).startswith(_AT.get((conflict.code, ""), shared)), conflict.id


@pytest.mark.parametrize("name", NAMES)
def test_every_place_and_every_deep_link_is_whole(name: str) -> None:
    found = report(name)
    places = [line.location for line in found.verdicts] + [conflict.location for conflict in found.conflicts]
    for place in places + [question.location for question in found.questions]:
        assert place.line > 0 and place.column > 0 and Path(place.file).is_file()
    for source in {source for line in found.verdicts for source in line.source}:
        assert source.url.startswith("https://") or source.note, str(source)


# From the roster by hand: 08:30-13:00 less three hours; the last half hour; half an hour after 14:15.
_INTERVALS = {
    ("KO-BKR-01", "groep:sg-vossen@2026-11-24"): [("11:30", "13:00")],
    ("KO-BKR-01", "groep:sg-egels@2026-11-26"): [("16:30", "17:00")],
    ("KO-BKR-02", "voorziening:bso@2026-11-25"): [("14:45", "17:00")],
    ("KO-VGB-10", "voorziening:dagopvang@2026-11-27"): [("07:30", "08:15"), ("13:00", "13:30")],
    **{("KO-BKR-09", f"voorziening:bso@2026-11-{day}"): [("18:00", "18:30")] for day in (23, 24, 26)},
}


def test_the_breaching_hours() -> None:
    found = {(line.rule, line.subject): line.intervals for line in report("ikec-hoorn").verdicts}
    assert {key: [(item.start, item.end) for item in found[key]] for key in _INTERVALS} == _INTERVALS


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_evaluator_agrees_and_the_same_input_gives_the_same_bytes(name: str) -> None:
    again = check(CheckRequest(EXAMPLES / name, verify=True))
    one, two = (json.loads(render_json(item)) for item in (report(name), again))
    assert changes(one, two) == [".receipt.verified"]
    assert render_json(check(CheckRequest(EXAMPLES / name))) == render_json(report(name))


def changes(old: Any, new: Any, path: str = "") -> list[str]:
    """Paths at which two JSON values differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        return [c for key in {**old, **new} for c in changes(old.get(key), new.get(key), f"{path}.{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [c for n, pair in enumerate(zip(old, new, strict=True)) for c in changes(*pair, f"{path}[{n}]")]
    return [] if old == new else [path]


def test_naming_the_plan_settles_cf01_and_changes_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "ikec-hoorn"
    shutil.copytree(EXAMPLES / "ikec-hoorn", folder)
    old = json.loads(render_json(check(CheckRequest(folder))))
    path = folder / "documenten.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count("titel: Centrumplan 2025-2029\n") == 1
    new_title = "titel: Schoolplan 2025-2029, tevens centrumplan\n"
    path.write_text(text.replace("titel: Centrumplan 2025-2029\n", new_title), encoding="utf-8")
    new = json.loads(render_json(check(CheckRequest(folder))))

    where = next(n for n, c in enumerate(old["conflicts"]) if c["id"] == "CF-01/document:centrumplan")
    assert [report["conflicts"][where]["state"] for report in (old, new)] == ["open", "voldaan"]
    here = f".conflicts[{where}]."
    allowed = (".receipt.centre_sha256", ".receipt.results", ".summary.conflicts", ".repairs", here)
    assert [path for path in changes(old, new) if not path.startswith(allowed)] == []
    kept = {"id", "class", "severity", "evidence", "binding", "bindt", "subject", "norms", "location"}
    assert {key: old["conflicts"][where][key] for key in kept} == {key: new["conflicts"][where][key] for key in kept}
    gone = [repair for repair in old["repairs"] if repair not in new["repairs"]]
    assert new["repairs"] == [repair for repair in old["repairs"] if repair not in gone]
    assert {repair["conflict"] for repair in gone} == {"CF-01/document:centrumplan"}
    assert any("Schoolplan 2025-2029, tevens centrumplan" in repair["change"] for repair in gone)
    assert old["summary"]["conflicts_open"] - new["summary"]["conflicts_open"] == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_counts_add_up(name: str) -> None:
    found = report(name)
    counts = Counter(line.verdict.value for line in found.verdicts)
    assert {verdict.value: counts[verdict.value] for verdict in Verdict} == dict(found.summary.verdicts)
    assert len({(line.rule, line.subject) for line in found.verdicts}) == len(found.verdicts)
    per_regime = Counter((line.regime, line.verdict.value) for line in found.verdicts)
    assert per_regime == Counter({(r, v): n for r, row in found.summary.per_regime.items() for v, n in row.items()})
