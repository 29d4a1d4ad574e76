"""How facts are shown to people: values, names of subjects, questions."""

from __future__ import annotations

from datetime import date

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.model.fact import Absent, Fact
from ikec_compliance.model.result import MissingFact
from ikec_compliance.model.value import NEG, POS, Value, is_known
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, Vocabulary
from ikec_compliance.rules.sides import show_date
from ikec_compliance.rules.units import Measure, show_number

_LIST_OF = {"organisatie": "organisaties", "voorziening": "voorzieningen", "groep": "groepen",
            "medewerker": "medewerkers", "document": "documenten", "raad": "raden", "regeling": "regelingen",
            "integratie": "integratie", "ruimte": "ruimtes", "buitenruimte": "buitenruimtes"}  # fmt: skip


def show_value(value: Value, field: FieldDef, vocabulary: Vocabulary) -> str:
    """A value in Dutch: ``onbekend``, ``ja``, ``23 november 2026``, ``54,5 m2`` or a range."""
    low, high = value
    if not is_known(value):
        if field.kind is FieldKind.NUMBER:
            ends = [show_value((end, end), field, vocabulary) for end in value]
            if high < POS:
                return f"tussen {ends[0]} en {ends[1]}" if low > field.low else f"hoogstens {ends[1]}"
            return f"ten minste {ends[0]}" if low > field.low else "onbekend"
        return "onbekend"
    if field.kind in (FieldKind.BOOLEAN, FieldKind.LIST):
        return "ja" if low else "nee"
    if field.kind is FieldKind.CHOICE:
        return field.choices[low].replace("_", " ")
    if field.kind is FieldKind.DATE:
        return show_date(date.fromordinal(low)) if NEG < low < POS else "onbekend"
    return show_number(low, Measure(field.unit), vocabulary)


def record_of(subject: str, centre: Centre) -> Record | None:
    """The record behind a subject id (the first part of a pair)."""
    prefix, _, rest = subject.partition("@")[0].partition("/")[0].partition(":")
    key = _LIST_OF.get(prefix)
    return centre.find(key, rest) if key else None


def subject_title(subject: str, centre: Centre) -> str:
    """The centre's own name for a subject: its naam or titel, else its id."""
    body, at, day = subject.partition("@")
    names = []
    for part in body.split("/"):
        record = record_of(part, centre)
        own = None if record is None else record.get("naam") or record.get("titel") or _own_role(record)
        names.append(own or part.partition(":")[2])
    title = ", ".join(names)
    return f"{title}, {show_date(date.fromisoformat(day))}" if at else title


def _own_role(record: Record) -> str | None:
    if record.key != "medewerkers":
        return None
    role = record.get("eigen_functie") or str(record.get("functie")).replace("_", " ")
    return f"{role} {record.id}"


def missing_fact(fact: Fact, path: str, centre: Centre, vocabulary: Vocabulary) -> MissingFact:
    """The question behind an unknown field, asked of the object that holds it."""
    if fact.interval is None and vocabulary.types[fact.type].per_day:
        day = date.fromisoformat(fact.subject.partition("@")[2])
        question = f"Vul het rooster van {show_date(day)} aan en zet die dag in volledig.rooster."
        return MissingFact(fact.subject.partition("@")[2], "rooster", question, centre.place("volledig", "rooster"))
    owner, rest = fact, path
    while "." in rest:
        head, _, tail = rest.partition(".")
        partner = owner.partners[head]
        if isinstance(partner, Absent):
            rest = f"{head}.aanwezig"
            break
        owner, rest = partner, tail
    definition = vocabulary.field(owner.type, rest)
    question = definition.question if definition else ""
    _, tilde, member = rest.partition("~")
    if tilde:
        question = f"Bevat dit het onderdeel '{member.replace('_', ' ')}'?"
    source = owner.source(rest) if "." not in rest else None
    _, hint, where = source.formula.partition("; vul aan bij ") if source else ("", "", "")
    if not question and not hint:
        question = f"Vul in: {definition.title if definition else rest}."
    place = source.places[0] if source and source.places else owner.location
    if hint:
        question = f"{question} Vul aan bij {where}.".lstrip()
    return MissingFact(owner.subject, rest, question, place)
