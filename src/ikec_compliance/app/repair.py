"""What can be mended by the centre's own choices, at least cost, and writing that into a new configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ikec_compliance.app.apply import apply_set
from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.check import facts_of, on_date, open_centre
from ikec_compliance.app.failures import Failure, failures, of_report
from ikec_compliance.app.mend_numbers import Numbers
from ikec_compliance.app.mend_staff import Deployment
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.centre import Centre
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.plan import RepairPlan, Target
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.repair import Edit, Repair
from ikec_compliance.model.resources import examples_dir
from ikec_compliance.model.result import ConflictLine, Report
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.reconcile.repairs import DECIDES
from ikec_compliance.reconcile.solver import cheapest

SETS = 3
"""How many change sets are shown."""


def repair(request: CheckRequest, out: Path | None = None) -> RepairPlan:
    """The repairs of a centre; with ``out`` the cheapest set is written there and checked.

    ``InputError`` when ``out`` is already there.
    """
    if out is not None and (out.exists() or out.is_symlink()):
        raise InputError(f"{out} bestaat al; geef een nieuwe naam, want er wordt nooit iets overschreven")
    catalogue = open_catalogue(request.rules, request.extra_rules)
    centre = open_centre(request)
    found = failures(centre, catalogue, request)
    law = _law(centre, catalogue, request)
    targets = tuple(_targets(found.failures, found.conflicts, law, found.facts))
    sets = change_sets(targets)
    plan = RepairPlan(found.receipt, targets, sets)
    if out is None:
        return plan
    path = request.centre if request.centre is not None else examples_dir() / "ikec-hoorn"
    chosen = sets[0] if sets else ()
    return replace(plan, applied=apply_set(path, out, chosen, found, catalogue, request))


def proposals(report: Report, centre: Centre, catalogue: Catalogue, request: CheckRequest) -> tuple[Target, ...]:
    """The findings and open conflicts of a report, each with what would mend it."""
    law = _law(centre, catalogue, request)
    facts = facts_of(centre, catalogue, request)
    return tuple(_targets(of_report(report, law, facts), report.conflicts, law, facts))


def _law(centre: Centre, catalogue: Catalogue, request: CheckRequest) -> Sequence[ResolvedRule]:
    return catalogue.on(on_date(centre, request)[0], request.regimes).rules


def _targets(
    failing: Iterable[Failure], conflicts: Iterable[ConflictLine], law: Sequence[ResolvedRule], facts: FactBase
) -> Iterator[Target]:
    mending = _Mending(facts, law)
    for failure in failing:
        line = failure.line
        if line.accepted is None:
            yield Target(f"{line.rule}/{line.subject}", line.title, line.subject_title, tuple(mending.of(failure)))
    for conflict in conflicts:
        if conflict.is_finding and conflict.accepted is None:
            repairs = tuple(_ranked(conflict.repairs))
            yield Target(conflict.id, conflict.title, conflict.subject, repairs)


@dataclass(slots=True, eq=False)
class _Mending:
    """Looks for repairs of findings; ``law`` are the rules of the date of the check."""

    facts: FactBase
    law: Sequence[ResolvedRule]
    _numbers: Numbers | None = None
    _staff: Deployment | None = None

    def of(self, failure: Failure) -> list[Repair]:
        """The repairs of one finding, the best first."""
        line = failure.line
        # A day may have the law of its own; then a change is not looked for.
        rule = next((rule for rule in self.law if rule.id == line.rule), None)
        if rule is None:
            return []
        failing = failure.facts
        finding = f"{line.rule}/{line.subject}"
        if self._numbers is None:
            self._numbers = Numbers(self.law, self.facts)
        found = self._numbers.repair(finding, rule, failing)
        if not found and "@" in line.subject:
            if self._staff is None:
                self._staff = Deployment(self.facts, self.law)
            found = self._staff.repairs(finding, rule, failing, line.repair_who)
        return list(_ranked(found))


def _ranked(repairs: Sequence[Repair]) -> list[Repair]:
    """The cheapest first, then the one that is decided nearest by; those that can be written before others."""
    return sorted(repairs, key=lambda item: (not item.applicable, item.cost, DECIDES.index(item.decides)))


def change_sets(targets: Sequence[Target]) -> tuple[tuple[Repair, ...], ...]:
    """The cheapest sets of repairs that mend every target for which there is one that can be written.

    One change may mend several targets; two changes of the same value, or of one person at the same time, exclude
    each other.
    """
    options: dict[tuple[object, ...], list[Repair]] = {}
    wanted: list[set[tuple[object, ...]]] = []
    for target in targets:
        keys: set[tuple[object, ...]] = set()
        for item in target.repairs:
            if item.applicable:
                key: tuple[object, ...] = tuple((e.action, e.key, e.id, e.path, repr(e.value)) for e in item.edits)
                same = options.setdefault(key, [])
                if item.conflict not in {other.conflict for other in same}:
                    same.append(item)
                keys.add(key)
        if keys:
            wanted.append(keys)
    names = list(options)
    place = {key: number for number, key in enumerate(names)}
    costs = [10 * options[key][0].cost + DECIDES.index(options[key][0].decides) for key in names]
    exclusive = list(_exclusive([options[key][0] for key in names]))
    found = cheapest([{place[key] for key in keys} for keys in wanted], costs, exclusive, SETS)
    return tuple(tuple(repair for number in chosen for repair in options[names[number]]) for chosen in found if chosen)


def _exclusive(repairs: Sequence[Repair]) -> Iterator[tuple[int, int]]:
    for one, first in enumerate(repairs):
        for other in range(one + 1, len(repairs)):
            if any(_clash(a, b) for a in first.edits for b in repairs[other].edits):
                yield one, other


def _clash(one: Edit, other: Edit) -> bool:
    if one.key != other.key:
        return False
    if one.action == other.action == "add":
        first, second = one.value, other.value
        if one.key != "rooster" or not isinstance(first, dict) or not isinstance(second, dict):
            return one.id == other.id
        same = first["medewerker"] == second["medewerker"]
        when = [(item.get("datum"), item.get("dag")) for item in (first, second)]
        apart = when[0] != when[1] and None not in (when[0][0], when[1][0])
        return same and not apart and first["van"] < second["tot"] and second["van"] < first["tot"]
    if "remove" in (one.action, other.action):
        return one.id == other.id
    return (one.id, one.path) == (other.id, other.path)
