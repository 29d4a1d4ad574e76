"""One document from a file or a folder, its digest, and suggestions."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.documents import load_folder_or_file
from ikec_compliance.yamlio.scalars import to_plain
from ikec_compliance.yamlio.schema import Places
from ikec_compliance.yamlio.suggest import did_you_mean, nearest


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_folder_or_file(folder, "c")
    return str(caught.value)


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "centrum.yaml"
    path.write_bytes(b"schema: x/v1\nnaam: De Hoorn\n")
    document = load_folder_or_file(path, "centrum.yaml")
    assert to_plain(document.root) == {"schema": "x/v1", "naam": "De Hoorn"}
    assert [(file.name, file.shown_name) for file in document.files] == [("centrum.yaml", "centrum.yaml")]
    assert document.sha256 == hashlib.sha256(b"schema: x/v1\nnaam: De Hoorn\n").hexdigest()


def test_a_folder_is_merged_in_the_order_of_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        b="schema: x/v1\ngroepen: [{id: g3}]\nraden: {mr: 1}\n",
        a="schema: x/v1\nnaam: De Hoorn\ngroepen: [{id: g1}, {id: g2}]\n",
    )
    (tmp_path / "c.YML").write_text("groepen:\n  - id: g4\n")
    (tmp_path / ".verborgen.yaml").write_text("naam: {{ fout")
    (tmp_path / "lees.txt").write_text("naam: x")
    (tmp_path / "diep.yaml").mkdir()
    (tmp_path / "diep.yaml" / "d.yaml").write_text("naam: y")
    document = load_folder_or_file(tmp_path, "map")
    assert to_plain(document.root) == {
        "schema": "x/v1",
        "naam": "De Hoorn",
        "groepen": [{"id": "g1"}, {"id": "g2"}, {"id": "g3"}, {"id": "g4"}],
        "raden": {"mr": 1},
    }
    places = Places(document.root)
    assert str(places[("groepen", 2, "id")]) == "map/b.yaml:2:16"
    assert str(places[("groepen", 3, "id")]) == "map/c.YML:2:9"
    assert [file.name for file in document.files] == ["a.yaml", "b.yaml", "c.YML"]


def test_the_same_key_twice_names_both_places(tmp_path: Path) -> None:
    write(tmp_path, a="schema: x\nraden: {a: 1}\n", b="schema: x\n\nraden: {b: 1}\n")
    assert (
        refusal(tmp_path)
        == "c/b.yaml:3:1: ‘raden’ staat ook al in c/a.yaml:2:1; alleen lijsten mogen over bestanden zijn verdeeld"
    )
    write(tmp_path, a="naam: x\n", b="naam: x\n")
    assert "c/b.yaml:1:1: ‘naam’ staat ook al in c/a.yaml:1:1" in refusal(tmp_path)
    write(tmp_path, a="groepen: [1]\n", b="groepen:\n")
    assert "c/b.yaml:1:1: ‘groepen’ staat ook al in c/a.yaml:1:1" in refusal(tmp_path)


def test_schema_must_be_the_same(tmp_path: Path) -> None:
    write(tmp_path, a="schema: x/v1\n", b="schema: x/v2\n")
    assert refusal(tmp_path).startswith("c/b.yaml:1:9: ‘schema’ is hier anders dan in c/a.yaml:1:9")


def test_what_is_no_document(tmp_path: Path) -> None:
    assert "bevat geen YAML-bestand" in refusal(tmp_path)
    assert "bestaat niet" in refusal(tmp_path / "weg")
    write(tmp_path, a="- 1\n")
    assert refusal(tmp_path).startswith("c/a.yaml:1:1: een bestand begint met sleutels")
    write(tmp_path, a="")
    assert refusal(tmp_path) == "c/a.yaml:1:1: dit bestand is leeg"
    (tmp_path / "a.yaml").unlink()
    (tmp_path / "b.yaml").symlink_to(tmp_path / "weg.yaml")
    assert "c/b.yaml:1:1: dit bestand bestaat niet" in refusal(tmp_path)


def test_a_line_break_in_a_file_name_stays_one_line(tmp_path: Path) -> None:
    (tmp_path / "a\nb.yaml").write_text("- 1\n")
    assert refusal(tmp_path).startswith("c/a?b.yaml:1:1: een bestand begint")


def test_digest_is_over_raw_bytes_and_names(tmp_path: Path) -> None:
    write(tmp_path, a="naam: x\n", b="raden: 1\n")
    first = load_folder_or_file(tmp_path).sha256
    write(tmp_path, a="naam: x \n")
    second = load_folder_or_file(tmp_path).sha256
    write(tmp_path, a="naam: x\nraden: 1\n", b="# leeg\nx: 1\n")
    assert len({first, second, load_folder_or_file(tmp_path).sha256}) == 3


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_digest_can_be_checked_with_sha256sum(tmp_path: Path) -> None:
    write(tmp_path, b="raden: 1\n", a="naam: x\n", Z="groepen: []\n")
    command = "LC_ALL=C; export LC_ALL; sha256sum *.yaml | sha256sum | cut -d' ' -f1"
    found = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert load_folder_or_file(tmp_path).sha256 == found


def test_did_you_mean() -> None:
    assert did_you_mean("groepn", ["ruimtes", "groepen"]) == "; bedoelt u ‘groepen’?"
    assert did_you_mean("GROEPEN", ["ruimtes", "groepen"]) == "; bedoelt u ‘groepen’?"
    assert did_you_mean("groepen", ["groepen"]) == ""
    assert did_you_mean("xyz", ["ruimtes", "groepen"]) == ""
    assert did_you_mean("", ["ruimtes"]) == ""
    assert did_you_mean("a" * 100_000, ["a" * 99_999]) == ""
    assert nearest("stamgroep", ["basisgroep", "stamgroep"]) == "stamgroep"
