"""The published schemas: Dutch help for every key in an editor, and the same answer as the loader on every file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import examples_dir, rules_dir, schema_dir
from ikec_compliance.yamlio.reader import parse
from ikec_compliance.yamlio.scalars import to_plain
from ikec_compliance.yamlio.schema import Schema

ROOT = Path(__file__).parents[2]
# What people write; the others are written by the program.
WRITTEN = ("regels", "centrum", "begrippen", "wetten", "tabellen", "afstemming", "eenheden", "dekking", "vertaling")
# Of those, the ones that describe every key too.
DESCRIBED = (*WRITTEN, "gezamenlijk", "herstel")
FORMATS = FormatChecker(["date"])


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((schema_dir() / "v1" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def keys(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of a schema with its description, wherever it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties" and isinstance(value, dict):
                for name, part in value.items():
                    yield f"{path}.{name}", part
                    yield from keys(part, f"{path}.{name}")
            elif key not in ("examples", "enum", "const"):
                yield from keys(value, path if key in ("items", "$defs") else f"{path}/{key}")
    elif isinstance(node, list):
        for item in node:
            yield from keys(item, path)


@pytest.mark.parametrize("name", DESCRIBED)
def test_every_key_has_a_dutch_description_and_an_example_that_fits(name: str) -> None:
    whole = schema(name)
    wrong = []
    for path, part in keys(whole):
        if not str(part.get("description", "")).strip():
            wrong.append(f"{path}: geen description")
        validator = Draft202012Validator({**part, "$defs": whole.get("$defs", {})}, format_checker=FORMATS)
        examples = part.get("examples", [])
        if not examples:
            wrong.append(f"{path}: geen examples")
        wrong += [f"{path}: {example!r} past niet" for example in examples if not validator.is_valid(example)]
    assert wrong == []


@pytest.mark.parametrize("path", sorted((schema_dir() / "v1").glob("*.json")), ids=lambda path: path.stem)
def test_a_schema_is_valid_closed_and_names_itself(path: Path) -> None:
    whole = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(whole)
    assert whole["$id"] == f"https://ikec-compliance.nl/schema/v1/{path.name}"
    if path.name.removesuffix(".schema.json") in DESCRIBED:
        for name, part in [("", whole), *keys(whole)]:
            if part.get("type") == "object" and "properties" in part:
                assert part.get("additionalProperties") is False, name


def yaml_files() -> list[tuple[Path, str]]:
    """Every YAML file that ships, with the schema its first line names."""
    found = []
    for folder in (rules_dir(), examples_dir()):
        for path in sorted(folder.rglob("*.yaml")):
            first = path.read_text(encoding="utf-8").splitlines()[0]
            if first.startswith("schema: ikec-"):
                found.append((path, first.removeprefix("schema: ikec-").removesuffix("/v1")))
    return found


FILES = yaml_files()


@pytest.mark.parametrize(("path", "name"), FILES, ids=[str(path.relative_to(path.parents[2])) for path, _ in FILES])
def test_every_file_names_the_schema_that_its_editor_reads(path: Path, name: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    start = "# yaml-language-server: $schema="
    assert lines[1].startswith(start)
    target = (path.parent / lines[1].removeprefix(start)).resolve()
    assert target == (schema_dir() / "v1" / f"{name}.schema.json").resolve()
    assert target.is_file()
    # A part of a centre in a folder is completed by its other files, and is judged with them.
    if name != "centrum":
        both(name, to_plain(parse(path.read_bytes(), path.name)))


def test_the_editor_knows_the_schemas_of_files_without_a_modeline() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert {Path(target).name.removesuffix(".schema.json") for target in settings} == set(WRITTEN)
    for target in settings:
        assert (ROOT / target).is_file()
    recommended = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    assert recommended["recommendations"] == ["redhat.vscode-yaml"]


def both(name: str, data: Any) -> bool:
    """Whether a document is accepted, by the schema with the jsonschema library and by the loader: the same."""
    whole = schema(name)
    by_schema = Draft202012Validator(whole, format_checker=FORMATS).is_valid(data)
    try:
        Schema(whole).walk(parse(json.dumps(data, ensure_ascii=False).encode(), "proef.yaml"))
        by_loader = True
    except InputError:
        by_loader = False
    assert by_schema == by_loader
    return by_schema


def mistakes(node: Any, depth: int = 0) -> Iterator[Any]:
    """The same document with one thing wrong: a key too many or too few, another type, a value that is nothing."""
    if isinstance(node, dict):
        yield {**node, "onbekende_sleutel": 1}
        for key, value in node.items():
            yield {other: item for other, item in node.items() if other != key}
            yield {**node, key: [value]}
            yield {**node, key: {"x": value}}
            yield {**node, key: None}
            yield {**node, key: "" if not isinstance(value, str) else 12345}
            yield {**node, key: "2026-02-30"}
            if depth < 8:
                for changed in mistakes(value, depth + 1):
                    yield {**node, key: changed}
    elif isinstance(node, list) and node:
        yield []
        yield [*node, node[0]]
        for changed in mistakes(node[0], depth + 1):
            yield [changed, *node[1:]]


VALID = {
    name: [to_plain(parse(path.read_bytes(), path.name)) for path, found in FILES if found == name][:2]
    for name in WRITTEN
}


@pytest.mark.parametrize("name", WRITTEN)
def test_schema_and_loader_agree_on_what_is_wrong(name: str) -> None:
    refused = accepted = 0
    for document in VALID[name]:
        for number, changed in enumerate(mistakes(small(deepcopy(document)))):
            if number > 400:
                break
            if both(name, changed):
                accepted += 1
            else:
                refused += 1
    assert refused > accepted
    assert refused > 20


def small(document: Any) -> Any:
    """A document with one entry per list and three per free mapping: enough to go wrong in every way."""
    if isinstance(document, dict):
        return {key: small(value) for key, value in list(document.items())[:16]}
    if isinstance(document, list):
        return [small(item) for item in document[:1]]
    return document
