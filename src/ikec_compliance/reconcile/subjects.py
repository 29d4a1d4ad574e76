"""Merged subjects: what a centre shares between voorzieningen, declared or implied (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ikec_compliance.centre.centre import LISTS, Centre, Record
from ikec_compliance.centre.references import REGIME_OF
from ikec_compliance.facts.context import Context
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass

_PREFIX = {
    "organisaties": "organisatie", "voorzieningen": "voorziening", "ruimtes": "ruimte", "buitenruimtes": "buitenruimte",
    "groepen": "groep", "medewerkers": "medewerker", "documenten": "document", "raden": "raad",
    "regelingen": "regeling",
}  # fmt: skip
_SCHOOL_ACT = {"so": "WEC", "sbo": "WPO", "basisschool": "WPO"}
_ACTS = {**{kind: (act,) for kind, act in _SCHOOL_ACT.items()},
         "dagopvang": ("WKO", "BKK"), "bso": ("WKO", "BKK"), "jeugdhulp": ("JW",)}  # fmt: skip
# The act behind a kind of document; those that are not here are asked of schools.
_DOCUMENT_ACT = {"pedagogisch_beleidsplan": "BKK", "beleid_veiligheid_gezondheid": "BKK", "ve_opleidingsplan": "BVE"}


@dataclass(frozen=True, slots=True, eq=False)
class MergedSubject:
    """One thing that serves several voorzieningen.

    ``members`` are the subject ids of facts that it stands for; ``acts`` the parties behind it; ``declared`` tells
    whether the configuration gives the value itself (``value``, in the words of the configuration).
    """

    id: str
    kind: str
    title: str
    record: Record
    members: frozenset[str]
    facilities: tuple[str, ...]
    acts: frozenset[str]
    location: Location
    declared: bool = False
    value: Any = None

    def covers(self, subject: str) -> bool:
        """Whether a fact with this subject id belongs to it: each part of the id is a member."""
        return all(part in self.members for part in subject.partition("@")[0].split("/"))


def acts_of(facility: Record) -> tuple[str, ...]:
    """The acts a voorziening answers to."""
    return _ACTS.get(str(facility.get("soort")), ())


def merged_subjects(context: Context) -> list[MergedSubject]:
    """Every merge: first the declared ones, then the implied ones, in file order."""
    return [*_declared(context), *_documents(context), *_shared(context), *_common(context), *_persons(context)]


def _declared(context: Context) -> Iterator[MergedSubject]:
    centre = context.centre
    for record in centre.records("integratie"):
        shared = [other for id_ in record.get("deelt") for other in _named(id_, centre)]
        facilities = _facilities(shared, context)
        yield MergedSubject(
            id=f"integratie:{record.id}",
            kind=record.get("soort"),
            title=str(record.get("soort")).replace("_", " "),
            record=record,
            members=_members([*shared, *facilities], context),
            facilities=tuple(facility.id for facility in facilities),
            acts=frozenset(act for facility in facilities for act in acts_of(facility)),
            location=record.place("deelt"),
            declared="waarde" in record.data,
            value=record.get("waarde"),
        )


def _named(id_: str, centre: Centre) -> list[Record]:
    """What an id in ``deelt`` names: the voorziening if there is one, else everything with that id."""
    facility = centre.find("voorzieningen", id_)
    if facility is not None:
        return [facility]
    found = (centre.find(key, id_) for key in LISTS if key in _PREFIX)
    return [record for record in found if record is not None]


def _facilities(records: Iterable[Record], context: Context) -> list[Record]:
    """The voorzieningen among and behind records, once each, in file order."""
    wanted: set[str] = set()
    for record in records:
        if record.key == "voorzieningen":
            wanted.add(record.id)
        elif record.key == "organisaties":
            wanted |= {f.id for f in context.centre.records("voorzieningen") if f.get("organisatie") == record.id}
        elif record.key == "medewerkers":
            wanted |= {facility.id for person, facility in context.pairs() if person is record}
        else:
            wanted.update(record.get("voorzieningen") or ())
    return [facility for facility in context.centre.records("voorzieningen") if facility.id in wanted]


def _members(records: Iterable[Record], context: Context) -> frozenset[str]:
    found = set()
    for record in records:
        found.add(f"{_PREFIX[record.key]}:{record.id}")
        if record.key == "voorzieningen" and record.get("organisatie"):
            found.add(f"organisatie:{record.get('organisatie')}")
    return frozenset(found)


def _implied(kind: str, title: str, record: Record, acts: Iterable[str], context: Context, path: str) -> MergedSubject:
    facilities = _facilities([record], context)
    return MergedSubject(
        id=f"{_PREFIX[record.key]}:{record.id}",
        kind=kind,
        title=title,
        record=record,
        members=_members([record, *facilities], context),
        facilities=tuple(facility.id for facility in facilities),
        acts=frozenset(acts),
        location=record.place(path),
    )


def _documents(context: Context) -> Iterator[MergedSubject]:
    for record in context.centre.records("documenten"):
        kinds = record.get("soorten")
        if len(kinds) < 2:
            continue
        schools = [_SCHOOL_ACT.get(str(f.get("soort"))) for f in _facilities([record], context)]
        acts = {_DOCUMENT_ACT[kind] for kind in kinds if kind in _DOCUMENT_ACT}
        if any(kind not in _DOCUMENT_ACT for kind in kinds):
            acts |= {act for act in schools if act is not None}
        title = record.get("titel")
        name = f'document "{title}"' if title else f"document {record.id}"
        yield _implied("plan", name, record, acts, context, "titel")


def _shared(context: Context) -> Iterator[MergedSubject]:
    for key, kind in (("groepen", "groep"), ("ruimtes", "ruimte"), ("buitenruimtes", "buitenruimte")):
        for record in context.centre.records(key):
            facilities = _facilities([record], context)
            if len(facilities) > 1:
                acts = {act for facility in facilities for act in acts_of(facility)}
                name = f"{kind} {record.get('naam') or record.id}"
                yield _implied(kind, name, record, acts, context, "voorzieningen")


def _common(context: Context) -> Iterator[MergedSubject]:
    """Councils and complaints procedures that serve voorzieningen under different regimes."""
    for key, kind in (("raden", "raad"), ("regelingen", "klachten")):
        for record in context.centre.records(key):
            if key == "regelingen" and record.get("soort") != "klachten":
                continue
            facilities = _facilities([record], context)
            if len({REGIME_OF.get(facility.get("soort")) for facility in facilities}) > 1:
                acts = {act for facility in facilities for act in acts_of(facility)}
                name = (
                    f"{kind} {record.get('naam') or record.id}" if kind == "raad" else f"klachtenregeling {record.id}"
                )
                yield _implied(kind, name, record, acts, context, "voorzieningen")


def _persons(context: Context) -> Iterator[MergedSubject]:
    for record in context.centre.records("medewerkers"):
        facilities = _facilities([record], context)
        roles = {(line.get("rol"), context.regime(line)) for line in context.lines("medewerker", record.id)}
        if len(facilities) > 1 or len(roles) > 1:
            acts = {act for facility in facilities for act in acts_of(facility)}
            yield _implied("persoon", f"medewerker {record.id}", record, acts, context, "functie")
