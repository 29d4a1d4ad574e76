"""Rooms to play in that several kindercentra use: their square metres are there once."""

from __future__ import annotations

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context, may_be_play_room
from ikec_compliance.facts.derived import Derived, Subject
from ikec_compliance.model.value import FALSE, POS, TRUE, UNKNOWN_FLAG, Value


def area_together(subject: Subject, context: Context) -> Derived:
    """The rooms of a voorziening and of those it shares rooms with, each counted once (BKK 10 lid 2, 19 lid 2)."""
    ids = {subject[0].id, *(facility.id for facility in context.sharing(subject[0]))}
    low = high = 0
    places = []
    for room in context.centre.records("ruimtes"):
        if may_be_play_room(room) and ids.intersection(room.get("voorzieningen")):
            places.append(room.place("m2"))
            area = _area(room)
            low, high = low + area[0], min(POS, high + area[1])
    if not context.centre.complete("ruimtes"):
        high = POS
        places.append(context.centre.place("ruimtes"))
    return (low, high), "som van de oppervlakte van ruimtes, gedeelde ruimtes een keer", tuple(places)


def shares_room(subject: Subject, context: Context) -> Derived:
    """Whether a voorziening shares a room to play in with another dagopvang or bso."""
    facility = subject[0]
    kinds = {f.id for f in context.centre.records("voorzieningen") if f.get("soort") in ("dagopvang", "bso")}
    shared = [
        room
        for room in context.centre.records("ruimtes")
        if may_be_play_room(room) and facility.id in room.get("voorzieningen")
        and len(kinds.intersection(room.get("voorzieningen"))) > 1
    ]  # fmt: skip
    if facility.id not in kinds:
        return FALSE, "geen dagopvang of bso", (facility.place("soort"),)
    rest = FALSE if context.centre.complete("ruimtes") else UNKNOWN_FLAG
    places = tuple(room.place("voorzieningen") for room in shared) or (context.centre.place("ruimtes"),)
    if any(room.get("ingericht_voor_spelen") is True for room in shared):
        return TRUE, "ruimtes die een ander kindercentrum ook gebruikt", places
    return UNKNOWN_FLAG if shared else rest, "ruimtes die een ander kindercentrum ook gebruikt", places


def _area(room: Record) -> Value:
    """In hundredths of m2; a room of which it is not known whether it is for play may count for nothing."""
    m2 = room.get("m2")
    steps = None if m2 is None else int(m2 * 100)
    surely = steps if steps is not None and room.get("ingericht_voor_spelen") is True else 0
    return (surely, POS if steps is None else steps)
