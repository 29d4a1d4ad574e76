"""People with several roles: per stretch of a day which regime, registration, ratio and cao."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ikec_compliance.centre.centre import Record
from ikec_compliance.centre.references import REGIME_OF
from ikec_compliance.facts.base import FactBase
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.roster import Line, Roster
from ikec_compliance.facts.staffing import Staffing
from ikec_compliance.model.joint import WorkingTime
from ikec_compliance.model.value import FALSE, TRUE

_REGIMES = ("onderwijs", "kinderopvang", "jeugdhulp")


def working_times(facts: FactBase, id_: str) -> Iterator[WorkingTime]:
    """The stretches of each checked day in which a medewerker works; a stretch ends where anything changes."""
    context = facts.context
    person = context.must_find("medewerkers", id_)
    roster, staffing = Roster(context), Staffing(context)
    for day in facts.days:
        mine = [line for lines in roster.day(day).by_group.values() for line in lines if line.person == id_]
        edges = sorted({edge for line in mine for edge in (line.start, line.end)})
        for start, end in pairwise(edges):
            there = [line for line in mine if line.start <= start and end <= line.end]
            if there:
                yield _stretch(person, there, day, start, end, staffing, context)


def _stretch(
    person: Record, lines: Sequence[Line], day: date, start: int, end: int, staffing: Staffing, context: Context
) -> WorkingTime:
    regimes = tuple(regime for regime in _REGIMES if any(line.regime == regime for line in lines))
    groups = tuple(dict.fromkeys(line.group for line in lines))
    roles = dict.fromkeys(str(line.role or "rol onbekend").replace("_", " ") for line in lines)
    notes = []
    if len(regimes) > 1:
        notes.append("twee regimes tegelijk: verdeel de tijd of kies een rol")
    elif len(groups) > 1:
        notes.append("op twee plekken tegelijk: telt hoogstens op een plek mee")
    for line in lines:
        hosts = context.line_facilities(line.record)
        others = {f.get("organisatie") for f in hosts} - {person.get("organisatie")}
        if hosts and others and len(others) == len({f.get("organisatie") for f in hosts}):
            notes.append(f"werkt voor {', '.join(sorted(map(str, others)))}: leg inlenen of een tweede contract vast")
    return WorkingTime(
        day=day,
        start=_clock(start),
        end=_clock(end),
        groups=groups,
        regimes=regimes,
        role=", ".join(roles),
        registration="; ".join(dict.fromkeys(_registrations(person, lines, day, context))),
        counted=_counted(lines, staffing, day, context),
        cao=_cao(person, context),
        note="; ".join(dict.fromkeys(notes)),
    )


def _registrations(person: Record, lines: Sequence[Line], day: date, context: Context) -> Iterator[str]:
    """What each regime wants of the person here; whoever is in a groep with opvang is in the personenregister too."""
    for line in lines:
        group = context.must_find("groepen", line.group)
        shared = any(REGIME_OF[f.get("soort")] == "kinderopvang" for f in context.facilities(group))
        if line.regime == "kinderopvang" or shared:
            linked = person.get("registraties.personenregister.gekoppeld_op")
            yield "personenregister: " + ("onbekend" if linked is None else "ja" if linked <= day else "nog niet")
        if line.regime == "onderwijs":
            teaches = line.role == "leraar"
            answer = _answer(person.get("onderwijsbevoegdheid.bevoegd"))
            yield f"onderwijsbevoegdheid: {answer}" if teaches else "onderwijs: in deze rol geen bevoegdheid nodig"
        if line.regime == "jeugdhulp":
            yield _care_registration(person, day)


def _care_registration(person: Record, day: date) -> str:
    known = {name: person.get(f"registraties.{name}.geldig_tot") for name in ("skj", "big")}
    valid = [name.upper() for name, until in known.items() if until is not None and until >= day]
    lapsed = [name.upper() for name, until in known.items() if until is not None and until < day]
    if valid:
        return f"jeugdhulp: {' en '.join(valid)}"
    return f"jeugdhulp: {' en '.join(lapsed)} verlopen" if lapsed else "jeugdhulp: geen SKJ of BIG bekend"


def _answer(value: object) -> str:
    return "onbekend" if value is None else "ja" if value else "nee"


def _counted(lines: Sequence[Line], staffing: Staffing, day: date, context: Context) -> str:
    shown = []
    for line in lines:
        if line.regime != "kinderopvang":
            continue
        kinds = [
            str(f.get("soort"))
            for f in context.line_facilities(line.record)
            if REGIME_OF[f.get("soort")] == line.regime
        ]
        for kind in kinds or ["dagopvang"]:
            value = staffing.counts(line, kind, day, len(lines) > 1 or line.doubled)
            shown.append(f"{kind}: {'ja' if value == TRUE else 'nee' if value == FALSE else 'onbekend'}")
    return "; ".join(dict.fromkeys(shown)) or "geen ratio"


def _cao(person: Record, context: Context) -> str:
    employer = context.centre.find("organisaties", person.get("organisatie"))
    cao = employer.get("cao") if employer is not None else None
    return str(cao) if cao else f"cao van {person.get('organisatie')} niet ingevuld"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
