"""Collisions: norms of several parties on the quantities of one merged subject, with their exact class and state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import Value
from ikec_compliance.reconcile.certificate import restricting
from ikec_compliance.reconcile.domain import Axis, Domain, everything, intersection
from ikec_compliance.reconcile.frictions import FreeParty, Friction
from ikec_compliance.reconcile.inequalities import TooHard
from ikec_compliance.reconcile.norms import AppliedNorm, Standing
from ikec_compliance.reconcile.quantities import Demand, combined
from ikec_compliance.reconcile.restricting import restricting_demands
from ikec_compliance.reconcile.subjects import MergedSubject
from ikec_compliance.reconcile.system import System
from ikec_compliance.reconcile.values import choice_state

TOO_LARGE = "te groot om na te rekenen"


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
    """Norms that meet. ``joint`` is what the hard ones leave of the one quantity at stake; ``None`` when they cannot
    be compared or when several quantities are at stake: then ``demand`` is what they leave.

    ``free`` are the parties that leave the quantity free; ``binding`` the hard norms that restrict. ``several`` tells
    that the norms speak of more than one quantity.
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
    several: bool = False

    @property
    def axis(self) -> Axis:
        """What is measured, when one quantity is at stake."""
        return self.norms[0].axis

    @property
    def hard(self) -> tuple[AppliedNorm, ...]:
        """The norms that restrict and stand in the certificate."""
        return tuple(item for item in self.norms if item.standing is Standing.HARD)

    @property
    def demand(self) -> Demand:
        """What the binding norms leave, over all quantities."""
        return combined(item.demand for item in self.binding)

    @property
    def values(self) -> tuple[Value, ...]:
        """What the centre chose for the one quantity, each value once."""
        return tuple(dict.fromkeys(value for item in self.norms for value in item.values))

    @property
    def quantities(self) -> tuple[str, ...]:
        """The names of what is at stake, each once."""
        return tuple(dict.fromkeys(name for item in self.norms for name in item.quantities))


def judge(
    subject: MergedSubject, norms: Sequence[AppliedNorm], free: Sequence[FreeParty], friction: Friction | None
) -> Collision:
    """Class, state and joint set of comparable norms of at least two parties.

    A contradiction of confirmed, hard norms stands whatever an open or unconfirmed norm would add: more norms only
    make the joint set smaller. In any other case an open or unconfirmed norm leaves the class to be judged.
    """
    if not norms:
        raise InternalError("een botsing zonder normen")
    if any(item.single is None for item in norms) or len({item.demand.variables for item in norms}) > 1:
        return _judge_several(subject, norms, free, friction)
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


def _judge_several(
    subject: MergedSubject, norms: Sequence[AppliedNorm], free: Sequence[FreeParty], friction: Friction | None
) -> Collision:
    """``judge`` for norms over several quantities, by an exact solver."""
    hard = [item for item in norms if item.standing is Standing.HARD]
    system = System([item.demand for item in hard])
    unsettled = [item for item in norms if not item.standing.settled]
    binding: list[AppliedNorm] = []
    try:
        empty = system.solve(range(len(hard))).point is None
        places = [] if empty else restricting_demands(system)
        binding = [hard[place] for place in places]
        equal = not empty and not free and all(_alone(system, hard, party) for party in {n.party for n in norms})
    except TooHard:
        kind, reason = ConflictClass.REVIEW, TOO_LARGE
        return Collision(
            subject, tuple(norms), tuple(free), friction, kind, State.UNKNOWN, None, (), reason, several=True
        )
    if empty:
        kind, reason = ConflictClass.CONTRADICTORY, "geen gezamenlijke waarde"
    elif unsettled:
        kind, reason = ConflictClass.REVIEW, _open_reason(unsettled)
    elif equal:
        kind, reason = ConflictClass.DOUBLE, "hetzelfde dubbel gevraagd"
    else:
        kind = ConflictClass.CONDITIONAL
        tension = len({item.party for item in binding}) > 1
        reason = "meer partijen beperken" if tension else "strengste eis wint"
    state = State.OPEN if empty else _STATES[choice_state(hard, unsettled)]
    return Collision(
        subject, tuple(norms), tuple(free), friction, kind, state, None, tuple(binding), reason, several=True
    )


_STATES = {True: State.MET, False: State.OPEN, None: State.UNKNOWN}


def _alone(system: System, hard: Sequence[AppliedNorm], party: tuple[str, str]) -> bool:
    """Whether what one party asks is already all that everybody asks."""
    own = [place for place, item in enumerate(hard) if item.party == party]
    return all(system.implies(own, item.demand) for item in hard if item.party != party)


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
