"""The translations beside the rules: how they are read, and that those that ship are whole."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ikec_compliance.analysis.lint.translations import translations as lint
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.rules.inventory import take_inventory
from ikec_compliance.rules.loader import load_rules
from ikec_compliance.rules.translation import entries, load_translation
from tests.rule_files import folder

HEAD = "schema: ikec-vertaling/v1\nlanguage: en\ntexts:\n"
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
PLACE = re.compile(r"\{[a-z0-9_.]+\}")


def write(at: Path, body: str, name: str = "a.yaml", language: str = "en") -> Path:
    path = at / "vertaling" / language / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_a_text_is_found_however_its_file_breaks_its_lines(tmp_path: Path) -> None:
    write(tmp_path, '  ? >-\n    een tekst\n    op twee regels\n  : "a text on two lines"\n')
    assert load_translation([tmp_path], "en") == {"een tekst op twee regels": "a text on two lines"}


def test_of_a_text_that_is_there_twice_the_first_counts(tmp_path: Path) -> None:
    write(tmp_path, '  "houder": "first"\n', "a.yaml")
    write(tmp_path, '  "houder": "second"\n  "ouder": "parent"\n', "b.yaml")
    local = tmp_path / "lokaal"
    write(local, '  "ouder": "guardian"\n  "buurt": "area"\n')
    assert load_translation([tmp_path, local], "en") == {"houder": "first", "ouder": "parent", "buurt": "area"}


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        (HEAD + '  "a": "b"\nextra: 1\n', "extra", 5),
        (HEAD + '  "a": "b"\n  "a": "c"\n', "‘a’", 5),
        (HEAD + '  "a": ""\n', "a", 4),
        (HEAD + "  {}\n", "texts", 3),
        ("schema: ikec-vertaling/v1\nlanguage: nl\ntexts: {a: b}\n", "nl", 2),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_line(tmp_path: Path, text: str, words: str, line: int) -> None:
    write(tmp_path, "").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        load_translation([tmp_path], "en")
    assert words in refusal.value.message
    assert refusal.value.location is not None and refusal.value.location.line in (line, line - 1, line + 1)


def test_a_file_in_the_folder_of_another_language_is_refused(tmp_path: Path) -> None:
    write(tmp_path, '  "a": "b"\n', language="de")
    with pytest.raises(InputError, match=r"vertaling/de.*language: en"):
        list(entries(tmp_path, "de"))


def test_translations_are_no_rules_and_change_no_hash(tmp_path: Path) -> None:
    target, local = folder(tmp_path), tmp_path / "lokaal"
    shutil.copytree(target / "kinderopvang", local, dirs_exist_ok=True)
    (local / "regel.yaml").write_text("schema: ikec-regels/v1\n", encoding="utf-8")
    before = take_inventory(target, local)
    write(target, '  "a": "b"\n')
    write(local, '  "a": "b"\n')
    assert take_inventory(target, local) == before


def test_a_translation_outside_a_language_folder_is_refused_like_any_file_nobody_reads(tmp_path: Path) -> None:
    target = folder(tmp_path)
    (target / "vertaling").mkdir()
    (target / "vertaling" / "en.yaml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(InputError, match="wordt niet gelezen"):
        take_inventory(target)


def test_every_text_that_ships_is_translated_and_every_translation_is_of_a_text() -> None:
    assert [f"{item.id} {item.place} {item.message}" for item in lint(load_rules(rules_dir()))] == []


def test_numbers_and_places_are_the_same_in_every_translation() -> None:
    wrong = []
    for entry in entries(rules_dir(), "en"):
        both = entry.dutch, entry.other
        numbers = [sorted(item.replace(",", ".") for item in NUMBER.findall(PLACE.sub("", text))) for text in both]
        places = [sorted(PLACE.findall(text)) for text in both]
        if numbers[0] != numbers[1] or places[0] != places[1]:
            wrong.append(f"{entry.place}: {entry.dutch} | {entry.other}")
    assert wrong == []


def test_a_text_that_stands_in_two_files_has_one_translation() -> None:
    known: dict[str, str] = {}
    assert [
        entry for entry in entries(rules_dir(), "en") if known.setdefault(entry.dutch, entry.other) != entry.other
    ] == []
