"""Where voorschoolse educatie is given and who gives it, from the groepen and the rooster."""

from __future__ import annotations

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.derived import Derived, Subject, all_of, any_of
from ikec_compliance.model.value import FALSE, TRUE, UNKNOWN_FLAG, Value, flag


def _subsidised(group: Record) -> Value:
    """Whether a groep has a programme the gemeente subsidises: only that is voorschoolse educatie (Wko art. 1.1)."""
    return all_of([flag(group.get("ve.aanbod")), flag(group.get("ve.gesubsidieerd"))])


def offered(subject: Subject, context: Context) -> Derived:
    """Whether a voorziening gives subsidised voorschoolse educatie in one of its groepen."""
    groups = [group for group in context.centre.records("groepen") if subject[0].id in group.get("voorzieningen")]
    rest = FALSE if context.centre.complete("groepen") else UNKNOWN_FLAG
    places = tuple(group.place("ve") for group in groups) or (context.centre.place("groepen"),)
    return any_of([_subsidised(group) for group in groups], rest), "een groep met gesubsidieerde ve", places


def gives(subject: Subject, context: Context) -> Derived:
    """Whether the medewerker is rostered as beroepskracht in a groep with subsidised voorschoolse educatie."""
    person, facility = subject
    values, places = [], []
    for line in context.lines("medewerker", person.id):
        role = line.get("rol")
        if role not in ("beroepskracht", None) or (facility and facility not in context.line_facilities(line)):
            continue
        group = context.must_find("groepen", line.get("groep"))
        values.append(all_of([UNKNOWN_FLAG if role is None else TRUE, _subsidised(group)]))
        places.append(line.place("groep"))
    rest = FALSE if context.centre.complete_days() else UNKNOWN_FLAG
    formula = "een roosterregel als beroepskracht in een groep met gesubsidieerde ve"
    return any_of(values, rest), formula, tuple(places[:3]) or (person.place("functie"),)
