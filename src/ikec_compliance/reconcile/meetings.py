"""Where norms meet: joins over norm facts of different parties, then everything that hangs together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ikec_compliance.engine import pairs, run_isolated
from ikec_compliance.model.record import dataclass
from ikec_compliance.reconcile.collision import Collision, ConflictClass, State, judge
from ikec_compliance.reconcile.frictions import FreeParty, Friction, matching
from ikec_compliance.reconcile.norms import AppliedNorm
from ikec_compliance.reconcile.quantities import Variable
from ikec_compliance.reconcile.solver import components
from ikec_compliance.reconcile.subjects import MergedSubject
from ikec_compliance.reconcile.windows import split_windows

_SECONDS = 30.0
_EQUAL, _DIFFER = ("subject", "quantity"), ("act", "addressee")

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A party's entry in the join: a norm, or the freedom of a party without one."""

    subject: int
    quantity: str
    party: tuple[str, str]
    norm: AppliedNorm | None
    free: FreeParty | None


def collisions(
    attached: Sequence[tuple[MergedSubject, Sequence[AppliedNorm]]], frictions: Sequence[Friction]
) -> list[Collision]:
    """Every collision, in the order of subjects and norms."""
    split = [(subject, split_windows(norms)) for subject, norms in attached]
    listed = [
        item for number, (subject, norms) in enumerate(split) for item in entries(number, subject, norms, frictions)
    ]
    met: dict[int, set[str]] = {}
    for first, _ in meeting(listed):
        met.setdefault(listed[first].subject, set()).add(listed[first].quantity)
    found: list[Collision] = []
    for number, quantities in sorted(met.items()):
        subject, norms = split[number]
        found += _within(subject, norms, quantities, [item for item in listed if item.subject == number], frictions)
    return found


def meeting(listed: Sequence[Entry]) -> list[tuple[int, int]]:
    """Positions of entries of different parties on the same quantity of the same subject, as joins of the engine."""
    if len(listed) < 2:
        return []
    facts = [
        dict(zip((*_EQUAL, *_DIFFER), numbers, strict=True))
        for numbers in zip(
            [entry.subject for entry in listed],
            _numbered(entry.quantity for entry in listed),
            _numbered(entry.party[0] for entry in listed),
            _numbered(entry.party[1] for entry in listed),
            strict=True,
        )
    ]
    return run_isolated(pairs, facts, _EQUAL, _DIFFER, seconds=_SECONDS)


def _numbered(names: Iterable[str]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in names]


def entries(
    number: int, subject: MergedSubject, norms: Sequence[AppliedNorm], frictions: Sequence[Friction]
) -> list[Entry]:
    """One entry for each quantity of each norm, and for the parties that a friction says leave one free."""
    found = [Entry(number, name, item.party, item, None) for item in norms for name in item.quantities]
    # A party without a norm has everything as its own set; it counts only where a friction says that it is one.
    for quantity in dict.fromkeys(entry.quantity for entry in found):
        acts = {entry.party[0] for entry in found if entry.quantity == quantity}
        for free in _free(subject, quantity, frictions):
            if free.act not in acts:
                found.append(Entry(number, quantity, (free.act, free.addressee), None, free))
    return found


def _free(subject: MergedSubject, quantity: str, frictions: Sequence[Friction]) -> list[FreeParty]:
    listed = {free.act: free for friction in matching(frictions, subject.kind, quantity) for free in friction.free}
    return [free for act, free in listed.items() if act in subject.acts]


def _key(variable: Variable) -> Key:
    """What must be the same for two norms to speak of the same thing; members of one list hang together."""
    return variable.owner, variable.quantity, variable.axis, variable.counting


