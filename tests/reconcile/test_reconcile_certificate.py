"""Certificates: every one that is made is confirmed by the independent check, every forged one is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reconcile_cases import CODES, YEARS, applied, centre_facts, codes, merged, numbers

from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import ConflictLine
from ikec_compliance.model.value import UNKNOWN, known
from ikec_compliance.reconcile import check_certificates
from ikec_compliance.reconcile.collision import judge
from ikec_compliance.reconcile.domain import Axis, AxisKind, finite, interval
from ikec_compliance.reconcile.frictions import FreeParty
from ikec_compliance.reconcile.lines import conflict_line
from ikec_compliance.reconcile.norms import AppliedNorm, Standing

METRES = Axis(AxisKind.NUMBER, "m2", 100)
DAYS = Axis(AxisKind.DATE)
FREE = FreeParty("BKK", "houder", "vrij.")


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    return centre_facts(Path(tmp_path_factory.mktemp("centrum"))).context.centre


def line(norms: list[AppliedNorm], centre: Centre, free: tuple[FreeParty, ...] = ()) -> ConflictLine:
    return conflict_line(judge(merged(), norms, free, None), centre)


bound = st.one_of(st.none(), st.integers(0, 5))
axes: Any = st.sampled_from([YEARS, METRES, DAYS, CODES])


@st.composite
def norm_lists(draw: st.DrawFn) -> list[AppliedNorm]:
    axis = draw(axes)
    norms = []
    value = draw(st.sampled_from([known(0), known(2), known(3), UNKNOWN]))
    shift = 739_000 if axis is DAYS else 0
    moved = (value[0] + shift, value[1] + shift) if value != UNKNOWN else value
    for number in range(draw(st.integers(2, 5))):
        if axis is CODES:
            domain = finite(axis, draw(st.frozensets(st.integers(0, 3))))
        elif draw(st.booleans()):
            domain = finite(axis, [shift + item for item in draw(st.frozensets(st.integers(0, 5), max_size=3))])
        else:
            low, high = (None if item is None else item + shift for item in (draw(bound), draw(bound)))
            domain = interval(axis, low, high)
        standing = draw(st.sampled_from([Standing.HARD] * 4 + [Standing.LEAVE, Standing.OPEN_REGIME]))
        norms.append(applied(number, draw(st.sampled_from("PQR")), domain, standing=standing, values=(moved,)))
    return norms


@settings(deadline=None)
@given(norm_lists(), st.booleans())
def test_every_certificate_that_is_made_is_confirmed(centre: Centre, norms: list[AppliedNorm], free: bool) -> None:
    if any(not item.domain.full and item.standing is not Standing.LEAVE for item in norms):
        assert check_certificates([line(norms, centre, (FREE,) if free else ())]) == []


def test_a_contradiction_names_core_proof_and_witnesses(centre: Centre) -> None:
    norms = [
        applied(1, "WEC", numbers(None, 2), values=(known(20),)),
        applied(2, "WPO", numbers(None, 5), values=(known(20),)),
        applied(3, "JW", numbers(20, None), values=(known(20),)),
    ]
    found = line(norms, centre)
    assert found.certificate.kind == "mus"
    assert found.certificate.core == ("KO-001", "KO-003")
    assert found.certificate.proof[0] == "≤ 2 jaar en ≥ 20 jaar: geen getal is hoogstens 2 en ten minste 20."
    assert found.certificate.witnesses == {"KO-001": "20 jaar", "KO-003": "2 jaar"}
    assert found.certificate.broken == ("KO-001", "KO-002")
    assert found.binds == ("JW", "WEC", "WPO")


def test_three_choices_are_proved_by_trying_each(centre: Centre) -> None:
    norms = [applied(n, act, codes(text), values=(known(0),)) for n, act, text in
             ((1, "WEC", "ab"), (2, "WPO", "bc"), (3, "JW", "ac"))]  # fmt: skip
    certificate = line(norms, centre).certificate
    assert certificate.core == ("KO-001", "KO-002", "KO-003")
    assert "De waarde a past bij KO-001 en KO-003, maar niet bij KO-002." in certificate.proof
    assert certificate.proof[-2] == "De waarde d past niet bij KO-001, KO-002 en KO-003."
    assert certificate.proof[-1] == "Andere waarden zijn er niet."


@pytest.fixture
def contradiction(centre: Centre) -> ConflictLine:
    return line([applied(1, "WEC", numbers(None, 2)), applied(2, "JW", numbers(20, None))], centre)


@pytest.fixture
def joint(centre: Centre) -> ConflictLine:
    return line([applied(1, "WEC", numbers(3, 9)), applied(2, "JW", numbers(5, None))], centre)


@pytest.mark.parametrize("forged", [
    {"core": ("KO-001",)}, {"core": ()}, {"core": ("KO-001", "KO-009")}, {"witnesses": {"KO-001": "20 jaar"}},
    {"witnesses": {"KO-001": "3 jaar", "KO-002": "2 jaar"}}, {"broken": ("KO-001",)}, {"kind": "joint"},
])  # fmt: skip
def test_a_forged_contradiction_is_refused(contradiction: ConflictLine, forged: dict[str, Any]) -> None:
    assert check_certificates([contradiction]) == []
    assert check_certificates([replace(contradiction, certificate=replace(contradiction.certificate, **forged))])


@pytest.mark.parametrize("forged", [
    {"joint": "≥ 5 en ≤ 8 jaar"}, {"joint": "≥ 3 en ≤ 9 jaar"}, {"joint": "onzin"}, {"joint": ""},
    {"binding_norms": ("KO-001",)}, {"broken": ()}, {"value": "6 jaar"}, {"kind": "mus"},
])  # fmt: skip
def test_a_forged_joint_set_is_refused(joint: ConflictLine, forged: dict[str, Any]) -> None:
    assert check_certificates([joint]) == []
    assert check_certificates([replace(joint, certificate=replace(joint.certificate, **forged))])


@pytest.mark.parametrize("forged", [{"conflict_class": "dubbel"}, {"state": "voldaan"}, {"state": "onbekend"}])
def test_a_class_or_state_that_the_proof_does_not_give_is_refused(joint: ConflictLine, forged: dict[str, Any]) -> None:
    assert check_certificates([replace(joint, **forged)])
