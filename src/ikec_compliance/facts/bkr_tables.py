"""Loading of the statutory tables (``rules/kinderopvang/tabellen/bkr.yaml``) into checked records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import lcm
from pathlib import Path
from typing import Any

from ikec_compliance.facts.bkr_records import (
    Backing,
    Band,
    Cell,
    Combination,
    Definition,
    Footnote,
    Formula,
    FormulaPart,
    OneChildRule,
    Row,
    Table,
    Tables,
)
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.resources import rules_dir as packaged_rules
from ikec_compliance.model.resources import schema_dir
from ikec_compliance.model.rule import Evidence, Source, Validity
from ikec_compliance.yamlio.documents import load_folder_or_file
from ikec_compliance.yamlio.schema import Checked, Schema, load_schema
from ikec_compliance.yamlio.suggest import did_you_mean

TABLES_FILE = Path("kinderopvang") / "tabellen" / "bkr.yaml"

_Path = tuple[str | int, ...]


def load_tables(rules_dir: Path | None = None) -> Tables:
    """The calculators of a rule folder (default: the packaged rules), read once per version of the file.

    Raises ``InputError`` with file, line and column when the file is absent, breaks its schema or contradicts itself.
    """
    folder = rules_dir or packaged_rules()
    path = folder / TABLES_FILE
    shown = (Path(folder.name) / TABLES_FILE).as_posix()
    try:
        state = path.stat()
    except OSError:
        raise InputError(
            f"de map met regels mist het bestand {TABLES_FILE.as_posix()} met de tabellen voor de "
            "beroepskracht-kindratio; herstel het of kies een andere map met --rules",
            Location(shown, 1, 1),
        ) from None
    return _load(path, shown, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, shown: str, _changed: int, _size: int) -> Tables:
    document = load_folder_or_file(path, shown)
    checked = _schema().walk(document.root)
    return _Builder(checked, shown).tables(document.sha256)


@lru_cache(maxsize=1)
def _schema() -> Schema:
    return load_schema(schema_dir() / "v1" / "tabellen.schema.json")


class _Builder:
    """Turns a document that fits its schema into records, and refuses what the schema cannot see."""

    def __init__(self, checked: Checked, shown: str) -> None:
        self._data = checked.data
        self._places = checked.places
        self._shown = shown
        self._sources: dict[str, Source] = {}

    def tables(self, digest: str) -> Tables:
        """All calculators, each checked by itself and against the others of its kind."""
        data = self._data
        for index, item in enumerate(data["sources"]):
            path: _Path = ("sources", index)
            self._unique(item["id"], self._sources, "bron", (*path, "id"))
            self._sources[item["id"]] = Source(
                law=item["law"], article=item["article"], lid=item.get("lid", ""), state=item["state"],
                url=item["url"], juriconnect=item["juriconnect"], note=item.get("note", ""),
            )  # fmt: skip
        found: dict[str, Definition] = {}
        for index, item in enumerate(data["calculators"]):
            path = ("calculators", index)
            self._unique(item["id"], found, "rekenregel", (*path, "id"))
            definition = self._definition(item, path)
            for other in found.values():
                if other.kind == definition.kind and _overlap(other.valid, definition.valid):
                    raise self._error(
                        f"‘{definition.id}’ geldt tegelijk met ‘{other.id}’; laat de perioden op elkaar aansluiten",
                        (*path, "valid"),
                    )
            found[definition.id] = definition
        return Tables(tuple(found.values()), self._shown, digest)

    def _definition(self, item: Any, path: _Path) -> Definition:
        bands: dict[str, int] = {}
        for index, band in enumerate(item["bands"]):
            self._unique(band["id"], bands, "leeftijdsgroep", (*path, "bands", index, "id"))
            bands[band["id"]] = index
        first: date = item["valid"]["from"]
        last: date | None = item["valid"].get("to")
        if last is not None and last < first:
            raise self._error("de einddatum ligt voor de begindatum", (*path, "valid"))
        if "table" not in item and "formula" not in item:
            raise self._error(f"‘{item['id']}’ heeft een tabel (table) of een formule (formula) nodig", path)
        table = self._table(item["table"], bands, (*path, "table")) if "table" in item else None
        formula = self._formula(item["formula"], bands, (*path, "formula")) if "formula" in item else None
        rule = combination = None
        if "one_child_rule" in item:
            where: _Path = (*path, "one_child_rule")
            if table is None:
                raise self._error("de regel over één kind meer vraagt een tabel (table)", where)
            found = item["one_child_rule"]
            rule = OneChildRule(found["name"], found["raise"], self._backing(found, where))
        if "combination" in item:
            where = (*path, "combination")
            found = item["combination"]
            combination = Combination(
                self._band(found["counts_as"], bands, (*where, "counts_as")), self._backing(found, where)
            )
        return Definition(
            id=item["id"], kind=item["kind"], title=item["title"], scope=item["scope"], valid=Validity(first, last),
            bands=tuple(Band(band["id"], band["title"]) for band in item["bands"]),
            bands_evidence=Evidence(item.get("bands_evidence", Evidence.READ.value)),
            table=table, formula=formula, one_child_rule=rule, combination=combination,
            source=self._source(item["source"], (*path, "source")), place=self._places[path],
        )  # fmt: skip

    def _table(self, item: Any, bands: Mapping[str, int], path: _Path) -> Table:
        footnotes: dict[str, Footnote] = {}
        for index, note in enumerate(item.get("footnotes", ())):
            where: _Path = (*path, "footnotes", index)
            self._unique(note["id"], footnotes, "voetnoot", (*where, "id"))
            band = self._band(note["band"], bands, (*where, "band"))
            footnotes[note["id"]] = Footnote(note["id"], band, note["at_most"], Evidence(note["evidence"]))
        rows: dict[tuple[int, int], Row] = {}
        for index, line in enumerate(item["rows"]):
            where = (*path, "rows", index)
            ends = (
                self._band(line["youngest"], bands, (*where, "youngest")),
                self._band(line["oldest"], bands, (*where, "oldest")),
            )
            if ends[0] > ends[1]:
                raise self._error("de jongste leeftijdsgroep van de rij is ouder dan de oudste", where)
            if ends in rows:
                raise self._error(
                    f"de rij van {line['youngest']} tot en met {line['oldest']} staat er twee keer", where
                )
            rows[ends] = Row(line["name"], *ends, self._cells(line, footnotes, (*where, "cells")))
        names = list(bands)
        for youngest in range(len(names)):
            for oldest in range(youngest, len(names)):
                if (youngest, oldest) not in rows:
                    raise self._absent(
                        f"de tabel mist de rij van {names[youngest]} tot en met {names[oldest]}", (*path, "rows")
                    )
        largest = max(cell.children for row in rows.values() for cell in row.cells)
        source = self._source(item["source"], (*path, "source"))
        return Table(item["name"], rows, largest, item.get("above_footnotes", ""), source)

    def _cells(self, line: Any, footnotes: Mapping[str, Footnote], path: _Path) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for index, cell in enumerate(line["cells"]):
            where: _Path = (*path, index)
            before = cells[-1].staff if cells else 0
            if cell["staff"] not in ((before, before + 1) if before else (1,)):
                raise self._error("de kolommen (staff) lopen van 1 af op zonder sprong", (*where, "staff"))
            note = None
            if "footnote" in cell:
                note = footnotes.get(cell["footnote"])
                if note is None:
                    raise self._error(f"onbekende voetnoot ‘{cell['footnote']}’", (*where, "footnote"))
            evidence = Evidence(cell.get("evidence", line["evidence"]))
            cells.append(Cell(cell["staff"], cell["children"], note, evidence))
        return tuple(cells)

    def _formula(self, item: Any, bands: Mapping[str, int], path: _Path) -> Formula:
        parts: list[FormulaPart] = []
        total: dict[int, Fraction] = {}
        for index, part in enumerate(item["parts"]):
            where: _Path = (*path, "parts", index)
            if ("divisors" in part) == ("coefficients" in part):
                raise self._error("geef of delers (divisors) of vermenigvuldigers (coefficients)", where)
            key = "divisors" if "divisors" in part else "coefficients"
            divided_by = Fraction(part.get("divided_by", "1/1"))
            if divided_by == 0:
                raise self._error("delen door nul kan niet", (*where, "divided_by"))
            weights: dict[int, Fraction] = {}
            for name, number in part[key].items():
                band = self._band(name, bands, (*where, key, name))
                if band in total:
                    raise self._error(f"leeftijdsgroep {name} telt twee keer mee", (*where, key, name))
                weights[band] = Fraction(1, number) if key == "divisors" else Fraction(number)
                total[band] = weights[band] / divided_by
            parts.append(FormulaPart(weights, key == "divisors", divided_by))
        missing = [name for name, band in bands.items() if band not in total]
        if missing:
            raise self._absent(f"de formule mist leeftijdsgroep {missing[0]}", (*path, "parts"))
        denominator = lcm(*(weight.denominator for weight in total.values()))
        present = item.get("when_present")
        rounding = self._backing(item["rounding"], (*path, "rounding"))
        return Formula(
            name=item["name"], symbol=item["symbol"],
            when_present=None if present is None else self._band(present, bands, (*path, "when_present")),
            parts=tuple(parts),
            numerators=tuple(int(total[band] * denominator) for band in range(len(bands))),
            denominator=denominator, backing=self._backing(item, path), rounding=rounding,
        )  # fmt: skip

    def _backing(self, item: Any, path: _Path) -> Backing:
        return Backing(Evidence(item["evidence"]), self._source(item["source"], (*path, "source")))

    def _source(self, ids: Iterable[str], path: _Path) -> tuple[Source, ...]:
        for index, name in enumerate(ids):
            if name not in self._sources:
                raise self._error(f"onbekende bron ‘{name}’{did_you_mean(name, self._sources)}", (*path, index))
        return tuple(self._sources[name] for name in ids)

    def _band(self, name: str, bands: Mapping[str, int], path: _Path) -> int:
        if name not in bands:
            raise self._error(f"onbekende leeftijdsgroep ‘{name}’{did_you_mean(name, bands)}", path)
        return bands[name]

    def _unique(self, name: str, known: Iterable[str], what: str, path: _Path) -> None:
        if name in known:
            raise self._error(f"{what} ‘{name}’ staat er twee keer", path)

    def _error(self, message: str, path: _Path) -> InputError:
        """An error in the value at ``path``."""
        return InputError(message, self._places[path])

    def _absent(self, message: str, path: _Path) -> InputError:
        """An error about what is missing in the list at ``path``: it points at the list's key."""
        return InputError(message, self._places.key(path))


def _overlap(one: Validity, other: Validity) -> bool:
    first, second = sorted((one, other), key=lambda valid: valid.first)
    return first.last is None or second.first <= first.last
