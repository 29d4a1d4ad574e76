"""A collision as the report shows it: id, texts, certificate and repairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import Certificate, ConflictLine, NormLine
from ikec_compliance.model.rule import Binding, Severity, weakest
from ikec_compliance.model.value import is_known
from ikec_compliance.reconcile.certificate import contradiction_proof, minimal_core, witness
from ikec_compliance.reconcile.collision import TOO_LARGE, Collision, ConflictClass, State, own_sets
from ikec_compliance.reconcile.domain import Domain, listed
from ikec_compliance.reconcile.norms import AppliedNorm
from ikec_compliance.reconcile.proofs import asks, best_core, labels, minimal, proof, universe, witnesses
from ikec_compliance.reconcile.repairs import repairs_of, shown_value, template_values
from ikec_compliance.reconcile.templates import fill
from ikec_compliance.reconcile.values import chosen, holds, readings, shown_choice, varying

_NAMED = 3


def conflict_id(collision: Collision) -> tuple[str, str]:
    """The stable id of a conflict and its code."""
    if collision.friction is not None:
        code = collision.friction.id
    else:
        rules = sorted({item.rule.id for item in collision.norms})
        text = "|".join([collision.subject.kind, *sorted(collision.quantities), *rules])
        code = f"CX-{sha256(text.encode()).hexdigest()[:8]}"
    return f"{code}/{collision.subject.id}", code


def conflict_line(collision: Collision, centre: Centre) -> ConflictLine:
    """Everything a report can show about a collision."""
    id_, code = conflict_id(collision)
    core = _core(collision)
    return ConflictLine(
        id=id_,
        code=code,
        title=_title(collision),
        conflict_class=collision.conflict_class.value,
        state=collision.state.value,
        severity=severity_of(collision.norms),
        evidence=weakest(*(item.rule.evidence for item in collision.norms)),
        binding=_weakest_binding(collision.norms),
        binds=_binds(collision),
        reason=collision.reason,
        explanation=_explanation(collision, centre),
        subject=collision.subject.id,
        norms=tuple(_norm_line(item, collision.several) for item in collision.norms),
        certificate=_certificate(collision, core),
        resolutions=tuple(_resolutions(collision, centre)),
        sources=collision.friction.sources if collision.friction is not None else (),
        location=collision.subject.location,
        repairs=repairs_of(collision, id_, centre),
    )


def severity_of(norms: Sequence[AppliedNorm]) -> Severity:
    """A warning when a norm binds below ``regeling`` or its rule is a warning, else an error."""
    soft = any(
        item.rule.head.binding.rank > Binding.REGELING.rank or item.rule.head.severity is Severity.WARNING
        for item in norms
    )
    return Severity.WARNING if soft else Severity.ERROR


def _weakest_binding(norms: Sequence[AppliedNorm]) -> Binding:
    return max((item.rule.head.binding for item in norms), key=lambda binding: binding.rank)


def _core(collision: Collision) -> list[AppliedNorm]:
    """The norms of a contradiction that cannot hold together, best sources kept where there is a choice."""
    if collision.conflict_class is not ConflictClass.CONTRADICTORY:
        return []
    if collision.several:
        return [collision.hard[place] for place in best_core(collision.hard)]
    hard = sorted(
        collision.hard,
        key=lambda item: (item.rule.head.binding.rank, item.rule.evidence.rank, item.rule.id, item.applied_to),
    )
    core = {id(hard[position]) for position in minimal_core([item.domain for item in hard], collision.axis)}
    return [item for item in collision.hard if id(item) in core]


def _binds(collision: Collision) -> tuple[str, ...]:
    """Who restricts: acts, with the addressee where one act speaks to several. Nobody when all ask the same."""
    if collision.conflict_class in (ConflictClass.DOUBLE, ConflictClass.REVIEW):
        return ()
    parties = {item.party for item in collision.norms}
    return tuple(sorted({_party(item.party, parties) for item in collision.binding}))


def _party(party: tuple[str, str], parties: set[tuple[str, str]]) -> str:
    act, addressee = party
    return act if sum(1 for other, _ in parties if other == act) < 2 else f"{act} ({addressee})"


def _certificate(collision: Collision, core: Sequence[AppliedNorm]) -> Certificate:
    hard = collision.hard
    named = dict(zip(map(id, hard), labels(hard, collision.several), strict=True))
    value = shown_choice(collision.norms) if collision.several else shown_value(collision)
    broken = tuple(sorted({named[id(item)] for item in _broken(collision)}))
    certificate = Certificate(
        kind="mus" if core else "joint",
        core=tuple(named[id(item)] for item in core),
        proof=(),
        witnesses={},
        joint="",
        binding_norms=(),
        value=value,
        broken=broken,
        free=tuple(f"{item.act} ({item.addressee})" for item in collision.free),
        quantities=universe(collision.norms) if collision.several else (),
    )
    if core:
        found = minimal(collision)
        shown = [named[id(item)] for item in hard]
        return replace(
            certificate,
            proof=_contradiction(collision, core, certificate.core),
            witnesses=_witnesses(collision, core, certificate.core),
            conflicts=tuple(tuple(shown[place] for place in item) for item in found.conflicts),
            removals=tuple(tuple(shown[place] for place in item) for item in found.repairs),
            complete=found.complete,
        )
    joint = collision.joint.text() if collision.joint is not None else ""
    if collision.several and collision.reason != TOO_LARGE:
        joint = collision.demand.text()
    return replace(
        certificate,
        proof=_joint_proof(collision, value),
        joint=joint,
        binding_norms=tuple(sorted({named[id(item)] for item in collision.binding})),
    )


def _contradiction(collision: Collision, core: Sequence[AppliedNorm], names: Sequence[str]) -> tuple[str, ...]:
    if collision.several:
        return proof(core, names)
    return contradiction_proof({name: item.domain for name, item in zip(names, core, strict=True)}, collision.axis)


def _witnesses(collision: Collision, core: Sequence[AppliedNorm], names: Sequence[str]) -> dict[str, str]:
    if collision.several:
        near = {v: values[0][0] for v, values in chosen(collision.norms).items() if is_known(values[0])}
        return witnesses(core, names, near)
    domains = {name: item.domain for name, item in zip(names, core, strict=True)}
    return {
        name: collision.axis.show(witness([d for other, d in domains.items() if other != name], collision.axis))
        for name in domains
    }


def _broken(collision: Collision) -> list[AppliedNorm]:
    """The hard norms that the centre's values surely break."""
    if collision.state is not State.OPEN:
        return []
    if collision.several:
        elsewhere = varying(collision.norms)
        return [n for n in collision.hard if any(holds(n.demand, r) is False for r in readings(n, elsewhere))]
    return [item for item in collision.hard if any(item.domain.holds_none(value) for value in collision.values)]


