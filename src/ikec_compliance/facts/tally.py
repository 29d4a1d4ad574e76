"""Numbers of a stretch of time, several at once, so that the groepen of a kindercentrum add up quickly."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import POS, Value

FIELDS = ("groups", "kinderen", "kinderen_elders", "kinderen_activiteit", "younger", "older", "under_four",
          "beroepskrachten", "in_opleiding", "stagiairs", "andersgekwalificeerden", "volwassenen", "volwassenen_ehbo",
          "vereist")  # fmt: skip
"""What is added up; ``groups`` counts the groepen with a line, to leave out moments when there is none."""

_LANES = struct.Struct(f"<{2 * len(FIELDS)}q")


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The numbers of one groep from ``start`` until ``end``, in one integer: two lanes of 64 bits a field.

    A lane holds the low or the high end, at most ``POS``; nine thousand open ends fit before a lane would overflow.
    """

    start: int
    end: int
    packed: int


def pack(values: dict[str, Value]) -> int:
    """Values of fields in one integer; a field that is not given is zero."""
    lanes = [end for name in FIELDS for end in values.get(name, (0, 0))]
    return int.from_bytes(_LANES.pack(*lanes), "little")


def unpack(packed: int) -> dict[str, Value]:
    """The values again; what exceeds ``POS`` is open."""
    lanes = _LANES.unpack(packed.to_bytes(_LANES.size, "little"))
    return {name: (lanes[2 * n], min(POS, lanes[2 * n + 1])) for n, name in enumerate(FIELDS)}


def add_up(groups: Iterable[Sequence[Step]]) -> list[tuple[int, int, dict[str, Value]]]:
    """The sum over the groepen for each maximal stretch in which none changes; moments without any are left out."""
    rising: dict[int, int] = {}
    falling: dict[int, int] = {}
    for steps in groups:
        for step in steps:
            rising[step.start] = rising.get(step.start, 0) + step.packed
            falling[step.end] = falling.get(step.end, 0) + step.packed
    found = []
    total = 0
    for start, end in pairwise(sorted({*rising, *falling})):
        # Never below zero: what ends here had begun before.
        total += rising.get(start, 0) - falling.get(start, 0)
        if total:
            found.append((start, end, unpack(total)))
    return found
