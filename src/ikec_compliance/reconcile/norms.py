"""Applied norms: what each rule asks of each merged subject, and whether that counts as hard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum

from ikec_compliance.engine import Truth, truth
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import Expr, refs
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Norm, ResolvedRule
from ikec_compliance.model.value import UNKNOWN, Value, known
from ikec_compliance.reconcile.attachments import Attachments
from ikec_compliance.reconcile.demands import demand_of
from ikec_compliance.reconcile.domain import Axis, AxisKind, Domain, everything
from ikec_compliance.reconcile.parties import default_norm, family_of, named_act
from ikec_compliance.reconcile.quantities import Demand, Variable
from ikec_compliance.reconcile.sharing import Sharing, owned, reading
from ikec_compliance.reconcile.subjects import MergedSubject
from ikec_compliance.rules.periods import parse_date

Reading = Mapping[Variable, Value]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the value of a quantity stands: list, item and dotted key, and who may choose it (nobody when empty)."""

    key: str
    id: str
    path: str
    decided_by: str


class Standing(str, Enum):
    """How a norm counts. Only ``HARD`` ones restrict and stand in certificates; the last three leave the class open."""

    HARD = "hard"
    LEAVE = "verlof"
    OPEN_REGIME = "regime open"
    OPEN_EXCEPTION = "uitzondering onbekend"
    REPLACED = "uitzondering vervangt de eis"
    UNCONFIRMED = "onbevestigd"

    @property
    def settled(self) -> bool:
        """Whether it is known what the norm does here."""
        return self in (Standing.HARD, Standing.LEAVE)


@dataclass(frozen=True, slots=True, eq=False)
class AppliedNorm:
    """The norm of one rule for one fact of a merged subject.

    ``readings`` are the values the centre has, one for each fact (or slice of a day) it was read from; ``derived``
    tells that the norm follows from what the rule requires, without a ``norm`` of its own. ``family`` is which of the
    laws on a voorziening it belongs to.
    """

    rule: ResolvedRule
    norm: Norm
    applied_to: str
    act: str
    demand: Demand
    standing: Standing
    readings: tuple[Reading, ...]
    derived: bool = False
    family: str = ""
    sources: Mapping[Variable, Source] = field(default_factory=dict)

    @property
    def party(self) -> tuple[str, str]:
        """Act and addressee: who asks."""
        return self.act, self.norm.addressee

    @property
    def single(self) -> Variable | None:
        """The one quantity it speaks of, when it is one and not a member of a list."""
        variables = self.demand.variables
        return variables[0] if len(variables) == 1 and not variables[0].member else None

    @property
    def quantities(self) -> tuple[str, ...]:
        """The names of the quantities it speaks of, each once."""
        return tuple(dict.fromkeys(variable.quantity for variable in self.demand.variables))

    @property
    def axis(self) -> Axis:
        """What the first quantity measures."""
        return self.demand.variables[0].axis

    @property
    def domain(self) -> Domain:
        """The set it allows of its first quantity."""
        variable = self.demand.variables[0]
        return self.demand.domains.get(variable, everything(variable.axis))

    @property
    def values(self) -> tuple[Value, ...]:
        """What the centre chose for its first quantity."""
        variable = self.demand.variables[0]
        return tuple(dict.fromkeys(item[variable] for item in self.readings if variable in item))


def standing_of(rule: ResolvedRule, fact: Fact, modality: str) -> Standing | None:
    """How the norm of a rule counts for a fact; ``None`` when it does not apply or has lapsed."""
    applies = truth(rule.applies, fact)
    if applies is Truth.FALSE:
        return None
    states = [(truth(item.applies, fact), item.require is not None) for item in rule.exceptions]
    if (Truth.TRUE, False) in states:
        return None
    if not rule.decides:
        return Standing.UNCONFIRMED
    if applies is Truth.UNKNOWN:
        return Standing.OPEN_REGIME
    if any(state is Truth.UNKNOWN for state, _ in states):
        return Standing.OPEN_EXCEPTION
    if (Truth.TRUE, True) in states:
        return Standing.REPLACED
    return Standing.LEAVE if modality == "verlof" else Standing.HARD


def applied_norms(subject: MergedSubject, attachments: Attachments) -> list[AppliedNorm]:
    """Every norm that attaches to a merged subject, in the order of rules and facts, once per rule and fact.

    A rule with a ``norm`` takes part in the merges that names; any other in what its ``require`` reads of the thing
    that is shared. ``InputError`` for a declared value that fits no quantity.
    """
    sharing = attachments.sharing(subject)
    found: dict[tuple[str, str, Standing, str], AppliedNorm] = {}
    for rule in attachments.rules_for(subject):
        for fact in attachments.attached(subject, rule):
            applied = _apply(sharing, rule, fact)
            if applied is None:
                continue
            key = (rule.id, applied.applied_to, applied.standing, applied.demand.text())
            if key in found:  # slices of one day: one norm, all its values
                readings = tuple(_once([*found[key].readings, *applied.readings]))
                applied = replace(found[key], readings=readings)
            found[key] = applied
    _refuse_unread(subject, found.values())
    return list(found.values())


