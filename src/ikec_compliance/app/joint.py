"""The joint requirement of one group or person: the one list that satisfies all regimes at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.check import facts_of, on_date, open_centre, receipt_of
from ikec_compliance.app.display import subject_title
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.app.working_time import working_times
from ikec_compliance.centre import Centre
from ikec_compliance.engine import verdict
from ikec_compliance.engine.truth import shifted
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import Ref
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.joint import JointDuty, JointLine, JointRequirement
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import is_known
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.reconcile.certificate import restricting
from ikec_compliance.reconcile.demands import demand_of
from ikec_compliance.reconcile.domain import AxisKind, Domain, intersection
from ikec_compliance.reconcile.norms import Standing, standing_of
from ikec_compliance.reconcile.quantities import Demand, Variable
from ikec_compliance.reconcile.sharing import CALENDAR, axis_of, owned
from ikec_compliance.yamlio.suggest import did_you_mean

_LISTS = {"groep": "groepen", "medewerker": "medewerkers"}


def joint(request: CheckRequest, subject: str) -> JointRequirement:
    """The joint requirement of ``groep:ID`` or ``medewerker:ID`` (or the bare id); ``InputError`` for anything else."""
    catalogue = open_catalogue(request.rules, request.extra_rules)
    centre = open_centre(request)
    subject = _subject(subject, centre)
    facts = facts_of(centre, catalogue, request)
    gathered = _Gathered(subject)
    rules = _rules(catalogue, centre, facts, request)
    for rule, fact, scope in _applying(rules, facts, subject):
        gathered.add(rule, fact, scope, facts)
    times = tuple(working_times(facts, subject.partition(":")[2])) if subject.startswith("medewerker:") else ()
    return JointRequirement(
        receipt=receipt_of(centre, catalogue, request, facts, rules),
        subject=subject,
        title=subject_title(subject, centre),
        regimes=tuple(dict.fromkeys(item.rule.head.regime for item in gathered.items)),
        lines=tuple(gathered.lines()),
        duties=tuple(gathered.duties(centre)),
        times=times,
    )


def _subject(text: str, centre: Centre) -> str:
    prefix, colon, id_ = text.partition(":")
    if colon and prefix not in _LISTS:
        raise InputError(f"'{text}' is geen groep of medewerker; geef groep:ID of medewerker:ID")
    kinds = [prefix] if colon else list(_LISTS)
    wanted = id_ if colon else text
    for kind in kinds:
        if centre.find(_LISTS[kind], wanted) is not None:
            return f"{kind}:{wanted}"
    known = [record.id for kind in kinds for record in centre.records(_LISTS[kind])]
    what = " of ".join(kinds)
    raise InputError(f"onbekende {what} '{wanted}'{did_you_mean(wanted, known)}")


def _rules(catalogue: Catalogue, centre: Centre, facts: FactBase, request: CheckRequest) -> list[ResolvedRule]:
    on, _ = on_date(centre, request)
    types = catalogue.rules.vocabulary.types
    found = {r.id: r for r in catalogue.on(on, request.regimes).rules if not types[r.head.subject].per_day}
    for day in facts.days[:1] or [on]:
        found |= {r.id: r for r in catalogue.on(day, request.regimes).rules if types[r.head.subject].per_day}
    return list(found.values())


def _applying(rules: Sequence[ResolvedRule], facts: FactBase, subject: str) -> Iterator[tuple[ResolvedRule, Fact, str]]:
    """Every rule that speaks of the subject, with each fact it applies to and the voorziening it holds for."""
    group = facts.context.centre.find("groepen", subject.partition(":")[2]) if subject.startswith("groep:") else None
    places = {f"voorziening:{id_}" for id_ in (group.get("voorzieningen") if group is not None else ())}
    by_type: dict[str, list[Fact]] = {}
    for rule in rules:
        name = rule.head.subject
        if name not in by_type:
            own = [fact for fact in facts.of_type(name) if _about(fact, subject, places, facts)]
            by_type[name] = own
        for fact in by_type[name]:
            if standing_of(rule, fact, "gebod") is not None:
                owner = fact.subject.partition("@")[0]
                yield rule, fact, "" if owner.startswith(subject) else owner


def _about(fact: Fact, subject: str, places: set[str], facts: FactBase) -> bool:
    owner = fact.subject.partition("@")[0]
    if owner == subject or owner.startswith(f"{subject}/"):
        return True
    # Presence rules of a voorziening as a whole bind each of its groups.
    return owner in places and facts.context.vocabulary.types[fact.type].per_day


@dataclass(slots=True)
class _Item:
    rule: ResolvedRule
    scope: str
    verdict: Verdict
    demand: Demand
    hard: bool


@dataclass(slots=True)
class _Gathered:
    """What each rule asks, once; of the slices of its days the worst verdict."""

    subject: str
    items: list[_Item] = field(default_factory=list)
    _seen: dict[tuple[str, str, str], _Item] = field(default_factory=dict)

    def add(self, rule: ResolvedRule, fact: Fact, scope: str, facts: FactBase) -> None:
        """Weigh in one rule for one fact."""
        found = verdict(rule, fact)
        standing = standing_of(rule, fact, "gebod")
        condition = rule.require
        holding = [e for e in rule.exceptions if e.require is not None] if standing is Standing.REPLACED else []
        if holding:
            condition = holding[0].require
        demand = demand_of(condition, lambda ref: _resolve(ref, fact, facts)) if condition is not None else Demand()
        key = (rule.id, scope, demand.text())
        item = self._seen.get(key)
        if item is None:
            hard = standing in (Standing.HARD, Standing.REPLACED)
            item = self._seen[key] = _Item(rule, scope, found, demand, hard)
            self.items.append(item)
        elif found.rank < item.verdict.rank:
            item.verdict = found

    def lines(self) -> Iterator[JointLine]:
        """Per quantity the strictest of everything that is surely asked."""
        asked: dict[Variable, list[tuple[_Item, Domain]]] = {}
        for item in self.items:
            for variable, domain in item.demand.domains.items() if item.hard else ():
                if _is_line(variable, self.subject):
                    asked.setdefault(variable, []).append((item, domain))
        for variable, found in asked.items():
            joint_set = intersection([domain for _, domain in found], variable.axis)
            binding = restricting([domain for _, domain in found], variable.axis)
            rules = [item.rule for item, _ in found]
            yield JointLine(
                quantity=variable.title,
                requirement=joint_set.words(),
                binds=tuple(dict.fromkeys(rules[place].id for place in binding)) or tuple(r.id for r in rules),
                rules=tuple(dict.fromkeys(rule.id for rule in rules)),
                source=tuple(dict.fromkeys(source for rule in rules for source in rule.head.source)),
                verdict=min((item.verdict for item, _ in found), key=lambda one: one.rank),
                impossible=joint_set.empty,
            )

    def duties(self, centre: Centre) -> Iterator[JointDuty]:
        """What is asked besides: relations, dates, documents, judgements."""
        done: set[tuple[str, str]] = set()
        for item in self.items:
            plain = item.demand.domains and not item.demand.relations and not item.demand.partial and item.hard
            if plain and all(_is_line(variable, self.subject) for variable in item.demand.domains):
                continue
            if (item.rule.id, item.scope) in done:
                continue
            done.add((item.rule.id, item.scope))
            head = item.rule.head
            worst = min(
                (one.verdict for one in self.items if one.rule is item.rule and one.scope == item.scope),
                key=lambda one: one.rank,
            )
            yield JointDuty(
                rule=head.id,
                regime=head.regime,
                text=head.text["nl"],
                source=head.source,
                binding=head.binding,
                evidence=item.rule.evidence,
                verdict=worst,
                scope=subject_title(item.scope, centre) if item.scope else "",
            )


def _is_line(variable: Variable, subject: str) -> bool:
    """Whether a quantity is one of the subject itself that reads well as a number or choice."""
    own = variable.owner == subject or variable.owner.startswith(f"{subject}/")
    return own and not variable.member and variable.axis.kind is not AxisKind.DATE


def _resolve(ref: Ref, fact: Fact, facts: FactBase) -> Variable | int | None:
    item = owned(ref.path, fact, facts.context.vocabulary)
    moved = bool(ref.shift.months or ref.shift.days)
    if item is None or moved or item.field.derivation in CALENDAR:
        value = fact.value(ref.path)
        if not is_known(value):
            return None
        return shifted(value[0], ref.shift) if moved else value[0]
    axis = axis_of(item.field, facts.context.vocabulary)
    low = item.field.low if axis.kind is AxisKind.NUMBER else None
    return Variable(item.subject, item.field.title, axis, "", item.member, low)
