"""Reading one rules file against its published schema."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.resources import schema_dir
from ikec_compliance.yamlio.digest import digest_bytes
from ikec_compliance.yamlio.reader import parse, read_bytes
from ikec_compliance.yamlio.schema import Places, Schema, load_schema


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """Typed data of a rules file with its places, its shown name and the SHA-256 of its bytes."""

    data: Any
    places: Places
    sha256: str
    file: str

    def place(self, *path: str | int) -> Location:
        """The place of the key at ``path``, or of its nearest owner."""
        return self.places.nearest(path)


@cache
def published(name: str) -> Schema:
    """The published schema ``schema/v1/<name>.schema.json``, compiled once."""
    return load_schema(schema_dir() / "v1" / f"{name}.schema.json")


def read_checked(path: Path, schema: str, base: Path) -> CheckedFile:
    """Read a YAML file and check it against a published schema; names are shown relative to ``base``."""
    shown = path.relative_to(base).as_posix() if path.is_relative_to(base) else str(path)
    data = read_bytes(path, shown)
    checked = published(schema).walk(parse(data, shown))
    return CheckedFile(checked.data, checked.places, digest_bytes(data), shown)