def _apply(sharing: Sharing, rule: ResolvedRule, fact: Fact) -> AppliedNorm | None:
    subject, centre = sharing.subject, sharing.context.centre
    derived = rule.norm is None
    norm = rule.norm or default_norm(rule, fact, subject, centre)
    standing = standing_of(rule, fact, norm.modality)
    if standing is None:
        return None
    condition: Expr | None = norm.constraint if norm.constraint is not None else rule.require
    if standing is Standing.REPLACED and norm.constraint is None:
        # The exception says what takes the place of the requirement: that is the norm here.
        holding = [item for item in rule.exceptions if item.require and truth(item.applies, fact) is Truth.TRUE]
        condition, standing = holding[0].require, Standing.HARD
    if condition is None:
        return None
    demand = demand_of(condition, lambda ref: sharing.variable(ref, fact, rule.norm))
    if not demand.variables or not any(variable.owner == subject.id for variable in demand.variables):
        return None
    if norm.modality == "verlof":
        demand = Demand({variable: everything(variable.axis) for variable in demand.variables})
    read, sources = _reading(sharing, condition, rule.norm, fact)
    if not norm.shown:
        norm = replace(norm, shown=demand.words())
    applied_to = fact.subject.partition("@")[0]
    act = named_act(norm.act, applied_to, centre)
    family = family_of(act, rule.head.regime, applied_to, centre)
    return AppliedNorm(rule, norm, applied_to, act, demand, standing, (read,), derived, family, sources)


def _reading(
    sharing: Sharing, condition: Expr, norm: Norm | None, fact: Fact
) -> tuple[Reading, Mapping[Variable, Source]]:
    """The value of each quantity and where it stands."""
    found: dict[Variable, Value] = {}
    sources: dict[Variable, Source] = {}
    subject = sharing.subject
    named = {quantity.path: quantity for quantity in norm.quantities} if norm is not None else {}
    for ref in sorted(refs(condition)):
        variable = sharing.variable(ref, fact, norm)
        if not isinstance(variable, Variable):
            continue
        quantity = named.get(ref.path)
        value = _declared(subject, variable, quantity.field if quantity is not None else "")
        if value is not None:
            found[variable] = value
            sources[variable] = Source("integratie", subject.record.id, "waarde", "directeur")
            continue
        found[variable] = reading(quantity, ref, fact, sharing.context.vocabulary)
        item = owned(ref.path, fact, sharing.context.vocabulary) if not ref.path.startswith("=") else None
        if item is not None and item.field.path and not item.member:
            id_ = item.subject.partition(":")[2]
            sources[variable] = Source(item.list_key, id_, item.field.path, item.field.decided_by)
    return found, sources


def _once(readings: Iterable[Reading]) -> Iterator[Reading]:
    seen = set()
    for item in readings:
        key = frozenset(item.items())
        if key not in seen:
            seen.add(key)
            yield item


def read_value(raw: object, axis: Axis) -> int | None:
    """A written value in whole steps, or ``None`` when it does not fit the axis."""
    if axis.kind is AxisKind.CHOICE:
        text = {True: "ja", False: "nee"}.get(raw, str(raw)) if isinstance(raw, bool) else str(raw)
        text = text.replace("_", " ")
        return axis.choices.index(text) if text in axis.choices else None
    if axis.kind is AxisKind.DATE:
        day = raw if isinstance(raw, date) else parse_date(str(raw))
        return day.toordinal() if day is not None else None
    text = str(raw).removesuffix(f" {axis.unit}").replace(",", ".")
    try:
        steps = Decimal(text) * axis.scale
    except InvalidOperation:
        return None
    return int(steps) if steps.is_finite() and steps == steps.to_integral_value() else None


def _declared(subject: MergedSubject, variable: Variable, field: str) -> Value | None:
    """The value the integration itself gives; null is unknown; ``None`` when it gives none for this quantity."""
    if not subject.declared or variable.owner != subject.id or variable.member:
        return None
    if subject.value is None:
        return UNKNOWN
    steps = read_value(subject.value, variable.axis)
    if steps is None and field.rpartition(".")[2] == "naam_schoolplan":
        steps = int("schoolplan" in str(subject.value).lower())  # the value of a plan is its title
    return None if steps is None else known(steps)


def _refuse_unread(subject: MergedSubject, norms: Iterable[AppliedNorm]) -> None:
    """``InputError`` when the declared value fits none of the quantities that were asked for."""
    asked = [item for item in norms if not item.derived]
    if not asked or not subject.declared or subject.value is None:
        return
    for item in asked:
        named = {quantity.name: quantity.field for quantity in item.norm.quantities}
        for variable in item.demand.variables:
            if _declared(subject, variable, named.get(variable.quantity, "")) is not None:
                return
    variable = asked[0].demand.variables[0]
    axis, name = variable.axis, variable.quantity
    wanted = " of ".join(axis.choices) or (f"een aantal {axis.unit}" if axis.unit else "een getal of datum")
    place = subject.record.place("waarde")
    raise InputError(f"waarde '{subject.value}' past niet bij {name}: verwacht {wanted}", place)
