"""All facts of a configuration on a date: one per subject, and one per slice of a presence subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.derivations import DERIVATIONS
from ikec_compliance.facts.derived import Derived, Subject
from ikec_compliance.facts.partners import partner_record
from ikec_compliance.facts.presence import Presence, PresenceDay
from ikec_compliance.facts.ratio import Ratio
from ikec_compliance.facts.reading import members, to_value
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.fact import Absent, Fact, Provenance
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import UNKNOWN_FLAG, Value, known
from ikec_compliance.model.vocabulary import FieldKind, SubjectType, Vocabulary

_PRESENCE = ("groepsmoment", "centrummoment", "centrumdag")


class _Values(dict[str, Value]):
    """Field values, computed when a rule first asks for them: most rules read few fields."""

    def __init__(self, owner: _Owner) -> None:
        super().__init__()
        self._owner = owner

    def __missing__(self, path: str) -> Value:
        value = self._owner.compute(path)
        self[path] = value
        return value


class _Sources(Mapping[str, Provenance]):
    """Provenance of the same fields, worked out only when an explanation asks."""

    def __init__(self, owner: _Owner) -> None:
        self._owner = owner

    def __getitem__(self, path: str) -> Provenance:
        return self._owner.explain(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._owner.type.fields)

    def __len__(self) -> int:
        return len(self._owner.type.fields)


@dataclass(slots=True, eq=False)
class _Owner:
    """The record behind a fact and how its fields are read."""

    type: SubjectType
    subject: Subject
    context: Context

    def compute(self, path: str) -> Value:
        name, tilde, member = path.partition("~")
        definition = self.type.fields.get(name)
        if definition is None:
            raise KeyError(path)
        if definition.kind is FieldKind.LIST:
            found, rest = members(self.subject[0].get(definition.path), self.context.centre.complete("onderdelen"))
            return found.get(member, rest) if tilde else UNKNOWN_FLAG
        if definition.derivation:
            return self._derived(definition.derivation)[0]
        return to_value(self.subject[0].get(definition.path), definition, self.context.vocabulary)

    def explain(self, path: str) -> Provenance:
        definition = self.type.fields[path.partition("~")[0]]
        if definition.derivation:
            _, formula, places = self._derived(definition.derivation)
            return Provenance(formula, places)
        return Provenance(definition.path, (self.subject[0].place(definition.path),))

    def _derived(self, name: str) -> Derived:
        derivation = DERIVATIONS.get(name)
        if derivation is None:
            raise InternalError(f"begrippen.yaml noemt de afleiding '{name}', die niet bestaat")
        return derivation(self.subject, self.context)


@dataclass(frozen=True, slots=True, eq=False)
class PresenceSubject:
    """A presence subject on one day, before its facts are made.

    Two days of one subject with equal ``content`` have facts that differ in nothing but the date. ``settled`` is
    whether the roster of the day is known.
    """

    day: date
    content: tuple[object, ...]
    settled: bool
    make: Callable[[], list[Fact]]


@dataclass(slots=True, eq=False)
class FactBase:
    """Facts by subject type, made when asked for. ``days`` are the days whose presence is checked."""

    context: Context
    days: Sequence[date]
    rules_dir: Path
    _facts: dict[tuple[str, str], Fact] = field(default_factory=dict)
    _variants: dict[str, list[Fact]] = field(default_factory=dict)
    _presence: Presence | None = None
    _centre_days: dict[tuple[str, date], tuple[PresenceDay, dict[str, Value]]] = field(default_factory=dict)
    _day_facts: dict[tuple[str, date], Fact] = field(default_factory=dict)

    def of_type(self, name: str, days: Iterable[date] | None = None) -> list[Fact]:
        """Every fact of a subject type; for presence types one per slice of the given days (default: all)."""
        if name in _PRESENCE:
            return [fact for found in self.presence(name, self.days if days is None else days) for fact in found.make()]
        if name == "inzet":
            return [self._fact(name, person, facility) for person, facility in self.context.pairs()]
        subject = self.context.vocabulary.types[name]
        records = self.context.centre.records(subject.list_key)
        if name == "gedeeld_document":
            records = [record for record in records if len(record.get("soorten")) > 1]
        if name == "groep":
            return [fact for record in records for fact in self._group_facts(record)]
        return [self._fact(name, record) for record in records]

    def presence(self, name: str, days: Iterable[date]) -> Iterator[PresenceSubject]:
        """The subjects of a presence type by day, in the order in which ``of_type`` gives their facts."""
        presence = self._ensure()
        for day in days:
            if name == "groepsmoment":
                for group in presence.groups(day):
                    yield self._group_moments(group, day)
            else:
                for facility in presence.facilities(day):
                    yield self._centre_moments(name, facility, day)

    def _fact(self, name: str, record: Record, facility: Record | None = None) -> Fact:
        subject = self.context.vocabulary.types[name]
        id_ = f"{subject.prefix}:{record.id}" + (f"/voorziening:{facility.id}" if facility else "")
        found = self._facts.get((name, id_))
        if found is not None:
            return found
        owner = _Owner(subject, (record, facility), self.context)
        partners: dict[str, Fact | Absent] = {}
        fact = Fact(name, id_, _Values(owner), record.place("id"), partners, {}, _Sources(owner))
        # Stored before its partners are made: two subjects may name each other.
        self._facts[name, id_] = fact
        for partner in subject.partners.values():
            other = facility if partner.via == "pair" and facility else partner_record(record, partner, self.context)
            partners[partner.name] = other if isinstance(other, Absent) else self._fact(partner.type, other)
        return fact

    def _group_facts(self, group: Record) -> list[Fact]:
        """A groep; one that has several voorzieningen of a kind once for each, for it must do right by all of them."""
        if group.id not in self._variants:
            fact = self._fact("groep", group)
            several = []
            for partner in self.context.vocabulary.types["groep"].partners.values():
                if partner.via == "facility":
                    of_kind = [f for f in self.context.facilities(group) if f.get("soort") == partner.argument]
                    if len(of_kind) > 1:
                        several.append([(partner.name, facility) for facility in of_kind])
            found = [fact]
            if several:
                found = [
                    replace(fact, partners={**fact.partners, **{n: self._fact("voorziening", f) for n, f in chosen}})
                    for chosen in product(*several)
                ]
            self._variants[group.id] = found
        return self._variants[group.id]

    def _group_moments(self, group: Record, day: date) -> PresenceSubject:
        found = self._ensure().group_day(group, day)
        owners = self._group_facts(group)
        hosts = [self._host(owner) for owner in owners]
        totals = tuple(() if host is None else tuple(self._day(host, day)[1].values()) for host in hosts)

        def make() -> list[Fact]:
            facts: list[Fact] = []
            for owner, host in zip(owners, hosts, strict=True):
                partners: dict[str, Fact | Absent] = {
                    "groep": owner, "dagopvang": owner.partners["dagopvang"], "bso": owner.partners["bso"],
                    "dag": owner.partners["bso"] if host is None else self._day_fact(host, day),
                }  # fmt: skip
                facts += _slices("groepsmoment", found, partners)
            return facts

        settled = found.moments[0].interval is not None
        return PresenceSubject(day, (group.id, id(found.moments), totals), settled, make)

    def _host(self, group: Fact) -> Record | None:
        """The voorziening whose day it is: the dagopvang of a groep, else its bso."""
        for name in ("dagopvang", "bso"):
            partner = group.partners[name]
            if isinstance(partner, Fact):
                return self.context.must_find("voorzieningen", partner.subject.partition(":")[2])
        return None

    def _centre_moments(self, name: str, facility: Record, day: date) -> PresenceSubject:
        found, totals = self._day(facility, day)

        def make() -> list[Fact]:
            fact = self._day_fact(facility, day)
            if name == "centrumdag":
                return [fact]
            return list(_slices(name, found, {"voorziening": self._fact("voorziening", facility), "dag": fact}))

        settled = found.moments[0].interval is not None
        return PresenceSubject(day, (facility.id, id(found.moments), tuple(totals.values())), settled, make)

    def _day(self, facility: Record, day: date) -> tuple[PresenceDay, dict[str, Value]]:
        key = (facility.id, day)
        if key not in self._centre_days:
            self._centre_days[key] = self._ensure().centre_day(facility, day)
        return self._centre_days[key]

    def _day_fact(self, facility: Record, day: date) -> Fact:
        key = (facility.id, day)
        if key not in self._day_facts:
            values = {**self._day(facility, day)[1], "peildatum": known(day.toordinal())}
            partners: dict[str, Fact | Absent] = {"voorziening": self._fact("voorziening", facility)}
            subject = _dated(facility, "voorziening", day)
            self._day_facts[key] = Fact("centrumdag", subject, values, facility.place("id"), partners)
        return self._day_facts[key]

    def _ensure(self) -> Presence:
        if self._presence is None:
            self._presence = Presence(self.context, Ratio(self.rules_dir))
        return self._presence


def _slices(name: str, found: PresenceDay, partners: dict[str, Fact | Absent]) -> Iterator[Fact]:
    prefix = "groep" if name == "groepsmoment" else "voorziening"
    subject, today = _dated(found.record, prefix, found.day), known(found.day.toordinal())
    place = found.record.place("id")
    for moment in found.moments:
        values = {**moment.values, "peildatum": today}
        yield Fact(name, subject, values, place, partners, {}, moment.provenance, moment.interval)


def _dated(record: Record, prefix: str, day: date) -> str:
    return f"{prefix}:{record.id}@{day.isoformat()}"


def derive(centre: Centre, vocabulary: Vocabulary, on: date, days: Sequence[date], rules_dir: Path) -> FactBase:
    """The facts of a centre on a date; presence over ``days``; BKR tables from ``rules_dir``."""
    return FactBase(Context(centre, vocabulary, on), list(days), rules_dir)


__all__: list[Any] = ["FactBase", "derive"]
