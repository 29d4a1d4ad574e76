"""Yes/no fields that follow from which voorzieningen a number, a council or a medewerker belongs to."""

from __future__ import annotations

from ikec_compliance.centre.references import REGIME_OF
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.derived import Derived, Subject
from ikec_compliance.model.value import FALSE, TRUE, UNKNOWN_FLAG, Value

_CHILDCARE = ("dagopvang", "bso")


def own_number(subject: Subject, context: Context) -> Derived:
    """Whether no other voorziening carries the same LRK number (Wet kinderopvang art. 1.47b lid 3)."""
    facility = subject[0]
    number = facility.get("lrk_nummer")
    places = [facility.place("lrk_nummer")]
    if number is None:
        return UNKNOWN_FLAG, "lrk_nummer is niet ingevuld", tuple(places)
    value = TRUE if context.centre.complete("voorzieningen") else UNKNOWN_FLAG
    for other in context.centre.records("voorzieningen"):
        if other.id == facility.id or other.get("soort") not in _CHILDCARE:
            continue
        if other.get("lrk_nummer") == number:
            return FALSE, "een andere voorziening heeft hetzelfde lrk_nummer", (*places, other.place("lrk_nummer"))
        if other.get("lrk_nummer") is None:
            value = UNKNOWN_FLAG
            places.append(other.place("lrk_nummer"))
    return value, "het lrk_nummer komt bij geen andere voorziening voor", tuple(places)


def combined(subject: Subject, context: Context) -> Derived:
    """Whether an oudercommissie is that of more than one kindercentrum (art. 1.58a lid 1)."""
    council = subject[0]
    places = (council.place("voorzieningen"),)
    if council.get("voorzieningen") is None:
        return UNKNOWN_FLAG, "voorzieningen van de oudercommissie niet ingevuld", places
    centres = [facility for facility in context.facilities(council) if facility.get("soort") in _CHILDCARE]
    return (TRUE if len(centres) > 1 else FALSE), "kindercentra van de oudercommissie", places


def one_houder(subject: Subject, context: Context) -> Derived:
    """Whether all kindercentra of an oudercommissie belong to one organisatie (art. 1.58a lid 1)."""
    council = subject[0]
    places = [council.place("voorzieningen")]
    if council.get("voorzieningen") is None:
        return UNKNOWN_FLAG, "voorzieningen van de oudercommissie niet ingevuld", tuple(places)
    centres = [facility for facility in context.facilities(council) if facility.get("soort") in _CHILDCARE]
    places += [facility.place("organisatie") for facility in centres]
    same = len({facility.get("organisatie") for facility in centres}) <= 1
    return (TRUE if same else FALSE), "de organisatie van elk kindercentrum van de oudercommissie", tuple(places)


def several_regimes(subject: Subject, context: Context) -> Derived:
    """Whether a medewerker works in childcare and also in education or youth care."""
    person = subject[0]
    regimes = {REGIME_OF[facility.get("soort")] for facility in context.places(person)}
    value: Value = FALSE if person.get("werkt_bij") is not None else UNKNOWN_FLAG
    if "kinderopvang" in regimes and len(regimes) > 1:
        value = TRUE
    return value, "de voorzieningen van werkt_bij en van het rooster", (person.place("werkt_bij"),)
