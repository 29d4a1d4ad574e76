"""A collision as the report shows it: id, texts, certificate and repairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import Certificate, ConflictLine, NormLine
from ikec_compliance.model.rule import Binding, Severity, weakest
from ikec_compliance.reconcile.certificate import contradiction_proof, minimal_core, witness
from ikec_compliance.reconcile.collision import Collision, ConflictClass, State, own_sets
from ikec_compliance.reconcile.domain import Domain, listed
from ikec_compliance.reconcile.norms import AppliedNorm
from ikec_compliance.reconcile.repairs import repairs_of, shown_value, template_values
from ikec_compliance.reconcile.templates import fill


def conflict_id(collision: Collision) -> tuple[str, str]:
    """The stable id of a conflict and its code."""
    if collision.friction is not None:
        code = collision.friction.id
    else:
        rules = sorted({item.rule.id for item in collision.norms})
        text = "|".join([collision.subject.kind, collision.norms[0].norm.quantity.name, *rules])
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
        norms=tuple(_norm_line(item) for item in collision.norms),
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
    value = shown_value(collision)
    free = tuple(f"{item.act} ({item.addressee})" for item in collision.free)
    broken = _broken(collision)
    if core:
        domains = {item.rule.id: item.domain for item in core}
        witnesses = {
            rule: collision.axis.show(witness([d for other, d in domains.items() if other != rule], collision.axis))
            for rule in domains
        }
        proof = contradiction_proof(domains, collision.axis)
        return Certificate("mus", tuple(domains), proof, witnesses, "", (), value, broken, free)
    joint = collision.joint
    binding = tuple(sorted({item.rule.id for item in collision.binding}))
    text = joint.text() if joint is not None else ""
    return Certificate("joint", (), _joint_proof(collision, value), {}, text, binding, value, broken, free)


def _broken(collision: Collision) -> tuple[str, ...]:
    """The rules whose norm the centre's value surely breaks."""
    if collision.state is not State.OPEN:
        return ()
    norms = [item for item in collision.hard if any(item.domain.holds_none(chosen) for chosen in collision.values)]
    return tuple(sorted({item.rule.id for item in norms}))


def _joint_proof(collision: Collision, value: str) -> tuple[str, ...]:
    quantity = collision.norms[0].norm.quantity.name
    sentences = [
        f"{item.act} ({item.rule.id}, {item.applied_to}): {item.norm.shown}"
        + ("." if item.standing.settled else f"; telt nog niet mee: {item.standing.value}.")
        for item in collision.norms
    ]
    sentences += [f"{free.act} ({free.addressee}) laat dit vrij: {free.note}" for free in collision.free]
    joint = collision.joint
    if joint is None:
        countings = list(
            dict.fromkeys(
                f"{item.norm.quantity.counting}" + (f" ({item.axis.unit})" if item.axis.unit else "")
                for item in collision.norms
            )
        )
        last = f"De normen tellen {quantity} verschillend: {listed(countings)}. Dat is niet te vergelijken."
        return (*sentences, last)
    if collision.conflict_class is not ConflictClass.REVIEW:
        sentences.append(
            f"Wat alle normen samen toelaten voor {quantity}: {joint.words()}. De keuze van het centrum: {value}."
        )
    return tuple(sentences)


def _norm_line(item: AppliedNorm) -> NormLine:
    head = item.rule.head
    return NormLine(
        rule=head.id,
        regime=head.regime,
        act=item.act,
        addressee=item.norm.addressee,
        modality=item.norm.modality,
        quantity=item.norm.quantity.name,
        shown=item.norm.shown,
        source=head.source,
        evidence=item.rule.evidence,
        binding=head.binding,
        applied_to=item.applied_to,
        domain=item.domain.text(),
        standing=item.standing.value,
    )


def _title(collision: Collision) -> str:
    if collision.friction is not None:
        return collision.friction.title["nl"]
    quantity = collision.norms[0].norm.quantity.name
    return f"{quantity[:1].upper()}{quantity[1:]} bij {collision.subject.title}".replace("_", " ")


def _explanation(collision: Collision, centre: Centre) -> str:
    if collision.friction is not None:
        filled = fill(collision.friction.explanation["nl"], template_values(collision, centre))
        return " ".join((filled or collision.friction.explanation["nl"]).split())
    subject, quantity = collision.subject, collision.norms[0].norm.quantity.name
    first = f"Het centrum voegt samen: {subject.title} ({listed(subject.facilities) or subject.record.id}). "
    if collision.conflict_class is ConflictClass.REVIEW:
        return f"{first}Of de eisen aan {quantity} botsen is niet te berekenen: {collision.reason}."
    asked = listed([f"{act}: {own.words()}" for act, own in _asked(collision).items()])
    ends: Mapping[ConflictClass, str] = {
        ConflictClass.CONTRADICTORY: f"Wat de wetten over {quantity} vragen, kan dan niet tegelijk ({asked}).",
        ConflictClass.CONDITIONAL: f"Voor {quantity} geldt dan alles wat de wetten samen vragen ({asked}).",
        ConflictClass.DOUBLE: f"De wetten vragen over {quantity} hetzelfde ({asked}): dubbel werk, geen tegenspraak.",
    }
    return first + ends[collision.conflict_class]


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
