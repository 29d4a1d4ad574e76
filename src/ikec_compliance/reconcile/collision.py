"""Collisions: norms of several parties on one quantity of one merged subject, with their exact class and state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from ikec_compliance.engine import pairs, run_isolated
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.value import Value
from ikec_compliance.reconcile.certificate import restricting
from ikec_compliance.reconcile.domain import Axis, Domain, everything, intersection
from ikec_compliance.reconcile.frictions import FreeParty, Friction, matching
from ikec_compliance.reconcile.norms import AppliedNorm, Standing
from ikec_compliance.reconcile.subjects import MergedSubject

_SECONDS = 30.0
_EQUAL, _DIFFER = ("subject", "quantity"), ("act", "addressee")


class ConflictClass(str, Enum):
    """What the norms do together (DESIGN §9)."""

    CONTRADICTORY = "tegenstrijdig"
    CONDITIONAL = "voorwaardelijk"
    DOUBLE = "dubbel"
    REVIEW = "te_beoordelen"


class State(str, Enum):
    """Where the centre stands."""

    OPEN = "open"
    MET = "voldaan"
    UNKNOWN = "onbekend"


@dataclass(frozen=True, slots=True, eq=False)
class Collision:
    """Norms that meet. ``joint`` is what the hard ones leave; ``None`` when they cannot be compared.

    ``free`` are the parties that leave the quantity free; ``binding`` the hard norms that restrict.
    """

    subject: MergedSubject
    norms: tuple[AppliedNorm, ...]
    free: tuple[FreeParty, ...]
    friction: Friction | None
    conflict_class: ConflictClass
    state: State
    joint: Domain | None
    binding: tuple[AppliedNorm, ...]
    reason: str

    @property
    def axis(self) -> Axis:
        """What is measured."""
        return self.norms[0].axis

    @property
    def hard(self) -> tuple[AppliedNorm, ...]:
        """The norms that restrict and stand in the certificate."""
        return tuple(item for item in self.norms if item.standing is Standing.HARD)

    @property
    def values(self) -> tuple[Value, ...]:
        """What the centre chose, each value once."""
        return tuple(dict.fromkeys(value for item in self.norms for value in item.values))


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """A party's entry in the join: a norm, or the freedom of a party without one."""

    subject: int
    quantity: str
    party: tuple[str, str]
    key: tuple[object, ...]
    norm: AppliedNorm | None
    free: FreeParty | None


def collisions(
    attached: Sequence[tuple[MergedSubject, Sequence[AppliedNorm]]], frictions: Sequence[Friction]
) -> list[Collision]:
    """Every collision, in the order of subjects and norms."""
    entries: list[_Candidate] = []
    for number, (subject, norms) in enumerate(attached):
        entries += _entries(number, subject, norms, frictions)
    met = meeting(entries)
    groups: dict[tuple[int, str], set[int]] = {}
    for first, second in met:
        groups.setdefault((entries[first].subject, entries[first].quantity), set()).update((first, second))
    found: list[Collision] = []
    for (number, quantity), positions in sorted(groups.items(), key=lambda item: min(item[1])):
        members = [entries[position] for position in sorted(positions)]
        found += _within(attached[number][0], quantity, members, frictions)
    return found


def meeting(entries: Sequence[_Candidate]) -> list[tuple[int, int]]:
    """Positions of entries of different parties on the same quantity of the same subject, as joins of the engine."""
    if len(entries) < 2:
        return []
    facts = [
        dict(zip((*_EQUAL, *_DIFFER), numbers, strict=True))
        for numbers in zip(
            [entry.subject for entry in entries],
            _numbered(entry.quantity for entry in entries),
            _numbered(entry.party[0] for entry in entries),
            _numbered(entry.party[1] for entry in entries),
            strict=True,
        )
    ]
    return run_isolated(pairs, facts, _EQUAL, _DIFFER, seconds=_SECONDS)


def _numbered(names: Iterable[str]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in names]


def _entries(
    number: int, subject: MergedSubject, norms: Sequence[AppliedNorm], frictions: Sequence[Friction]
) -> list[_Candidate]:
    entries = []
    for item in norms:
        about = matching(frictions, subject.kind, item.norm.quantity.name)
        counting = item.norm.quantity.counting
        for friction in about:
            if counting in friction.countings:
                counting = friction.countings[0]
                break
        key = (item.axis, counting)
        entries.append(_Candidate(number, item.norm.quantity.name, item.party, key, item, None))
    # A party without a norm has everything as its own set; it counts only where a friction says that it is one.
    for quantity in dict.fromkeys(item.norm.quantity.name for item in norms):
        acts = {item.act for item in norms if item.norm.quantity.name == quantity}
        keys = list(dict.fromkeys(entry.key for entry in entries if entry.quantity == quantity))
        listed = {free.act: free for friction in matching(frictions, subject.kind, quantity) for free in friction.free}
        for act, free in listed.items():
            if act in subject.acts and act not in acts:
                entries += [_Candidate(number, quantity, (act, free.addressee), key, None, free) for key in keys]
    return entries


