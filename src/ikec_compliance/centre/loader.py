"""Loads a configuration from a file or folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ikec_compliance.centre.centre import LISTS, Centre, Record
from ikec_compliance.centre.privacy import refuse_personal_data
from ikec_compliance.centre.references import check_references
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import schema_dir
from ikec_compliance.yamlio.documents import load_folder_or_file
from ikec_compliance.yamlio.nodes import Mapping
from ikec_compliance.yamlio.schema import Schema, load_schema


@cache
def centre_schema() -> Schema:
    """The published schema of a configuration, compiled once."""
    return load_schema(schema_dir() / "v1" / "centrum.schema.json")


def load_centre(path: Path | str) -> Centre:
    """The configuration at ``path``; ``InputError`` with file:line:column for whatever is wrong with it."""
    document = load_folder_or_file(path)
    return centre_of(document.root, document.sha256, str(path))


def centre_of(root: Mapping, sha256: str, name: str) -> Centre:
    """The configuration in a node tree, whatever that was read from; ``InputError`` at the node that is wrong."""
    refuse_personal_data(root)
    checked = centre_schema().walk(root)
    lists: dict[str, list[Record]] = {}
    index: dict[str, dict[str, Record]] = {}
    for key in LISTS:
        records = [Record(key, number, item, checked.places) for number, item in enumerate(checked.data.get(key, ()))]
        found: dict[str, Record] = {}
        for record in records:
            other = found.setdefault(record.id, record)
            if other is not record:
                raise InputError(f"id '{record.id}' staat al in {key} (zie {other.place('id')})", record.place("id"))
        lists[key], index[key] = records, found
    centre = Centre(checked.data, checked.places, sha256, name, lists, index)
    check_references(centre)
    return centre
