"""One document from a file, or from a folder of files merged by top-level key."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.yamlio.digest import digest_bytes, digest_files
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar, Sequence
from ikec_compliance.yamlio.reader import parse, read_bytes, shown_path

SUFFIXES = (".yaml", ".yml")

_SAME_EVERYWHERE = "schema"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read: its name in its folder, its name in messages and the SHA-256 of its raw bytes."""

    name: str
    shown_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Document:
    """A merged node tree and the files it came from, sorted by name."""

    root: Mapping
    files: tuple[SourceFile, ...]

    @property
    def sha256(self) -> str:
        """The digest of all files together, see ``digest.digest_files``."""
        return digest_files((file.name, file.sha256) for file in self.files)


def load_folder_or_file(path: Path | str, shown_name: str | None = None) -> Document:
    """The document at ``path``: a YAML file, or a folder whose ``*.yaml`` and ``*.yml`` files are merged.

    Folders are not searched deeper and hidden files are skipped. A list under the same top-level
    key in several files is one list; any other key stands in one file, except ``schema``, which may
    stand in all and must be the same. ``InputError`` for whatever cannot be read or merged.
    """
    path = Path(path)
    shown = shown_path(path, shown_name)
    if not os.path.isdir(path):
        return _merge([_load(path, path.name, shown)])
    files = _files_in(path, shown)
    if not files:
        raise InputError("deze map bevat geen YAML-bestand (*.yaml of *.yml)", Location(shown, 1, 1))
    return _merge([_load(file, file.name, shown_path(Path(shown) / file.name)) for file in files])


def document_of(files: Iterable[tuple[str, str, bytes]]) -> Document:
    """The document in one or more files that were read before: of each its name, its name in messages and its bytes.

    As ``load_folder_or_file`` for a file or a folder with these files.
    """
    return _merge([_parsed(data, name, shown) for name, shown, data in files])


def _files_in(folder: Path, shown: str) -> list[Path]:
    try:
        found = [
            file
            for file in folder.iterdir()
            if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and not file.is_dir()
        ]
    except OSError:
        raise InputError("deze map mag niet worden gelezen; controleer de rechten", Location(shown, 1, 1)) from None
    home = os.path.realpath(folder)
    for file in found:
        # A link inside the folder is how some systems swap a configuration in one step; one to elsewhere brings in
        # what nobody put there.
        if file.is_symlink() and not os.path.realpath(file).startswith(home + os.sep):
            place = Location(shown_path(Path(shown) / file.name), 1, 1)
            raise InputError("dit bestand is een link naar iets buiten deze map; zet het bestand zelf in de map", place)
    return sorted(found, key=lambda file: file.name)


def _load(path: Path, name: str, shown: str) -> tuple[SourceFile, Mapping]:
    return _parsed(read_bytes(path, shown), name, shown)


def _parsed(data: bytes, name: str, shown: str) -> tuple[SourceFile, Mapping]:
    root = parse(data, shown)
    if not isinstance(root, Mapping):
        raise InputError("een bestand begint met sleutels (‘sleutel: waarde’), niet met een lijst of tekst", root.place)
    return SourceFile(name, shown, digest_bytes(data)), root


def _merge(parts: list[tuple[SourceFile, Mapping]]) -> Document:
    files = tuple(file for file, _ in parts)
    first = parts[0][1]
    if len(parts) == 1:
        return Document(first, files)
    merged: dict[str, tuple[Scalar, Node]] = {}
    for _, root in parts:
        for key, (scalar, value) in root.index.items():
            if key in merged:
                earlier, before = merged[key]
                merged[key] = (earlier, _merge_value(earlier, before, scalar, value))
            else:
                merged[key] = (scalar, value)
    return Document(Mapping(merged, first.file, first.line, first.column), files)


def _merge_value(earlier: Scalar, before: Node, key: Scalar, value: Node) -> Node:
    """The two values of one top-level key as one, or the error that names both places."""
    if isinstance(before, Sequence) and isinstance(value, Sequence):
        return Sequence(before.items + value.items, before.file, before.line, before.column)
    if key.value == _SAME_EVERYWHERE and isinstance(before, Scalar) and isinstance(value, Scalar):
        if before.value == value.value:
            return before
        raise InputError(f"‘schema’ is hier anders dan in {before.place}; alle bestanden hebben hetzelfde", value.place)
    word = " ".join(key.value.split())[:60]
    raise InputError(
        f"‘{word}’ staat ook al in {earlier.place}; alleen lijsten mogen over bestanden zijn verdeeld", key.place
    )
