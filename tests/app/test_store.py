"""What is kept between runs never changes an answer, and nothing depends on it."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from ikec_compliance.app import store
from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.check import CheckRequest, check
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import examples_dir
from ikec_compliance.report.json_report import render_json
from tests.rule_files import changed, folder, rules_text


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IKEC_CACHE", str(tmp_path / "bewaard"))


def _files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "bewaard").glob("*"))


def _report(name: str) -> str:
    return render_json(check(CheckRequest(centre=examples_dir() / name)))


@pytest.mark.parametrize("name", ["ikec-hoorn", "ikec-hoorn-op-orde"])
def test_a_second_run_gives_the_same_bytes(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _report(name)
    kept = _files(tmp_path)
    assert kept
    monkeypatch.setattr("ikec_compliance.app.catalogue.read_rules", _must_not_run)
    assert _report(name) == first
    assert _files(tmp_path) == kept


def _must_not_run(*_: object) -> None:
    raise AssertionError("the rules were read again")


def _damage_cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _damage_bit(data: bytes) -> bytes:
    return data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]


def _damage_all(data: bytes) -> bytes:
    return b"geen pickle"


def _damage_empty(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_damage_cut, _damage_bit, _damage_all, _damage_empty])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    first = _report("ikec-hoorn")
    for path in _files(tmp_path):
        path.write_bytes(damage(path.read_bytes()))
    assert _report("ikec-hoorn") == first


def test_a_file_under_a_wrong_key_is_never_found() -> None:
    store.keep("proef", "een", {"waarde": 1})
    assert store.recall("proef", "een") == {"waarde": 1}
    assert store.recall("proef", "twee") is None
    assert store.recall("ander", "een") is None


def test_a_changed_rule_is_read_again(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    file = rules / "kinderopvang" / "proef.yaml"

    def limits() -> set[str]:
        file.write_text(rules_text(changed(title=f"    title: {title}\n")), encoding="utf-8")
        return {head.title for head in open_catalogue(rules, None).rules.heads}

    for title in ("Eerste", "Tweede", "Eerste"):
        assert limits() == {title}


def test_a_rule_file_that_became_bad_is_refused_as_before(tmp_path: Path) -> None:
    rules = folder(tmp_path)
    file = rules / "kinderopvang" / "proef.yaml"
    file.write_text(rules_text(), encoding="utf-8")
    open_catalogue(rules, None)
    file.write_text(rules_text(changed(evidence="    evidence: gelzen\n")), encoding="utf-8")
    with pytest.raises(InputError, match="gelezen"):
        open_catalogue(rules, None)


def test_a_folder_that_others_may_write_in_is_not_trusted(tmp_path: Path) -> None:
    store.keep("proef", "een", 1)
    (tmp_path / "bewaard").chmod(0o777)
    assert store.recall("proef", "een") is None
    store.keep("proef", "twee", 2)
    assert len(_files(tmp_path)) == 1


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bestand").write_text("")
    monkeypatch.setenv("IKEC_CACHE", str(tmp_path / "bestand" / "map"))
    store.keep("proef", "een", 1)
    assert store.recall("proef", "een") is None


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    store.keep("proef", "een", 1)
    assert _files(tmp_path) == []


@pytest.mark.parametrize("off", ["nee", "0", "", "Uit"])
def test_it_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, off: str) -> None:
    monkeypatch.setenv("IKEC_CACHE", off)
    assert store.folder() is None
    store.keep("proef", "een", 1)
    assert store.recall("proef", "een") is None
    assert _files(tmp_path) == []


def test_the_oldest_go(tmp_path: Path) -> None:
    for number in range(store.KEEP + 5):
        store.keep("proef", str(number), number)
    assert len(_files(tmp_path)) == store.KEEP
    assert store.recall("proef", str(store.KEEP + 4)) == store.KEEP + 4


def test_a_law_is_one_object_for_all_days_of_a_stretch() -> None:
    catalogue: Catalogue = open_catalogue(None, None)
    turns = catalogue.rules.turns
    assert turns == tuple(sorted(set(turns)))
    for first, after in pairwise(turns[1:]):
        law = catalogue.on(first)
        assert catalogue.on(after) is not law
        last = after.fromordinal(after.toordinal() - 1)
        assert catalogue.on(last) is law
        assert {rule.id for rule in law.rules} == {
            head.id for head in catalogue.rules.heads if head.status.value == "published" and head.valid.holds(last)
        } - {item.rule for item in law.not_in_force}


def test_what_is_kept_holds_no_centre(tmp_path: Path) -> None:
    """A cache may lie about for years: it holds law, and nothing of a centre."""
    _report("ikec-hoorn")
    for path in _files(tmp_path):
        content = path.read_bytes()[32:]
        pickle.loads(content)
        assert b"med-094" not in content
        assert b"Kikkers" not in content


def test_the_report_says_the_same_rule_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = [json.loads(_report("ikec-hoorn"))["receipt"] for _ in range(2)]
    monkeypatch.setenv("IKEC_CACHE", "nee")
    assert [*kept, json.loads(_report("ikec-hoorn"))["receipt"]] == [kept[0]] * 3
