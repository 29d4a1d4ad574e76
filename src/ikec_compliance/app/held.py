"""A configuration held in memory: read from what a user handed over, changed, and given back."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath

from ikec_compliance.app.exchange import workbook_tree
from ikec_compliance.centre import Centre, centre_of
from ikec_compliance.centre.editing import edited
from ikec_compliance.importers.folder import yaml_files
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.repair import Edit
from ikec_compliance.yamlio.documents import SUFFIXES, document_of
from ikec_compliance.yamlio.nodes import Mapping as Block
from ikec_compliance.yamlio.nodes import Node, Scalar
from ikec_compliance.yamlio.nodes import Sequence as NodeList
from ikec_compliance.yamlio.reader import MAX_BYTES, read_bytes, shown_path

WORKBOOK, ARCHIVE = ".xlsx", ".zip"
KINDS = (WORKBOOK, *SUFFIXES, ARCHIVE)
"""The kinds of files a configuration may be handed over in, by the end of their names."""

_MOST_FILES = 200
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A configuration in memory.

    ``files`` holds the raw bytes of its YAML files by name. ``cells`` is the tree of the workbook it came from, if it
    did: places are then those cells, also after a change.
    """

    name: str
    files: Mapping[str, bytes]
    cells: Block | None = None

    def centre(self) -> Centre:
        """The checked configuration; ``InputError`` for the first thing that is wrong with it."""
        document = document_of((name, name, self.files[name]) for name in sorted(self.files))
        if self.cells is not None:
            _into_cells(document.root, self.cells, self.cells)
        return centre_of(document.root, document.sha256, self.name)

    def changed(self, edits: Sequence[Edit]) -> Held:
        """The configuration after the edits; comments and layout stay. ``InputError`` for an edit of nothing."""
        # A byte order mark and the line ends of Windows go with the first change.
        texts = {name: data.decode("utf-8-sig").replace("\r\n", "\n") for name, data in self.files.items()}
        return replace(self, files={name: text.encode() for name, text in edited(texts, edits).items()})

    def workbook(self) -> bytes:
        """The configuration as a workbook."""
        from ikec_compliance.importers.export import centre_book

        return centre_book(self.centre())

    def yaml(self) -> tuple[str, bytes]:
        """Name and content of a download: the one YAML file, or an archive of them."""
        if len(self.files) == 1:
            return next(iter(self.files.items()))
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in sorted(self.files.items()):
                # A fixed date: the same configuration is the same archive.
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
        return f"{PurePosixPath(self.name).stem or 'centrum'}{ARCHIVE}", stream.getvalue()


def hold_path(path: Path) -> Held:
    """The configuration at ``path``: a file of one of ``KINDS`` or a folder of YAML files."""
    if path.is_dir():
        found = sorted(file for file in path.iterdir() if _is_yaml(file.name) and file.is_file())
        if not found:
            raise InputError("deze map bevat geen YAML-bestand (*.yaml of *.yml)", Location(shown_path(path), 1, 1))
        return Held(path.resolve().name, {file.name: read_bytes(file) for file in found})
    return hold({path.name: read_bytes(path, limit=4 * MAX_BYTES)})


def hold(uploads: Mapping[str, bytes]) -> Held:
    """The configuration in files that were handed over: one workbook, one archive, or YAML files.

    ``InputError`` says in one line what else it is.
    """
    files = {_base(name): data for name, data in uploads.items()}
    if not files:
        raise InputError("er is geen bestand gekozen; kies een Excelbestand of een YAML-bestand")
    if len(files) < len(uploads):
        raise InputError("twee bestanden hebben dezelfde naam; kies elk bestand eenmaal")
    for name, data in files.items():
        kind = PurePosixPath(name).suffix.lower()
        if kind in (WORKBOOK, ARCHIVE) and len(files) > 1:
            raise InputError("kies één Excelbestand of zipbestand, of alleen YAML-bestanden", Location(name, 1, 1))
        if kind == WORKBOOK:
            return _from_workbook(name, data)
        if kind == ARCHIVE:
            return Held(PurePosixPath(name).stem, _unpacked(name, data))
        if kind not in SUFFIXES:
            raise InputError(
                f"dit soort bestand kan niet worden gelezen; kies een bestand dat eindigt op {', '.join(KINDS)}",
                Location(name, 1, 1),
            )
        if len(data) > MAX_BYTES:
            raise InputError("dit bestand is groter dan 8 MB; verdeel het over meer bestanden", Location(name, 1, 1))
    return Held(next(iter(files)) if len(files) == 1 else "centrum", files)


def _base(name: str) -> str:
    """The name of a file without the folders that some browsers send along."""
    base = shown_path(name.replace("\\", "/").rpartition("/")[2]).strip()
    return base if len(base) <= _LONGEST_NAME else f"…{base[-_LONGEST_NAME:]}"


def _is_yaml(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in SUFFIXES and not name.startswith(".")


def _from_workbook(name: str, data: bytes) -> Held:
    tree = workbook_tree(Path(name), data=data)
    # First as it stands, so that whatever is wrong is told by its cell.
    centre_of(tree, "", name)
    return Held(name, {file: text.encode() for file, text in yaml_files(tree, name).items()}, tree)


def _unpacked(name: str, data: bytes) -> dict[str, bytes]:
    place = Location(name, 1, 1)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = [
                part
                for part in archive.infolist()
                if _is_yaml(PurePosixPath(part.filename).name) and not part.filename.startswith("__MACOSX/")
            ]
            # The archive never gives more than the size it states, so stated sizes are enough.
            if len(parts) > _MOST_FILES or sum(part.file_size for part in parts) > MAX_BYTES:
                raise InputError("dit zipbestand is uitgepakt te groot: hoogstens 200 bestanden en 8 MB", place)
            files = {_base(part.filename): archive.read(part) for part in parts}
    except InputError:
        raise
    except Exception:  # zipfile and zlib raise a dozen kinds on a damaged archive
        raise InputError("dit is geen zipbestand of het is beschadigd; maak het opnieuw", place) from None
    if not files:
        raise InputError("dit zipbestand bevat geen YAML-bestand (*.yaml of *.yml)", place)
    if len(files) < len(parts):
        raise InputError("twee YAML-bestanden in dit zipbestand hebben dezelfde naam", place)
    return files


def _into_cells(node: Node, origin: Node | None, owner: Node) -> None:
    """Give each value the cell it came from; one that is new gets the cell of its owner."""
    at = owner if origin is None else origin
    node.file, node.line, node.column = at.file, at.line, at.column
    if isinstance(node, Block):
        known = origin.index if isinstance(origin, Block) else {}
        for name, (key, value) in node.index.items():
            was = known.get(name)
            _into_cells(key, was[0] if was else None, at)
            _into_cells(value, was[1] if was else None, at)
    elif isinstance(node, NodeList):
        items = origin.items if isinstance(origin, NodeList) else []
        by_id = {name: item for item in items if (name := _id(item))}
        for number, item in enumerate(node.items):
            name = _id(item)
            same = by_id.get(name) if name else items[number] if number < len(items) else None
            _into_cells(item, same, at)


def _id(item: Node) -> str:
    found = item.get("id") if isinstance(item, Block) else None
    return found.value if isinstance(found, Scalar) else ""
