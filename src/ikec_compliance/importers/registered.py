"""Compares the facts of a configuration with those of a register: what it lacks is filled in, a difference is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ikec_compliance.centre import Centre, Record
from ikec_compliance.importers.registers import Entry, read_duo, read_lrk
from ikec_compliance.model.place import Location

FILLED, SAME, DIFFERENT, REMARK = "ingevuld", "gelijk", "verschilt", "opmerking"
"""What came of a fact: it was absent or unknown, it is the same, it differs, or there is something to tell."""

_KINDS = {"KDV": "dagopvang", "BSO": "bso"}
_SOURCES = {"lrk_nummer": "LRK", "brin": "DUO"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one voorziening, as a register has it. ``own`` is what the configuration says, if anything."""

    facility: str
    source: str
    state: str
    place: Location
    key: str = ""
    value: str | int | date | None = None
    own: object = None
    remark: str = ""


def registered_facts(centre: Centre, lrk: Path | None, duo: Path | None) -> list[Fact]:
    """What the registers say of the voorzieningen whose ``lrk_nummer`` or ``brin`` stands in them, in file order."""
    facilities = centre.records("voorzieningen")
    found: list[Fact] = []
    if lrk is not None:
        numbers = {str(item.get("lrk_nummer")).lstrip("0") for item in facilities if item.get("lrk_nummer")}
        entries = read_lrk(lrk, numbers)
        for item in facilities:
            if item.get("lrk_nummer"):
                found.extend(_of(item, "lrk_nummer", entries.get(str(item.get("lrk_nummer")).lstrip("0"), [])))
    if duo is not None:
        entries = read_duo(duo, {str(item.get("brin")) for item in facilities if item.get("brin")})
        for item in facilities:
            if item.get("brin"):
                found.extend(_of(item, "brin", entries.get(str(item.get("brin")), [])))
    return found


def _of(item: Record, number: str, entries: Sequence[Entry]) -> Iterator[Fact]:
    source = _SOURCES[number]
    shown = item.get(number)
    entry, remark = _chosen(entries, source, str(shown))
    if remark:
        yield Fact(item.id, source, REMARK, item.place(number), remark=remark)
    if entry is None:
        return
    kind = _KINDS.get(entry.kind)
    if kind is not None and kind != item.get("soort"):
        yield Fact(item.id, source, DIFFERENT, item.place("soort"), "soort", kind, item.get("soort"))
    for key, value in entry.facts.items():
        own = item.get(key)
        if own is None:
            yield Fact(item.id, source, FILLED, item.place(key), key, value)
        else:
            state = SAME if _fold(own) == _fold(value) else DIFFERENT
            yield Fact(item.id, source, state, item.place(key), key, value, own)


def _chosen(entries: Sequence[Entry], source: str, number: str) -> tuple[Entry | None, str]:
    """The entry that is meant, and what there is to tell about it."""
    if not entries:
        return None, f"{number} staat niet in het bestand van {source}"
    current = [entry for entry in entries if entry.registered]
    if not current:
        return None, f"{number} staat in het bestand van {source} als niet meer ingeschreven"
    if len(current) == 1:
        return current[0], ""
    # Of a school without the two digits of its vestiging, the first is the main one.
    main = [entry for entry in current if entry.number == f"{number}00"]
    if len(main) == 1:
        return main[0], f"{number} heeft {len(current)} vestigingen; gebruikt is hoofdvestiging {main[0].number}"
    return None, f"{number} staat {len(current)} keer in het bestand van {source}; er is niets overgenomen"


def _fold(value: object) -> str:
    """A form in which spaces, case and punctuation make no difference."""
    return re.sub(r"[\s.,]+", "", str(value)).casefold()


def by_facility(facts: Sequence[Fact]) -> Mapping[str, dict[str, str | int | date]]:
    """What is to be filled in, per voorziening: the first source that has it."""
    found: dict[str, dict[str, str | int | date]] = {}
    for fact in facts:
        if fact.state == FILLED and fact.value is not None:
            found.setdefault(fact.facility, {}).setdefault(fact.key, fact.value)
    return found
