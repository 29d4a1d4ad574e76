"""Applied norms: what each rule with a norm asks of each merged subject, and whether that counts as hard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum

from ikec_compliance.centre.centre import Centre
from ikec_compliance.engine import Truth, truth
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.model.fact import Absent, Fact
from ikec_compliance.model.rule import Norm, ResolvedRule
from ikec_compliance.model.value import UNKNOWN, Value, known
from ikec_compliance.model.vocabulary import FieldDef, FieldKind, Vocabulary
from ikec_compliance.reconcile.domain import Axis, AxisKind, Domain, everything, finite, interval
from ikec_compliance.reconcile.subjects import MergedSubject, acts_of
from ikec_compliance.rules.periods import parse_date


class Standing(str, Enum):
    """How a norm counts. Only ``HARD`` ones restrict and stand in certificates; the last four leave the class open."""

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
    """The norm of one rule for one fact of a merged subject. ``values`` is what the centre chose."""

    rule: ResolvedRule
    norm: Norm
    applied_to: str
    act: str
    domain: Domain
    standing: Standing
    values: tuple[Value, ...]

    @property
    def party(self) -> tuple[str, str]:
        """Act and addressee: who asks."""
        return self.act, self.norm.addressee

    @property
    def axis(self) -> Axis:
        """What the norm measures."""
        return self.domain.axis


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


def applied_norms(subject: MergedSubject, rules: Sequence[ResolvedRule], facts: FactBase) -> list[AppliedNorm]:
    """Every norm that attaches to a merged subject, in the order of rules and facts, once per rule and fact.

    ``InputError`` for a declared value that fits no quantity.
    """
    found: dict[tuple[str, str, Standing], AppliedNorm] = {}
    for rule in rules:
        norm = rule.norm
        if norm is None or subject.kind not in norm.merges:
            continue
        for fact in _attached(subject, rule, norm, facts):
            standing = standing_of(rule, fact, norm.modality)
            if standing is None:
                continue
            applied = _apply(subject, rule, norm, fact, standing, facts)
            key = (rule.id, applied.applied_to, standing)
            if key in found:  # slices of one day: one norm, all its values
                values = tuple(dict.fromkeys([*found[key].values, *applied.values]))
                applied = AppliedNorm(
                    rule, norm, applied.applied_to, applied.act, applied.domain, applied.standing, values
                )
            found[key] = applied
    _refuse_unread(subject, found.values())
    return list(found.values())


def _attached(subject: MergedSubject, rule: ResolvedRule, norm: Norm, facts: FactBase) -> Iterator[Fact]:
    vocabulary, centre = facts.context.vocabulary, facts.context.centre
    partner = vocabulary.types[rule.head.subject].partners.get(norm.quantity.field.partition(".")[0])
    merged_documents = {
        f"document:{record.id}" for record in centre.records("documenten") if len(record.get("soorten")) > 1
    }
    for fact in facts.of_type(rule.head.subject):
        if not subject.covers(fact.subject):
            continue
        if partner is not None and partner.type == "document":
            other = fact.partners[partner.name]
            name = None if isinstance(other, Absent) else other.subject
            if subject.record.key == "documenten":
                # The voorziening may have its schoolplan elsewhere; only an unknown one may still be this document.
                unknown = isinstance(other, Absent) and not other.known
                if name != subject.id and not (unknown and partner.argument in subject.record.get("soorten")):
                    continue
            elif name in merged_documents and subject.kind == "plan" and not subject.declared:
                continue  # that document is itself the merged subject
        yield fact


def _apply(
    subject: MergedSubject, rule: ResolvedRule, norm: Norm, fact: Fact, standing: Standing, facts: FactBase
) -> AppliedNorm:
    vocabulary = facts.context.vocabulary
    field = vocabulary.field(rule.head.subject, norm.quantity.field)
    if field is None:
        raise InternalError(f"de norm van {rule.id} noemt het veld {norm.quantity.field}, dat niet bestaat")
    axis = axis_of(field, vocabulary)
    allowed = domain_of(norm, axis)
    value = _declared(subject, norm, axis) or fact.value(norm.quantity.field)
    applied_to = fact.subject.partition("@")[0]
    act = _act(norm.act, applied_to, facts.context.centre)
    return AppliedNorm(rule, norm, applied_to, act, allowed, standing, (value,))


def axis_of(field: FieldDef, vocabulary: Vocabulary) -> Axis:
    """The axis on which a field is measured."""
    if field.kind is FieldKind.BOOLEAN:
        return Axis(AxisKind.CHOICE, choices=("nee", "ja"))
    if field.kind is FieldKind.CHOICE:
        return Axis(AxisKind.CHOICE, choices=tuple(code.replace("_", " ") for code in field.choices))
    if field.kind is FieldKind.DATE:
        return Axis(AxisKind.DATE)
    if field.kind is not FieldKind.NUMBER:
        raise InternalError(f"het veld {field.name} is een lijst en geen grootheid")
    unit = vocabulary.units.get(field.unit)
    return Axis(AxisKind.NUMBER, unit.title, unit.scale) if unit else Axis(AxisKind.NUMBER)


def domain_of(norm: Norm, axis: Axis) -> Domain:
    """The set a norm allows. A verlof permits and never restricts: everything."""
    if norm.modality == "verlof":
        return everything(axis)
    if norm.allowed is None:
        return interval(axis, norm.minimum, norm.maximum)
    codes = []
    for text in norm.allowed:
        code = read_value(text, axis)
        if code is None:
            raise InternalError(f"de norm '{norm.shown}' staat '{text}' toe: geen waarde van {norm.quantity.name}")
        codes.append(code)
    return finite(axis, codes)


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


def _declared(subject: MergedSubject, norm: Norm, axis: Axis) -> Value | None:
    """The value the integration itself gives; null is unknown; ``None`` when it gives none for this quantity."""
    if not subject.declared:
        return None
    if subject.value is None:
        return UNKNOWN
    steps = read_value(subject.value, axis)
    if steps is None and norm.quantity.field.rpartition(".")[2] == "naam_schoolplan":
        steps = int("schoolplan" in str(subject.value).lower())  # the value of a plan is its title
    return None if steps is None else known(steps)


def _refuse_unread(subject: MergedSubject, norms: Iterable[AppliedNorm]) -> None:
    """``InputError`` when the declared value fits none of the quantities that were asked for."""
    asked = list(norms)
    if asked and subject.declared and all(_declared(subject, item.norm, item.axis) is None for item in asked):
        axis, name = asked[0].axis, asked[0].norm.quantity.name
        wanted = " of ".join(axis.choices) or (f"een aantal {axis.unit}" if axis.unit else "een getal of datum")
        place = subject.record.place("waarde")
        raise InputError(f"waarde '{subject.value}' past niet bij {name}: verwacht {wanted}", place)


def _act(act: str, applied_to: str, centre: Centre) -> str:
    """Of several acts in one norm (``WPO/WEC``) the one that holds for this voorziening."""
    choices = [item.strip() for item in act.split("/")]
    if len(choices) > 1:
        for part in applied_to.split("/"):
            prefix, _, id_ = part.partition(":")
            facility = centre.find("voorzieningen", id_) if prefix == "voorziening" else None
            for own in acts_of(facility) if facility is not None else ():
                if own in choices:
                    return own
    return act
