"""Folders and tables of centres: what is read, what is refused, and what only concerns one centre."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ikec_compliance.fleet.source import open_source
from ikec_compliance.fleet.task import unreadable
from ikec_compliance.model.errors import InputError

ROWS = [("a", "Utrecht", "schema: x\n"), ("b", "Drenthe", "centrum: {}\nü: 1\n"), ("c", "", "")]


def write_csv(path: Path, rows: list[tuple[str, ...]], head: tuple[str, ...] = ("id", "regio", "configuratie")) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    return path


def write_parquet(path: Path, rows: list[tuple[str, ...]]) -> Path:
    columns = {name: [row[n] for row in rows] for n, name in enumerate(("id", "regio", "configuratie"))}
    pq.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_gives_a_centre_for_each_row(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"land.{kind}"
    source = open_source(write_csv(path, ROWS) if kind == "csv" else write_parquet(path, ROWS))
    items = list(source.items())
    assert source.count == 3 and [item.number for item in items] == [0, 1, 2]
    assert [(item.id, item.region) for item in items] == [("a", "Utrecht"), ("b", "Drenthe"), ("c", "")]
    assert items[1].files == (("b.yaml", f"{path}[b]", "centrum: {}\nü: 1\n".encode()),)
    assert "configuratie is leeg" in items[2].problem and not items[2].files


def test_a_folder_gives_files_and_folders_by_name(tmp_path: Path) -> None:
    (tmp_path / "twee.yaml").write_text("x: 1\n")
    (tmp_path / "een").mkdir()
    (tmp_path / "een/b.yml").write_text("b: 1\n")
    (tmp_path / "een/a.yaml").write_text("a: 1\n")
    (tmp_path / "leeg").mkdir()
    (tmp_path / ".verborgen.yaml").write_text("z: 1\n")
    (tmp_path / "leesmij.txt").write_text("geen centrum")
    items = list(open_source(tmp_path).items())
    assert [item.id for item in items] == ["een", "twee"]
    assert [name for name, _, _ in items[0].files] == ["a.yaml", "b.yml"]
    assert items[0].files[0][1] == str(tmp_path / "een/a.yaml")


def test_a_name_that_is_no_text_does_no_harm(tmp_path: Path) -> None:
    name = "vreemd\udcff\x1b[31m\n.yaml"
    try:
        (tmp_path / name).write_text("a: 1\n")
    except (OSError, UnicodeError):
        pytest.skip("dit bestandssysteem kent zulke namen niet")
    (item,) = open_source(tmp_path).items()
    assert item.id == "vreemd? [31m"
    message = unreadable(item, f"{item.files[0][1]}:1:1: fout").message
    assert message.encode() and message.isprintable()


def test_the_hash_of_a_folder_follows_every_byte(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    seen = set()
    for content in ("a: 1\n", "a: 2\n", "a: 1\n"):
        file.write_text(content)
        seen.add(open_source(tmp_path).sha256)
    file.rename(tmp_path / "b.yaml")
    seen.add(open_source(tmp_path).sha256)
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("rows", "head", "word"),
    [
        ([], ("id", "configuratie"), "bevat geen centra"),
        ([("a", "x: 1"), ("a", "y: 1")], ("id", "configuratie"), "twee centra heten ‘a’"),
        ([("a", "x: 1")], ("naam", "configuratie"), "de kolom id ontbreekt"),
        ([("a", "x: 1")], ("id", "yaml"), "de kolom configuratie ontbreekt"),
        ([("", "x: 1")], ("id", "configuratie"), ":2:1: de kolom id is leeg"),
        ([("a\nb", "x: 1")], ("id", "configuratie"), "id is leeg of niet leesbaar"),
    ],
)
def test_a_table_that_will_not_do_is_refused_in_one_line(
    tmp_path: Path, rows: list[tuple[str, ...]], head: tuple[str, ...], word: str
) -> None:
    with pytest.raises(InputError) as error:
        open_source(write_csv(tmp_path / "land.csv", rows, head))
    assert word in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["land.parquet", "land.csv"])
@pytest.mark.parametrize("content", [b"", b"PAR1", b"\xff\xfe\0\0", b'id,configuratie\n"a', b"id\n\0\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError):
        open_source(tmp_path / name)


@pytest.mark.parametrize("name", ["er-niet.csv", "er-niet.parquet", "er-niet", "centrum.yaml"])
def test_what_is_not_there_or_no_fleet_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "centrum.yaml").write_text("x: 1\n")
    with pytest.raises(InputError):
        open_source(tmp_path / name)
