"""The friction files: what they promise, and what is refused at load."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconcile_cases import listed_frictions, rule_set

from ikec_compliance.model.errors import InputError
from ikec_compliance.reconcile import load_frictions
from ikec_compliance.reconcile.templates import fill, subtitle_with_schoolplan, title_with_schoolplan

FRICTION = """\
schema: ikec-afstemming/v1
thema: proef
frictions:
  - id: {id}
    title: {{nl: Proef, en: Trial}}
    explanation: {{nl: Uitleg, en: Explanation}}
    merge: plan
    quantity: naam
    parties: [[{act}]]
    sources: [{{name: Bron, evidence: secundair, says: iets}}]
    resolutions: [{{way: strengste_wint, text: '{text}'}}]
    who: directeur
"""


def write(folder: Path, name: str = "a", id: str = "CF-90", act: str = "WEC", text: str = "Doe dit") -> None:
    (folder / f"{name}.yaml").write_text(FRICTION.format(id=id, act=act, text=text), encoding="utf-8")


def test_the_project_lists_its_frictions_with_sources_and_several_ways_out() -> None:
    found = {friction.id: friction for friction in listed_frictions()}
    assert set(found) >= {"CF-01", "CF-34"}
    for friction in found.values():
        assert len(friction.resolutions) >= 2
        assert friction.sources
        assert friction.title["nl"] and friction.title["en"]
    # What the law really says stands in the text itself.
    assert "Geen artikel schrijft voor" in found["CF-01"].explanation["nl"]
    assert "De Troubadour" in found["CF-01"].explanation["nl"]
    assert "richtsnoer" in found["CF-34"].explanation["nl"]


def test_a_folder_without_frictions_is_none(tmp_path: Path) -> None:
    assert load_frictions(tmp_path / "afstemming", rule_set().laws) == ()


@pytest.mark.parametrize(("change", "message"), [
    ({"act": "WEX"}, "onbekende wet 'WEX'"),
    ({"text": "Noem {titl}"}, "onbekende invulplek"),
    ({"id": "XX-1"}, "CF|XX-1"),
])  # fmt: skip
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, change: dict[str, str], message: str) -> None:
    write(tmp_path, **change)
    with pytest.raises(InputError, match=message) as caught:
        load_frictions(tmp_path, rule_set().laws)
    errors = getattr(caught.value, "errors", [caught.value])
    assert all(error.location is not None for error in errors)


def test_two_frictions_about_the_same_are_refused(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, "b")
    with pytest.raises(InputError, match="bestaat al"):
        load_frictions(tmp_path, rule_set().laws)
    write(tmp_path, "b", id="CF-91")
    with pytest.raises(InputError, match="hetzelfde als CF-90"):
        load_frictions(tmp_path, rule_set().laws)


@pytest.mark.parametrize(("title", "wanted"), [
    ("Centrumplan 2025-2029", "Schoolplan 2025-2029, tevens centrumplan"),
    ("Ons kindcentrumplan", "Ons schoolplan, tevens kindcentrumplan"),
    ("Samen groeien", "Schoolplan, tevens Samen groeien"),
    ("Schoolplan 2025", "Schoolplan 2025"),
])  # fmt: skip
def test_the_new_title_keeps_the_own_word(title: str, wanted: str) -> None:
    assert title_with_schoolplan(title) == wanted


@given(st.text(max_size=40))
def test_every_new_title_names_the_schoolplan(text: str) -> None:
    assert "schoolplan" in title_with_schoolplan(text).lower()
    assert "schoolplan" in subtitle_with_schoolplan(text).lower()


def test_a_text_with_a_place_that_has_no_value_is_left_out() -> None:
    assert fill("naar {titel}", {"titel": ""}) is None
    assert fill("naar {titel}", {}) is None
    assert fill("naar {titel}", {"titel": "{waarde}"}) == "naar {waarde}"
