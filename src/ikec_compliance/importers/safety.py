"""Looks at a workbook before it is read: is it one, is it of a bounded size, and which cells are merged."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.bounded import MB, read_bounded
from ikec_compliance.yamlio.reader import shown_path

MAX_FILE, MAX_UNPACKED, MAX_PARTS = 20 * MB, 64 * MB, 2_000
"""A year of roster of a large centre is 2 MB packed and 20 MB unpacked."""

MAX_CELLS, MAX_ROWS, MAX_COLUMNS = 1_000_000, 60_000, 1_024
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_REFERENCE = re.compile("([A-Z]+)([0-9]+)")
_BOOK = "xl/workbook.xml"


@dataclass(slots=True)
class Scan:
    """What was seen in one worksheet."""

    merged: list[str] = field(default_factory=list)
    cells: int = 0


class _TooBig(Exception):
    pass


def read_safely(path: Path, data: bytes | None = None) -> tuple[bytes, Mapping[str, Scan]]:
    """The bytes of a workbook and what is in each sheet, by name; ``InputError`` for what is no workbook or too big.

    With ``data`` the workbook is in memory already, and ``path`` only its name.
    """
    name = shown_path(path)
    start = Location(name, 1, 1)
    data = _bounded(_bytes(path, start) if data is None else data, start)
    if data[:4] == _OLD_EXCEL:
        raise InputError("dit is een .xls-bestand of het is met een wachtwoord beveiligd; sla het op als .xlsx", start)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return data, _scan(archive, start)
    except _TooBig as error:
        raise InputError(str(error), start) from None
    except InputError:
        raise
    except expat.ExpatError:
        raise InputError("dit Excel-bestand is beschadigd; open het in Excel en sla het opnieuw op", start) from None
    except Exception:  # zipfile and zlib raise a dozen kinds on a damaged archive
        raise InputError("dit is geen Excel-bestand (.xlsx) of het is beschadigd; sla het opnieuw op", start) from None


def _bytes(path: Path, start: Location) -> bytes:
    data = read_bounded(path, start, MAX_FILE, "een Excel-bestand", "verwijder wat ikec niet nodig heeft")
    return data


def _bounded(data: bytes, start: Location) -> bytes:
    if not data:
        raise InputError("dit bestand is leeg", start)
    return data


def _scan(archive: zipfile.ZipFile, start: Location) -> Mapping[str, Scan]:
    parts = archive.infolist()
    # The archive never gives more than the size it states, so stated sizes are enough.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _TooBig(
            f"dit bestand is uitgepakt groter dan {MAX_UNPACKED // MB} MB; verwijder wat ikec niet nodig heeft"
        )
    names = {part.filename for part in parts}
    if _BOOK not in names:
        raise InputError("dit is geen Excel-bestand (.xlsx); sla het op als Excel-werkmap (.xlsx)", start)
    by_id: dict[str, str] = {}
    sheets: dict[str, str] = {}
    found: dict[str, Scan] = {}
    cells = 0
    for part in parts:
        if not part.filename.endswith((".xml", ".rels", ".vml")):
            continue
        scan = Scan()
        content = archive.read(part)
        if part.filename == _BOOK:
            _parse(content, start, lambda tag, values: _sheet(tag, values, sheets))
        elif part.filename == "xl/_rels/workbook.xml.rels":
            _parse(content, start, lambda tag, values: _relation(tag, values, by_id))
        elif part.filename.startswith("xl/worksheets/"):
            _parse(content, start, _counter(scan))
            found[part.filename] = scan
            cells += scan.cells
            if cells > MAX_CELLS:
                raise _TooBig(f"deze werkmap heeft meer dan {MAX_CELLS} cellen; verwijder wat ikec niet nodig heeft")
        else:
            _parse(content, start, lambda tag, values: None)
    return {name: found.get(by_id.get(id_, ""), Scan()) for name, id_ in sheets.items()}


def _parse(content: bytes, start: Location, on_element: Any) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise InputError("dit Excel-bestand bevat een documenttype (DTD); sla het opnieuw op in Excel", start)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, values: on_element(tag.rpartition(" ")[2], values)
    parser.Parse(content, True)


def _sheet(tag: str, values: Mapping[str, str], sheets: dict[str, str]) -> None:
    if tag == "sheet":
        id_ = next((value for key, value in values.items() if key.endswith(" id")), "")
        sheets[values.get("name", "")] = id_


def _relation(tag: str, values: Mapping[str, str], by_id: dict[str, str]) -> None:
    if tag == "Relationship":
        target = values.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        by_id[values.get("Id", "")] = path


def _counter(scan: Scan) -> Any:
    def seen(tag: str, values: Mapping[str, str]) -> None:
        if tag == "c":
            scan.cells += 1
            if scan.cells > MAX_CELLS:
                raise _TooBig(f"deze werkmap heeft meer dan {MAX_CELLS} cellen; verwijder wat ikec niet nodig heeft")
            place = _REFERENCE.fullmatch(values.get("r", "A1"))
            if place is None or len(place[1]) > 3 or _number(place[1]) > MAX_COLUMNS:
                raise _TooBig(f"deze werkmap gebruikt meer dan {MAX_COLUMNS} kolommen; verwijder de kolommen rechts")
        elif tag == "row":
            row = values.get("r", "1")
            if not row.isdigit() or len(row) > 7 or int(row) > MAX_ROWS:
                raise _TooBig(f"deze werkmap gebruikt meer dan {MAX_ROWS} rijen; verwijder de rijen onderaan")
        elif tag == "mergeCell":
            scan.merged.append(values.get("ref", ""))

    return seen


def _number(letters: str) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - ord("A") + 1
    return total
