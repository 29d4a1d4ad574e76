"""The result of ``repair``: what can be mended, at what cost, and what became of it."""

from __future__ import annotations

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.repair import Repair
from ikec_compliance.model.result import Receipt


@dataclass(frozen=True, slots=True)
class Target:
    """A finding or open conflict to mend, with the repairs that would, the best first."""

    id: str
    title: str
    subject_title: str
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of repairs that were written to a new configuration and checked there.

    ``gone`` are the targets that are no longer there; ``left`` those that still are, ``undecided`` those that now wait
    for what is still unknown (a vacancy); ``new`` what was not there before; ``dropped`` changes that were not written
    because they would have brought something new.
    """

    path: str
    written: tuple[Repair, ...]
    gone: tuple[str, ...]
    undecided: tuple[str, ...]
    left: tuple[str, ...]
    new: tuple[str, ...]
    dropped: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class RepairPlan:
    """The result of ``repair``: what can be mended, and the change sets that mend as much as possible at least cost.

    Each of ``sets`` mends every target that has a repair that the program can write; the cheapest first.
    """

    receipt: Receipt
    targets: tuple[Target, ...]
    sets: tuple[tuple[Repair, ...], ...]
    applied: Applied | None = None
