"""Ways to split a merge that cannot be: the fewest members out, the rest as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.record import dataclass
from ikec_compliance.reconcile.collision import Collision
from ikec_compliance.reconcile.domain import Domain, intersection, listed
from ikec_compliance.reconcile.quantities import Demand, combined
from ikec_compliance.reconcile.system import System

_MOST = 3
_LARGEST = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a split merge: its members, the regimes that ask something of it and what they leave.

    ``joint`` is what they leave of the one quantity at stake, ``None`` when there are several.
    """

    members: tuple[str, ...]
    regimes: tuple[str, ...]
    demand: Demand
    joint: Domain | None

    def words(self) -> str:
        """What the part has to keep to."""
        return self.joint.words() if self.joint is not None else self.demand.words()


def splits(collision: Collision) -> list[tuple[Part, ...]]:
    """The ways to split a contradictory merge that take the fewest members out; the first part is what stays."""
    asked: dict[str, list[int]] = {}
    for position, item in enumerate(collision.hard):
        asked.setdefault(_member(item.applied_to), []).append(position)
    system = System([item.demand for item in collision.hard])
    movable = list(asked)
    for size in range(1, min(len(movable), _LARGEST)):
        found = []
        for out in combinations(movable, size):
            stay = [member for member in movable if member not in out]
            if _possible(system, stay, asked):
                found.append((_part(collision, stay, asked), *_parts(collision, system, list(out), asked)))
        if found:
            return found[:_MOST]
    return []


def _possible(system: System, members: Sequence[str], asked: Mapping[str, Sequence[int]]) -> bool:
    return system.solve([position for member in members for position in asked[member]]).point is not None


def _parts(collision: Collision, system: System, members: list[str], asked: Mapping[str, Sequence[int]]) -> list[Part]:
    """``members`` in as few parts as they need when taken together greedily, in order."""
    parts: list[list[str]] = []
    for member in members:
        for part in parts:
            if _possible(system, [*part, member], asked):
                part.append(member)
                break
        else:
            parts.append([member])
    return [_part(collision, part, asked) for part in parts]


def _part(collision: Collision, members: Sequence[str], asked: Mapping[str, Sequence[int]]) -> Part:
    norms = [collision.hard[position] for member in members for position in asked[member]]
    regimes = tuple(dict.fromkeys(item.rule.head.regime for item in norms))
    joint = None if collision.several else intersection([item.domain for item in norms], collision.axis)
    return Part(tuple(members), regimes, combined(item.demand for item in norms), joint)


def _member(applied_to: str) -> str:
    """The voorziening of a fact, else the fact itself."""
    parts = applied_to.split("/")
    return next((part for part in parts if part.startswith("voorziening:")), parts[-1])


def member_title(member: str, centre: Centre) -> str:
    """The id of a member as the configuration writes it."""
    return member.partition(":")[2] if centre.find("voorzieningen", member.partition(":")[2]) else member


def split_text(parts: Sequence[Part], collision: Collision, centre: Centre) -> str:
    """``splits in een schooldossier voor so en sbo (hoogstens 2 jaar) en een jeugdhulpdossier …``."""
    names = collision.friction.parts if collision.friction is not None else {}
    shown = []
    ordered = sorted(parts, key=lambda part: list(names).index(part.regimes[0]) if part.regimes[0] in names else 99)
    for part in ordered:
        own = names.get(part.regimes[0], "") if len(part.regimes) == 1 else ""
        who = listed([member_title(member, centre) for member in part.members])
        shown.append(f"een {own or 'deel'} voor {who} ({part.words()})")
    return f"splits in {listed(shown)}"
