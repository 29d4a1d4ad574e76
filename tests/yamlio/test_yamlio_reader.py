"""Every refusal of the reader, with its one Dutch line and its place."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
import yaml

from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio import reader
from ikec_compliance.yamlio.nodes import Mapping, Scalar, Sequence
from ikec_compliance.yamlio.reader import MAX_DEPTH, parse, read

PARSERS = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "python"])


def refusal(data: bytes | str, *, pure: bool = False) -> InputError:
    with pytest.raises(InputError) as caught:
        parse(data.encode() if isinstance(data, str) else data, "c.yaml", pure=pure)
    assert "\n" not in str(caught.value)
    return caught.value


def test_libyaml_is_used_where_it_is_present() -> None:
    assert (reader._C_PARSER is not None) == yaml.__with_libyaml__


@PARSERS
def test_tree_with_places(pure: bool) -> None:
    root = parse(b"# kop\nnaam: 'De Hoorn'\ngroepen:\n  - {id: g1, n: 3}\n  - id: g2\nleeg:\n", "c.yaml", pure=pure)
    assert isinstance(root, Mapping)
    assert list(root) == ["naam", "groepen", "leeg"]
    assert str(root.place) == "c.yaml:2:1"
    naam, groepen, leeg = root.get("naam"), root.get("groepen"), root.get("leeg")
    assert isinstance(naam, Scalar) and naam.value == "De Hoorn" and naam.quoted
    assert str(naam.place) == "c.yaml:2:7"
    assert isinstance(groepen, Sequence) and str(groepen.place) == "c.yaml:4:3"
    first, second = groepen.items
    assert isinstance(first, Mapping) and isinstance(second, Mapping)
    assert str(first.place) == "c.yaml:4:5"
    assert str(second.place) == "c.yaml:5:5"
    number = first.get("n")
    assert isinstance(number, Scalar) and not number.quoted and str(number.place) == "c.yaml:4:17"
    assert isinstance(leeg, Scalar) and leeg.value == "" and not leeg.quoted and leeg.place.line == 6
    key = root.key("groepen")
    assert key is not None and str(key.place) == "c.yaml:3:1"
    assert root.get("niets") is None and root.key("niets") is None and "niets" not in root
    assert [entry[0].value for entry in root.entries] == ["naam", "groepen", "leeg"] and len(root) == 3


@PARSERS
@pytest.mark.parametrize(
    ("text", "place", "fragment"),
    [
        ("a: 1\nfout\nb: 2\n", "2:1", "‘:’ ontbreekt"),
        ("a: 'x\nb: 1\n", "1:4", "nergens gesloten"),
        ('a: "x', "1:4", "nergens gesloten"),
        ("a: {b: 1\nc: 2\n", "2:2", "ontbreekt ‘,’ of het sluitende ‘}’ van wat op regel 1 met ‘{’ begint"),
        ("a: [1, 2\nb: 3\n", "2:2", "ontbreekt ‘,’ of het sluitende ‘]’ van wat op regel 1 met ‘[’ begint"),
        ("{a: 1, b: 2]\n", "1:12", "sluitende ‘}’"),
        ("a:\n\t- x\n", "2:1", "een tab"),
        ("a: @x\n", "1:4", "mag niet met ‘@’ beginnen"),
        ("a: `x`\n", "1:4", "mag niet met ‘`’ beginnen"),
        ("a: b: c\n", "1:5", "‘:’ mag hier niet"),
        ("a: - b\n", "1:4", "‘- ’ mag hier niet"),
        ("- a\nb: 1\n", "2:1", "past niet in het blok dat op regel 1 begint"),
        ("a:\n  b: 1\n c: 2\n", "3:2", "past niet in het blok dat op regel 1 begint"),
        ("a: 'x' y\n", "1:8", "past niet in het blok"),
        ("a: |2x\n", "1:6", "achter ‘|’ of ‘>’"),
        ("a: 1\n... x\n", "2:5", "na het einde van het document"),
        ("a: &\n", "1:4", "verwijzingen (&, *) zijn niet toegestaan"),
        ("a: *x\n", "1:4", "verwijzingen (&, *) zijn niet toegestaan"),
        ("a: &x 1\n", "1:4", "verwijzingen (&, *) zijn niet toegestaan"),
        ("a: &x [1]\n", "1:4", "verwijzingen (&, *) zijn niet toegestaan"),
        ("a: &x {b: 1}\n", "1:4", "verwijzingen (&, *) zijn niet toegestaan"),
        ("a: {b: 1}\nc:\n  <<: {d: 1}\n", "3:3", "samenvoegen met ‘<<’"),
        ("a: !!python/object:os.system x\n", "1:4", "typeaanduidingen (!)"),
        ("a: !!str 1\n", "1:4", "typeaanduidingen (!)"),
        ("a: ! x\n", "1:4", "typeaanduidingen (!)"),
        ("a: !lijst [1]\n", "1:4", "typeaanduidingen (!)"),
        ("a: !blok {b: 1}\n", "1:4", "typeaanduidingen (!)"),
        ("a: !q!x 1\n", "1:4", "typeaanduidingen (!)"),
        ("---\na: 1\n---\nb: 1\n", "3:1", "maar één document"),
        ("%YAML 1.1\n---\na: 1\n", "1:1", "met ‘%’ beginnen"),
        ("%TAG ! tag:x\n---\na: 1\n", "1:1", "met ‘%’ beginnen"),
        ("a: 1\nb: 2\na: 3\n", "3:1", "dubbele sleutel ‘a’; die staat ook al op regel 1"),
        ("x: {4: 1, '4': 2}\n", "1:11", "dubbele sleutel ‘4’"),
        ("? [a]\n: 1\n", "1:3", "een sleutel moet een woord of getal zijn"),
        ("{{a: 1}: 2}\n", "1:2", "een sleutel moet een woord of getal zijn"),
        ("? \n: 1\n", None, "ontbreekt de sleutel"),
        ("{: 1}\n", "1:2", "hier wordt een waarde verwacht"),
        ("a: 1\nb: \x07\n", "2:4", "stuurteken (U+0007)"),
        ("a: 1\r\nb: é\x1b[31m\r\n", "2:5", "stuurteken (U+001B)"),
        ("a: \x00\n", "1:4", "stuurteken (U+0000)"),
        ('a: "\\x1b[31m"\n', "1:4", "onzichtbaar stuurteken"),
        ('a: "\\0"\n', "1:4", "onzichtbaar stuurteken"),
        ("", "1:1", "leeg"),
        ("\ufeff", "1:1", "leeg"),
        ("# alleen een opmerking\n", "1:1", "leeg"),
        ("---\n", "1:1", "leeg"),
    ],
)
def test_refusals(text: str, place: str | None, fragment: str, pure: bool) -> None:
    error = refusal(text, pure=pure)
    assert fragment in error.message
    assert error.location is not None
    if place is not None:
        assert str(error.location) == f"c.yaml:{place}"


@PARSERS
@pytest.mark.parametrize(
    "text", ['a: "\\q"\n', 'a: "\\ud800"\n', 'a: "\\U00110000"\n', "%FOO\n---\na b\n: : :\n", "a: !<x\n"]
)
def test_other_broken_text_is_refused_with_a_line(text: str, pure: bool) -> None:
    error = refusal(text, pure=pure)
    assert error.location is not None and error.location.file == "c.yaml"


def test_places_count_characters_and_skip_the_byte_order_mark() -> None:
    root = parse("\ufeffé: 😀\nü: {ë: 1}\n".encode(), "c.yaml")
    assert isinstance(root, Mapping)
    assert str(root.place) == "c.yaml:1:1"
    inner = root.get("ü")
    assert isinstance(inner, Mapping) and str(inner.place) == "c.yaml:2:4"
    assert str(refusal("é: 😀 [x]\nü: @\n").location) == "c.yaml:2:4"


def test_not_utf8() -> None:
    error = refusal(b"a: 1\nb: caf\xe9\n")
    assert "UTF-8" in error.message and str(error.location) == "c.yaml:2:7"
    assert "UTF-16" in refusal("a: 1\n".encode("utf-16")).message
    assert str(refusal(b"\xef\xbb\xbfa: \xff\n").location) == "c.yaml:1:4"


def test_binary_file() -> None:
    assert "binair" in refusal(b"\x7fELF\x02\x01\x00\x00\xff\xfe").message


@PARSERS
def test_billion_laughs_is_refused_at_its_first_anchor(pure: bool) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    begin = time.perf_counter()
    error = refusal("\n".join(lines), pure=pure)
    assert str(error.location) == "c.yaml:1:4"
    assert time.perf_counter() - begin < 0.5


@PARSERS
def test_depth_limit_is_exact(pure: bool) -> None:
    assert isinstance(parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, "c.yaml", pure=pure), Sequence)
    error = refusal(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), pure=pure)
    assert "dieper genest dan 40" in error.message
    assert str(error.location) == f"c.yaml:1:{MAX_DEPTH + 1}"


@pytest.mark.parametrize("data", [b"[" * 4_000_000, b"{a: " * 1_000_000, b"- " * 2_000_000])
def test_hostile_nesting_is_refused_fast(data: bytes) -> None:
    begin = time.perf_counter()
    assert "genest" in refusal(data).message
    assert time.perf_counter() - begin < 5


def test_hostile_keys_are_refused_fast() -> None:
    begin = time.perf_counter()
    assert str(refusal(b"? " * 2_000_000).location) == "c.yaml:1:3"
    assert time.perf_counter() - begin < 5


def test_ten_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "groot.yaml"
    path.write_bytes(b"a: " + b"x" * (10 * 1024 * 1024))
    with pytest.raises(InputError) as caught:
        read(path, "groot.yaml")
    assert str(caught.value) == "groot.yaml:1:1: dit bestand is groter dan 8 MB; verdeel het over meer bestanden"


def test_exactly_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 1024 * 1024)
    path = tmp_path / "c.yaml"
    path.write_bytes(b"a: " + b"x" * (1024 * 1024 - 3))
    assert isinstance(read(path), Mapping)
    path.write_bytes(b"a: " + b"x" * (1024 * 1024 - 2))
    with pytest.raises(InputError, match="groter dan 1 MB"):
        read(path)


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_VALUES", 10)
    assert isinstance(parse(b"[a, a, a, a, a, a, a, a, a, a]", "c.yaml"), Sequence)
    assert "meer dan 10 waarden" in refusal("[a, a, a, a, a, a, a, a, a, a, a]").message


def test_missing_file_directory_and_impossible_names(tmp_path: Path) -> None:
    for path, fragment in (
        (tmp_path / "weg.yaml", "bestaat niet"),
        (tmp_path, "is een map"),
        (tmp_path / ("x" * 300), "kan niet worden gelezen"),
        (tmp_path / "a\0b", "kan niet worden gelezen"),
    ):
        with pytest.raises(InputError, match=fragment) as caught:
            read(path)
        assert "\n" not in str(caught.value) and caught.value.location is not None


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("a: 1\n")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read anything

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("os.open", refuse)
    with pytest.raises(InputError, match="mag niet worden gelezen"):
        read(path)


def test_a_line_break_in_a_file_name_stays_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a\nb.yaml")
    assert "\n" not in str(caught.value)


def test_one_document_may_be_framed() -> None:
    root = parse(b"%YAML 1.2\n---\na: 1\n...\n", "c.yaml")
    assert isinstance(root, Mapping) and str(root.place) == "c.yaml:3:1"
