"""Where the centres of a fleet come from: a folder, or a table (Parquet or CSV) with one centre in each row."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ikec_compliance.fleet.columns import arrow
from ikec_compliance.fleet.task import Item, clean
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.documents import SUFFIXES
from ikec_compliance.yamlio.reader import MAX_BYTES, read_bytes, shown_path

ID, REGION, CONFIGURATION = "id", "regio", "configuratie"
"""The columns of a table; ``regio`` may be absent."""

_ROWS = 64  # of a Parquet file that are in memory at a time


@dataclass(frozen=True, slots=True)
class Source:
    """A fleet: how many centres, a hash over all of them, and the centres themselves, from one of them on."""

    name: str
    count: int
    sha256: str
    items: Callable[[], Iterator[Item]]


def open_source(path: Path) -> Source:
    """The fleet at ``path``. ``InputError`` when it is none, is empty, or two centres have the same id."""
    if path.is_dir():
        return _folder(path)
    kinds = {".parquet": _parquet, ".csv": _csv}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise InputError(f"{path}: een vloot is een map, of een tabel (.parquet of .csv) met de kolommen {ID} en "
                         f"{CONFIGURATION}")  # fmt: skip
    if not path.is_file():
        raise InputError(f"{path} bestaat niet; controleer de naam en de map")
    return _counted(path, _digest(path), lambda: kind(path))


def _folder(path: Path) -> Source:
    try:
        entries = sorted(
            (entry for entry in path.iterdir() if not entry.name.startswith(".")), key=lambda entry: entry.name
        )
    except OSError:
        raise InputError(f"de map {path} mag niet worden gelezen; controleer de rechten") from None
    found: list[tuple[str, list[Path]]] = []
    for entry in entries:
        if entry.is_dir():
            inside = _yaml_in(entry)
            if inside:
                found.append((clean(entry.name), inside))
        elif entry.suffix.lower() in SUFFIXES:
            found.append((clean(entry.stem), [entry]))
    total = hashlib.sha256()
    for number, (id_, files) in enumerate(found):
        for file in files:
            total.update(f"{number} {id_} {file.name}\0".encode("utf-8", "surrogatepass"))
            try:
                total.update(hashlib.sha256(file.read_bytes()).digest())
            except OSError:
                total.update(b"?")

    def items() -> Iterator[Item]:
        for number, (id_, files) in enumerate(found):
            try:
                read = tuple((file.name, shown_path(file), read_bytes(file)) for file in files)
                yield Item(number, id_, "", read)
            except InputError as error:
                yield Item(number, id_, "", (), str(error))

    return _unique(Source(str(path), len(found), total.hexdigest(), items), (id_ for id_, _ in found))


def _yaml_in(folder: Path) -> list[Path]:
    try:
        found = [file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file()]
    except OSError:
        return []
    return sorted((file for file in found if not file.name.startswith(".")), key=lambda file: file.name)


def _counted(path: Path, sha256: str, items: Callable[[], Iterator[Item]]) -> Source:
    ids = [item.id for item in items()]
    return _unique(Source(str(path), len(ids), sha256, items), iter(ids))


def _unique(source: Source, ids: Iterator[str]) -> Source:
    if not source.count:
        raise InputError(f"{source.name} bevat geen centra")
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise InputError(f"{source.name}: twee centra heten ‘{id_}’; geef elk een eigen id")
        seen.add(id_)
    return source


def _row(path: Path, number: int, line: int, id_: object, region: object, content: object) -> Item:
    """One row; what stands in a line of the configuration is shown with the table and the id of the centre."""
    if not isinstance(id_, str) or not id_.strip() or not id_.isprintable():
        raise InputError(f"de kolom {ID} is leeg of niet leesbaar", Location(str(path), line, 1))
    shown = f"{shown_path(path)}[{id_}]"
    region = clean(region) if isinstance(region, str) else ""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else b""
    if not data:
        return Item(number, id_, region, (), f"{shown}: de kolom {CONFIGURATION} is leeg")
    if len(data) > MAX_BYTES:
        return Item(number, id_, region, (), f"{shown}: de configuratie is groter dan {MAX_BYTES >> 20} MB")
    return Item(number, id_, region, ((f"{id_}.yaml", shown, data),))


def _csv(path: Path) -> Iterator[Item]:
    before = csv.field_size_limit(4 * MAX_BYTES)  # of the whole process: put back below
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            _columns(path, reader.fieldnames or ())
            for number, row in enumerate(reader):
                yield _row(path, number, reader.line_num, row[ID], row.get(REGION), row[CONFIGURATION])
    except UnicodeDecodeError:
        raise InputError("dit bestand is geen UTF-8; sla het zo op", Location(str(path), 1, 1)) from None
    except csv.Error as error:
        raise InputError(f"dit is geen leesbare CSV ({error})", Location(str(path), reader.line_num, 1)) from None
    except OSError:
        raise InputError(f"{path} kan niet worden gelezen; controleer de rechten") from None
    finally:
        csv.field_size_limit(before)


def _parquet(path: Path) -> Iterator[Item]:
    pyarrow = arrow()
    try:
        with pyarrow.parquet.ParquetFile(path) as table:
            names = table.schema_arrow.names
            _columns(path, names)
            wanted = [name for name in (ID, REGION, CONFIGURATION) if name in names]
            number = 0
            for batch in table.iter_batches(_ROWS, columns=wanted, use_threads=False):
                for row in batch.to_pylist():
                    yield _row(path, number, number + 1, row[ID], row.get(REGION), row[CONFIGURATION])
                    number += 1
    except (pyarrow.ArrowException, OSError) as error:
        reason = " ".join(str(error).split())[:120]
        raise InputError(f"dit is geen leesbaar Parquetbestand ({reason})", Location(str(path), 1, 1)) from None


def _columns(path: Path, names: object) -> None:
    there = list(names) if isinstance(names, list | tuple) else []
    for name in (ID, CONFIGURATION):
        if name not in there:
            raise InputError(f"de kolom {name} ontbreekt", Location(str(path), 1, 1))


def _digest(path: Path) -> str:
    found = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                found.update(chunk)
    except OSError:
        raise InputError(f"{path} kan niet worden gelezen; controleer de rechten") from None
    return found.hexdigest()
