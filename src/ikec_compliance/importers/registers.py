"""Reads the open data of the LRK (childcare) and of DUO (schools): CSV in either encoding, with either separator."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.bounded import MB, read_bounded
from ikec_compliance.yamlio.reader import HIDDEN, shown_path

MAX_BYTES = 64 * MB
"""The whole LRK is some 20 MB."""

REGISTERED = "Ingeschreven"

# What a column is called here → its names in the files, the present one first.
_LRK = {
    "nummer": ("lrk_id", "lrk_nummer", "lrk-nummer", "registratienummer"),
    "soort": ("type_oko", "soort"),
    "kindplaatsen": ("aantal_kindplaatsen", "kindplaatsen"),
    "status": ("status",),
    "geregistreerd_op": ("inschrijfdatum",),
    "straat": ("opvanglocatie_adres",),
    "postcode": ("opvanglocatie_postcode",),
    "plaats": ("opvanglocatie_woonplaats",),
}
_DUO = {
    "brin": ("instellingscode", "brin nummer", "brin"),
    "vestiging": ("vestigingscode", "vestigingsnummer"),
    "naam": ("vestigingsnaam", "instellingsnaam", "naam"),
    "straat": ("straatnaam",),
    "huisnummer": ("huisnummer-toevoeging", "huisnummer"),
    "postcode": ("postcode",),
    "plaats": ("plaatsnaam",),
    "denominatie": ("denominatie",),
}
_COUNT = re.compile("[0-9]{1,6}")
_SHAPES = (re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[ T].*)?"),
           re.compile(r"(?P<d>\d{1,2})[-/](?P<m>\d{1,2})[-/](?P<y>\d{4})(?: .*)?"),
           re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """What a register says of one location: its number there and its facts, by key of a voorziening.

    ``kind`` is the kind of childcare (KDV, BSO …) and ``registered`` whether it still stands there, where told.
    """

    number: str
    facts: Mapping[str, str | int | date]
    place: Location
    kind: str = ""
    registered: bool = True


def read_lrk(path: Path, numbers: set[str]) -> dict[str, list[Entry]]:
    """The entries of the LRK with one of these numbers (without leading zeros)."""
    found: dict[str, list[Entry]] = {}
    for row, place in _rows(path, _LRK, ("nummer",)):
        number = row["nummer"].lstrip("0")
        if number not in numbers:
            continue
        _refuse_hidden(row, place)
        facts: dict[str, str | int | date] = {}
        if _COUNT.fullmatch(row["kindplaatsen"]):
            facts["kindplaatsen"] = int(row["kindplaatsen"])
        if row["geregistreerd_op"]:
            facts["geregistreerd_op"] = _day(row["geregistreerd_op"], place)
        if row["straat"]:
            facts["adres"] = _address(row["straat"], row["postcode"], row["plaats"])
        entry = Entry(number, facts, place, row["soort"].upper(), row["status"].lower() in ("", REGISTERED.lower()))
        found.setdefault(number, []).append(entry)
    return found


def read_duo(path: Path, codes: set[str]) -> dict[str, list[Entry]]:
    """The entries of the school list with one of these codes: BRIN of four characters, or six with the vestiging."""
    found: dict[str, list[Entry]] = {}
    for row, place in _rows(path, _DUO, ("brin",)):
        brin, branch = row["brin"].upper(), row["vestiging"].upper()
        full = branch if len(branch) > 2 else f"{brin}{branch.zfill(2)}" if branch else f"{brin}00"
        facts: dict[str, str | int | date] = {}
        if row["naam"]:
            facts["naam"] = row["naam"]
        if row["straat"]:
            facts["adres"] = _address(" ".join(filter(None, (row["straat"], row["huisnummer"]))), row["postcode"],
                                      row["plaats"])  # fmt: skip
        grounds = foundation(row["denominatie"])
        if grounds:
            facts["grondslag"] = grounds
        for code in {brin, full} & codes:
            _refuse_hidden(row, place)
            found.setdefault(code, []).append(Entry(full, facts, place))
    return found


def _refuse_hidden(row: Mapping[str, str], place: Location) -> None:
    if any(HIDDEN.search(value) for value in row.values()):
        raise InputError("deze regel bevat een onzichtbaar stuurteken; haal het bestand opnieuw op", place)


def foundation(denomination: str) -> str | None:
    """``openbaar`` or ``bijzonder``; ``None`` for a cooperation, of which the list does not tell what it is in law."""
    text = denomination.strip().lower()
    if not text or text.startswith(("samenwerking", "onbekend", "overig")):
        return None
    return "openbaar" if text == "openbaar" else "bijzonder"


def _address(street: str, postcode: str, town: str) -> str:
    postcode = re.sub(r"^(\d{4})\s*([A-Za-z]{2})$", lambda found: f"{found[1]} {found[2].upper()}", postcode)
    return ", ".join(filter(None, (street, f"{postcode} {town}".strip())))


def _day(text: str, place: Location) -> date:
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                break
    short = text if len(text) <= 40 else text[:39] + "…"
    raise InputError(f"‘{short}’ is geen datum", place)


def _rows(
    path: Path, columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Iterator[tuple[dict[str, str], Location]]:
    """Each row with our names for its columns (empty where the file lacks one), and its line."""
    shown = shown_path(path)
    start = Location(shown, 1, 1)
    text = _text(path, start)
    head = text.partition("\n")[0]
    separator = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    places: dict[str, int] = {}
    width = 0
    try:
        for row in reader:
            if not any(row):
                continue
            if not places:
                names = [" ".join(name.split()).lower() for name in row]
                width = len(names)
                for ours, theirs in columns.items():
                    known = next((name for name in theirs if name in names), None)
                    if known is not None:
                        places[ours] = names.index(known)
                    elif ours in needed:
                        shown_names = ", ".join(name[:30] for name in row[:12])
                        raise InputError(f"de kolom {theirs[0]} ontbreekt; gevonden: {shown_names}", start)
                continue
            place = Location(shown, reader.line_num, 1)
            if len(row) < width and len(row) <= max(places.values()):
                raise InputError(f"deze regel heeft {len(row)} kolommen en de kopregel {width}", place)
            yield {ours: row[places[ours]].strip() if ours in places else "" for ours in columns}, place
    except csv.Error:
        raise InputError("dit is geen geldige CSV", Location(shown, reader.line_num or 1, 1)) from None
    if not places:
        raise InputError("dit bestand is leeg", start)


def _text(path: Path, start: Location) -> str:
    data = read_bounded(path, start, MAX_BYTES, "een CSV-bestand", "neem alleen de regels die nodig zijn")
    if b"\0" in data:
        raise InputError("dit is geen CSV-bestand maar een binair bestand of UTF-16; sla het op als CSV UTF-8", start)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows-1252 leaves five codes unused; no register has them, and a number never does.
        return data.decode("cp1252", errors="replace")