def _within(
    subject: MergedSubject,
    norms: Sequence[AppliedNorm],
    quantities: set[str],
    listed: Sequence[Entry],
    frictions: Sequence[Friction],
) -> list[Collision]:
    """The collisions of one subject: one per connected set of norms, and one for sets that cannot be compared."""
    usable = matching_any(frictions, subject.kind, [entry.quantity for entry in listed])
    found: list[Collision] = []
    whole = [item for item in usable if item.also and _speaks(item, norms)]
    links = {
        place: {_key(variable) for variable in item.demand.variables}
        | {("friction", friction.id) for friction in whole if set(item.quantities) & set(friction.quantities)}
        for place, item in enumerate(norms)
    }
    for group in components(links):
        members = [norms[place] for place in group]
        names = {name for item in members for name in item.quantities}
        free = tuple({e.free.act: e.free for e in listed if e.free is not None and e.quantity in names}.values())
        if not names & quantities or all(item.demand.full for item in members):
            continue
        if len({item.party for item in members} | {(item.act, item.addressee) for item in free}) < 2:
            continue
        if not _meets(members):
            continue
        found.append(judge(subject, members, free, _take(usable, names, members)))
    speaking: dict[str, list[AppliedNorm]] = {}
    for item in norms:
        for name in item.quantities:
            speaking.setdefault(name, []).append(item)
    for name in (name for name in speaking if name in quantities):
        together = _incomparable(speaking[name], name)
        if together:
            friction = _take(usable, {name}, together)
            found.append(
                Collision(
                    subject, tuple(together), (), friction, ConflictClass.REVIEW, State.UNKNOWN, None, (),
                    "onvergelijkbaar",
                )
            )  # fmt: skip
    return found


def _speaks(friction: Friction, norms: Sequence[AppliedNorm]) -> bool:
    """Whether the parties of a friction all ask something of its quantities: then it is one collision over all."""
    return friction.fits({item.act for item in norms if set(item.quantities) & set(friction.quantities)})


def _meets(members: Sequence[AppliedNorm]) -> bool:
    """Whether these norms meet because things are merged.

    A rule cannot collide with itself, and two rules of the same laws on one voorziening meet without any merge. That
    holds for norms which follow from what rules require; a norm that is written down says itself where it belongs.
    """
    if any(not item.derived for item in members):
        return True
    by_variable: dict[Variable, set[tuple[str, str]]] = {}
    for item in members:
        for variable in item.demand.variables:
            by_variable.setdefault(variable, set()).add((item.family, item.rule.id))
    return any(
        len({family for family, _ in asked}) > 1 and len({rule for _, rule in asked}) > 1
        for asked in by_variable.values()
    )


def _incomparable(norms: Sequence[AppliedNorm], name: str) -> list[AppliedNorm]:
    """Norms of several parties on a quantity that they measure or count in different ways."""
    ways: dict[Key, list[AppliedNorm]] = {}
    for item in norms:
        for key in dict.fromkeys(_key(variable) for variable in item.demand.variables if variable.quantity == name):
            ways.setdefault(key, []).append(item)
    restricted = [items for items in ways.values() if not all(item.demand.full for item in items)]
    together = list(dict.fromkeys(item for items in restricted for item in items))
    if len(restricted) < 2 or len({item.party for item in together}) < 2 or not _meets_by_name(together):
        return []
    return together


def _meets_by_name(norms: Sequence[AppliedNorm]) -> bool:
    return any(not item.derived for item in norms) or len({item.family for item in norms}) > 1


def matching_any(frictions: Sequence[Friction], kind: str, quantities: Sequence[str]) -> list[Friction]:
    """The frictions that rest on a kind of merge and one of some quantities, each once."""
    return [item for item in frictions if any(item.about(kind, name) for name in dict.fromkeys(quantities))]


def _take(usable: list[Friction], names: set[str], norms: Sequence[AppliedNorm]) -> Friction | None:
    """The first friction about one of these quantities whose parties are all there; it names one collision only."""
    acts = {item.act for item in norms}
    for friction in usable:
        if names & set(friction.quantities) and friction.fits(acts):
            usable.remove(friction)
            return friction
    return None
