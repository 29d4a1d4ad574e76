"""Rooms and outdoor spaces of a kindercentrum: whose a room is, and how an outdoor space lies to the centre."""

from __future__ import annotations

from ikec_compliance.facts.context import Context
from ikec_compliance.facts.derived import Derivation, Derived, Subject
from ikec_compliance.model.value import FALSE, POS, TRUE, UNKNOWN_FLAG

_BESIDE_CENTRE = ("aangrenzend_kindercentrum",)
_BESIDE_BUILDING = ("aangrenzend_kindercentrum", "aangrenzend_gebouw")
_ELSEWHERE = ("aangrenzend_gebouw", "directe_omgeving")


def own_room(subject: Subject, context: Context) -> Derived:
    """Whether a groep has a fixed room that no other groep of a dagopvang uses (BKK art. 10 lid 2)."""
    group = subject[0]
    room = group.get("ruimte")
    places = [group.place("ruimte")]
    if room is None:
        return UNKNOWN_FLAG, "de ruimte van de groep is niet ingevuld", tuple(places)
    others = [
        other
        for other in context.centre.records("groepen")
        if other.id != group.id and other.get("ruimte") == room and context.facility(other, "dagopvang") is not None
    ]
    places += [other.place("ruimte") for other in others]
    rest = TRUE if context.centre.complete("groepen") else UNKNOWN_FLAG
    return (FALSE if others else rest), "een ruimte die geen andere groep van de dagopvang gebruikt", tuple(places)


def _outdoor(kinds: tuple[str, ...]) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        low = high = 0
        places = []
        for space in context.centre.records("buitenruimtes"):
            lies, m2 = space.get("ligging"), space.get("m2")
            if subject[0].id not in space.get("voorzieningen") or (lies is not None and lies not in kinds):
                continue
            places.append(space.place("ligging"))
            # A space without a size counts as one of at least a hundredth, so that its place is not lost.
            low += (1 if m2 is None else int(m2 * 100)) if lies is not None else 0
            high = POS if m2 is None else min(POS, high + int(m2 * 100))
        if not context.centre.complete("buitenruimtes"):
            high = POS
            places.append(context.centre.place("buitenruimtes"))
        formula = f"som van de oppervlakte in buitenruimtes met ligging {' of '.join(kinds)}"
        return (low, high), formula, tuple(places) or (context.centre.place("buitenruimtes"),)

    return derive


beside_centre: Derivation = _outdoor(_BESIDE_CENTRE)
"""Outdoor space in hundredths of m2 that adjoins the kindercentrum."""

beside_building: Derivation = _outdoor(_BESIDE_BUILDING)
"""Outdoor space in hundredths of m2 that adjoins the kindercentrum or the building it is in."""

not_beside_centre: Derivation = _outdoor(_ELSEWHERE)
"""Outdoor space in hundredths of m2 that does not adjoin the kindercentrum itself."""