def _joint_proof(collision: Collision, value: str) -> tuple[str, ...]:
    quantity = listed(collision.quantities)
    sentences = [
        f"{item.act} ({item.rule.id}, {item.applied_to}): {item.norm.shown}"
        + ("." if item.standing.settled else f"; telt nog niet mee: {item.standing.value}.")
        for item in collision.norms
    ]
    sentences += [f"{free.act} ({free.addressee}) laat dit vrij: {free.note}" for free in collision.free]
    if collision.joint is None and not collision.several:
        countings = list(
            dict.fromkeys(
                f"{variable.counting}" + (f" ({variable.axis.unit})" if variable.axis.unit else "")
                for item in collision.norms
                for variable in item.demand.variables
                if variable.counting or variable.axis.unit
            )
        )
        last = f"De normen tellen {quantity} verschillend: {listed(countings)}. Dat is niet te vergelijken."
        return (*sentences, last)
    if collision.conflict_class is not ConflictClass.REVIEW:
        joint = collision.joint.words() if collision.joint is not None else collision.demand.words()
        sentences.append(f"Wat alle normen samen toelaten voor {quantity}: {joint}. De keuze van het centrum: {value}.")
    return tuple(sentences)


def _norm_line(item: AppliedNorm, several: bool) -> NormLine:
    head = item.rule.head
    return NormLine(
        rule=head.id,
        regime=head.regime,
        act=item.act,
        addressee=item.norm.addressee,
        modality=item.norm.modality,
        quantity=listed(item.quantities),
        shown=item.norm.shown,
        source=head.source,
        evidence=item.rule.evidence,
        binding=head.binding,
        applied_to=item.applied_to,
        domain=asks(item, several),
        standing=item.standing.value,
    )


def _title(collision: Collision) -> str:
    if collision.friction is not None:
        return collision.friction.title["nl"]
    quantity = _named(collision)
    return f"{quantity[:1].upper()}{quantity[1:]} bij {collision.subject.title}".replace("_", " ")


def _explanation(collision: Collision, centre: Centre) -> str:
    if collision.friction is not None:
        filled = fill(collision.friction.explanation["nl"], template_values(collision, centre))
        return " ".join((filled or collision.friction.explanation["nl"]).split())
    subject, quantity = collision.subject, _named(collision)
    first = f"Het centrum voegt samen: {subject.title} ({listed(subject.facilities) or subject.record.id}). "
    if collision.conflict_class is ConflictClass.REVIEW:
        return f"{first}Of de eisen aan {quantity} botsen is niet te berekenen: {collision.reason}."
    asked = "" if collision.several else f" ({listed([f'{a}: {own.words()}' for a, own in _asked(collision).items()])})"
    ends: Mapping[ConflictClass, str] = {
        ConflictClass.CONTRADICTORY: f"Wat de wetten over {quantity} vragen, kan dan niet tegelijk{asked}.",
        ConflictClass.CONDITIONAL: f"Voor {quantity} geldt dan alles wat de wetten samen vragen{asked}.",
        ConflictClass.DOUBLE: f"De wetten vragen over {quantity} hetzelfde{asked}: dubbel werk, geen tegenspraak.",
    }
    return first + ends[collision.conflict_class]


def _named(collision: Collision) -> str:
    """What is at stake in a few words."""
    names = collision.quantities
    return listed(names) if len(names) <= _NAMED else f"{', '.join(names[:_NAMED])} en {len(names) - _NAMED} andere"


def _asked(collision: Collision) -> dict[str, Domain]:
    parties = {item.party for item in collision.norms}
    return {_party(party, parties): own for party, own in own_sets(collision.norms, collision.axis).items()}


def _resolutions(collision: Collision, centre: Centre) -> list[str]:
    values = template_values(collision, centre)
    if collision.friction is not None:
        fitting = [
            fill(item.text, values)
            for item in collision.friction.resolutions
            if not item.classes or collision.conflict_class.value in item.classes
        ]
        return [text for text in fitting if text is not None]
    if collision.conflict_class is ConflictClass.CONTRADICTORY:
        split = values.get("splitsing")
        return [f"Voeg dit niet samen: {split}." if split else "Voeg dit niet samen: houd per wet een eigen deel."]
    if collision.conflict_class is ConflictClass.CONDITIONAL:
        return [f"Houd de strengste eis aan: {values['gezamenlijk']}.", "Of houd per wet een eigen deel."]
    if collision.conflict_class is ConflictClass.DOUBLE:
        return ["Leg het een keer vast op een plaats en verwijs er voor elke wet naar."]
    return ["Leg de vraag voor aan de toezichthouders en neem hun antwoord op onder oordelen."]
