"""The mapping file: how the sheets and columns of an existing export are named here (``ikec-kolommen/v1``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ikec_compliance.importers.layout import Sheet
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import schema_dir
from ikec_compliance.yamlio.reader import read
from ikec_compliance.yamlio.schema import Places, Schema, load_schema
from ikec_compliance.yamlio.suggest import did_you_mean

ALL_OTHERS = "*"


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one sheet is found and read."""

    source: str
    header_row: int = 1
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    skipped: Sequence[str] = ()
    numbering: str = ""
    dutch_days: bool = False


@dataclass(frozen=True, slots=True)
class WorkbookMapping:
    """How a workbook is read: sheets by our name, and the names of sheets to leave out."""

    sheets: Mapping[str, SheetMapping] = field(default_factory=dict)
    skipped: Sequence[str] = ()

    def of(self, sheet: str) -> SheetMapping:
        """How a sheet is read; by default it is named and arranged as in the template."""
        return self.sheets.get(sheet) or SheetMapping(sheet)


@cache
def mapping_schema() -> Schema:
    """The published schema of a mapping file, compiled once."""
    return load_schema(schema_dir() / "v1" / "kolommen.schema.json")


def load_mapping(path: Path, sheets: Sequence[Sheet]) -> WorkbookMapping:
    """The mapping file at ``path``; ``InputError`` with its line, also for a sheet or column there is not."""
    checked = mapping_schema().walk(read(path))
    known = {sheet.name: sheet for sheet in sheets}
    found: dict[str, SheetMapping] = {}
    for name, part in checked.data["bladen"].items():
        if name not in known:
            hint = did_you_mean(name, known)
            raise InputError(f"onbekend blad ‘{name}’{hint}; kies uit {', '.join(known)}",
                             checked.places.key(("bladen", name)))  # fmt: skip
        _check_columns(known[name], part, checked.places)
        found[name] = SheetMapping(
            source=part.get("blad", name),
            header_row=part.get("kopregel", 1),
            columns=part.get("kolommen", {}),
            values={key: {_fold(left): right for left, right in words.items()}
                    for key, words in part.get("waarden", {}).items()},
            fixed=part.get("vast", {}),
            skipped=part.get("overslaan", ()),
            numbering=part.get("nummering", ""),
            dutch_days="datumvorm" in part,
        )  # fmt: skip
    return WorkbookMapping(found, checked.data.get("overslaan", ()))


def translated(words: Mapping[str, str], text: str) -> str:
    """What a value of the workbook is called here; itself when the mapping does not name it."""
    return words.get(_fold(text), text)


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _check_columns(sheet: Sheet, part: Mapping[str, object], places: Places) -> None:
    headers = {*sheet.headers(), *sheet.blocks}
    for key in ("kolommen", "waarden", "vast"):
        block = part.get(key, {})
        assert isinstance(block, dict)
        for name, value in block.items():
            header = value if key == "kolommen" else name
            if header not in headers:
                steps = ("bladen", sheet.name, key, name)
                place = places[steps] if key == "kolommen" else places.key(steps)
                raise InputError(f"blad {sheet.name} heeft geen kolom ‘{header}’{did_you_mean(header, headers)}", place)
    for name in part.get("vast", {}):  # type: ignore[attr-defined]
        if name in set(part.get("kolommen", {}).values()):  # type: ignore[attr-defined]
            raise InputError(f"‘{name}’ staat ook bij kolommen; kies een van beide",
                             places.key(("bladen", sheet.name, "vast", name)))  # fmt: skip
