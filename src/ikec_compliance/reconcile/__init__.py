"""Reconciliation: which wishes to integrate make regimes collide, proved, with the lawful way out.

Norms of rules attach to merged subjects (``subjects``, ``norms``), meet there (``collision``), and each collision
becomes a conflict with a certificate that anyone can check (``lines``, ``certificate``, ``verification``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.result import ConflictLine, Repair
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.reconcile.collision import collisions
from ikec_compliance.reconcile.frictions import Friction, load_frictions
from ikec_compliance.reconcile.lines import conflict_line
from ikec_compliance.reconcile.norms import applied_norms
from ikec_compliance.reconcile.subjects import merged_subjects
from ikec_compliance.reconcile.verification import check_certificates

__all__ = ["Friction", "check_certificates", "load_frictions", "reconcile", "repairs"]


def reconcile(
    rules: Sequence[ResolvedRule], facts: FactBase, frictions: Sequence[Friction]
) -> tuple[ConflictLine, ...]:
    """Every conflict of a centre, in order of id.

    ``InputError`` for a declared value that fits none of the norms; ``InternalError`` when two conflicts have one id.
    """
    with_norm = [rule for rule in rules if rule.norm is not None]
    kinds = {kind for rule in with_norm if rule.norm is not None for kind in rule.norm.merges}
    attached = [
        (subject, applied_norms(subject, with_norm, facts)) for subject in merged_subjects(facts.context, kinds)
    ]
    centre = facts.context.centre
    lines = sorted((conflict_line(item, centre) for item in collisions(attached, frictions)), key=lambda line: line.id)
    for one, other in pairwise(lines):
        if one.id == other.id:
            raise InternalError(f"twee botsingen hebben hetzelfde kenmerk {one.id}")
    return tuple(lines)


def repairs(conflicts: Sequence[ConflictLine]) -> tuple[Repair, ...]:
    """The smallest repairs of all open conflicts, in the order of the conflicts, cheapest first."""
    return tuple(repair for conflict in conflicts for repair in conflict.repairs)