def _within(
    subject: MergedSubject, quantity: str, members: Sequence[_Candidate], frictions: Sequence[Friction]
) -> list[Collision]:
    """The collisions among entries that meet: one per comparable set, and one for sets that cannot be compared."""
    sets: dict[tuple[object, ...], list[_Candidate]] = {}
    for entry in members:
        sets.setdefault(entry.key, []).append(entry)
    open_frictions = matching(frictions, subject.kind, quantity)
    found = []
    for entries in sets.values():
        norms = [entry.norm for entry in entries if entry.norm is not None]
        if len({entry.party for entry in entries}) < 2 or all(item.domain.full for item in norms):
            continue
        free = tuple(entry.free for entry in entries if entry.free is not None)
        friction = _take(open_frictions, norms)
        found.append(judge(subject, norms, free, friction))
    normed = [[entry.norm for entry in entries if entry.norm is not None] for entries in sets.values()]
    restricted = [norms for norms in normed if not all(item.domain.full for item in norms)]
    parties = [{item.party for item in norms} for norms in restricted]
    if len(restricted) > 1 and len(set[tuple[str, str]]().union(*parties)) > 1:
        together = [item for norms in restricted for item in norms]
        found.append(_incomparable(subject, together, _take(open_frictions, together)))
    return found


def _take(frictions: list[Friction], norms: Sequence[AppliedNorm]) -> Friction | None:
    """The first friction whose parties are all there; it names one collision of a subject only."""
    acts = {item.act for item in norms}
    for friction in frictions:
        if friction.fits(acts):
            frictions.remove(friction)
            return friction
    return None


def _incomparable(subject: MergedSubject, norms: Sequence[AppliedNorm], friction: Friction | None) -> Collision:
    return Collision(
        subject, tuple(norms), (), friction, ConflictClass.REVIEW, State.UNKNOWN, None, (), "onvergelijkbaar"
    )


def judge(
    subject: MergedSubject, norms: Sequence[AppliedNorm], free: Sequence[FreeParty], friction: Friction | None
) -> Collision:
    """Class, state and joint set of comparable norms of at least two parties.

    A contradiction of confirmed, hard norms stands whatever an open or unconfirmed norm would add: more norms only
    make the joint set smaller. In any other case an open or unconfirmed norm leaves the class to be judged.
    """
    if not norms:
        raise InternalError("een botsing zonder normen")
    axis = norms[0].axis
    hard = [item for item in norms if item.standing is Standing.HARD]
    joint = intersection([item.domain for item in hard], axis)
    binding = tuple(hard[position] for position in restricting([item.domain for item in hard], axis))
    unsettled = [item for item in norms if not item.standing.settled]
    if joint.empty:
        kind, reason = ConflictClass.CONTRADICTORY, "geen gezamenlijke waarde"
    elif unsettled:
        kind, reason = ConflictClass.REVIEW, _open_reason(unsettled)
    elif free or any(own != joint for own in own_sets(norms, axis).values()):
        kind = ConflictClass.CONDITIONAL
        several = len({item.party for item in binding}) > 1
        reason = "meer partijen beperken" if several else "strengste eis wint"
    else:
        kind, reason = ConflictClass.DOUBLE, "hetzelfde dubbel gevraagd"
    if kind is ConflictClass.CONDITIONAL and not binding:
        raise InternalError("een voorwaardelijke botsing waarin niemand iets beperkt")
    state = _state(norms, unsettled, joint, free)
    return Collision(subject, tuple(norms), tuple(free), friction, kind, state, joint, binding, reason)


def own_sets(norms: Sequence[AppliedNorm], axis: Axis) -> Mapping[tuple[str, str], Domain]:
    """What each party leaves by itself; everything for one that only permits."""
    sets: dict[tuple[str, str], Domain] = {}
    for item in norms:
        domain = item.domain if item.standing is Standing.HARD else everything(axis)
        sets[item.party] = intersection([sets.get(item.party, everything(axis)), domain], axis)
    return sets


def _open_reason(unsettled: Sequence[AppliedNorm]) -> str:
    order = (Standing.UNCONFIRMED, Standing.OPEN_REGIME, Standing.OPEN_EXCEPTION, Standing.REPLACED)
    there = {item.standing for item in unsettled}
    return next(standing.value for standing in order if standing in there)


def _state(
    norms: Sequence[AppliedNorm], unsettled: Sequence[AppliedNorm], joint: Domain, free: Sequence[FreeParty]
) -> State:
    """Open or met only when that holds whatever the unsettled norms turn out to be."""
    if joint.empty:
        return State.OPEN
    values = [value for item in norms for value in item.values]
    sure = {item.party for item in norms if item.standing.settled} | {(item.act, item.addressee) for item in free}
    broken = any(joint.holds_none(value) for value in values)
    if broken and (len(sure) > 1 or not unsettled):
        return State.OPEN
    tightest = intersection([joint, *(item.domain for item in unsettled)], joint.axis)
    doubtful = any(item.standing in (Standing.UNCONFIRMED, Standing.REPLACED) for item in unsettled)
    if not broken and not doubtful and all(tightest.holds_all(value) for value in values):
        return State.MET
    return State.UNKNOWN
