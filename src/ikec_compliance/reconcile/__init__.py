"""Reconciliation: which wishes to integrate make regimes collide, proved, with the lawful way out.

Rules yield norms (``norms``, ``demands``) on merged subjects (``subjects``, ``sharing``). Norms that hang together
are judged as one (``collision``, ``system``), exactly: by the thresholds that occur where one quantity is at stake,
else by a solver. Each collision becomes a conflict with a certificate that anyone can check (``lines``,
``certificate``, ``verification``).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.repair import Repair
from ikec_compliance.model.result import ConflictLine
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.reconcile.attachments import Attachments
from ikec_compliance.reconcile.frictions import Friction, load_frictions
from ikec_compliance.reconcile.lines import conflict_line
from ikec_compliance.reconcile.meetings import collisions
from ikec_compliance.reconcile.naming import naming_lines
from ikec_compliance.reconcile.norms import applied_norms
from ikec_compliance.reconcile.subjects import merged_subjects
from ikec_compliance.reconcile.uncomputed import uncomputed
from ikec_compliance.reconcile.verification import check_certificates

__all__ = ["Friction", "check_certificates", "load_frictions", "reconcile", "repairs"]


def reconcile(
    rules: Sequence[ResolvedRule], facts: FactBase, frictions: Sequence[Friction]
) -> tuple[ConflictLine, ...]:
    """Every conflict of a centre, in order of id.

    ``InputError`` for a declared value that fits none of the norms; ``InternalError`` when two conflicts have one id.
    """
    attachments = Attachments(rules, facts, frictions)
    subjects = merged_subjects(facts.context)
    attached = [(subject, applied_norms(subject, attachments)) for subject in subjects]
    centre = facts.context.centre
    lines = [conflict_line(item, centre) for item in collisions(attached, frictions)]
    said = {(line.subject, norm.rule) for line in lines for norm in line.norms if line.code == "CF-01"}
    names = naming_lines(rules, facts, frictions, said)
    lines = sorted([*lines, *uncomputed(subjects, frictions), *names], key=lambda line: line.id)
    for one, other in pairwise(lines):
        if one.id == other.id:
            raise InternalError(f"twee botsingen hebben hetzelfde kenmerk {one.id}")
    return tuple(lines)


def repairs(conflicts: Sequence[ConflictLine]) -> tuple[Repair, ...]:
    """The smallest repairs of all open conflicts, in the order of the conflicts, cheapest first."""
    return tuple(repair for conflict in conflicts for repair in conflict.repairs)
