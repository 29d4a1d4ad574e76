"""Frictions that no norm can compute (funding, tax, tenders): named where they bite, for a person to judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ikec_compliance.model.result import Certificate, ConflictLine
from ikec_compliance.model.rule import Binding, Severity
from ikec_compliance.reconcile.domain import listed
from ikec_compliance.reconcile.frictions import Friction
from ikec_compliance.reconcile.subjects import MergedSubject
from ikec_compliance.reconcile.templates import fill

REASON = "niet te berekenen"


def uncomputed(subjects: Sequence[MergedSubject], frictions: Sequence[Friction]) -> Iterator[ConflictLine]:
    """A line for each merge that such a friction is about and whose parties are all there."""
    for friction in frictions:
        if not friction.not_computable:
            continue
        for subject in subjects:
            if subject.kind == friction.merge and friction.fits(subject.acts):
                yield _line(friction, subject)
                if friction.once:
                    break


def _line(friction: Friction, subject: MergedSubject) -> ConflictLine:
    values = {
        "samenvoeging": subject.title,
        "leden": listed(subject.facilities),
        "partijen": listed(sorted(subject.acts)),
    }
    explanation = fill(friction.explanation["nl"], values) or friction.explanation["nl"]
    ways = [fill(item.text, values) for item in friction.resolutions if not item.classes or _REVIEW in item.classes]
    why = " ".join(friction.not_computable["nl"].split())
    return ConflictLine(
        id=f"{friction.id}/{subject.id}",
        code=friction.id,
        title=friction.title["nl"],
        conflict_class=_REVIEW,
        state="onbekend",
        severity=Severity.WARNING,
        evidence=friction.evidence,
        binding=Binding.RICHTSNOER,
        binds=(),
        reason=REASON,
        explanation=" ".join(explanation.split()),
        subject=subject.id,
        norms=(),
        certificate=Certificate("joint", (), (why,), {}, "", (), "", ()),
        resolutions=tuple(text for text in ways if text is not None),
        sources=friction.sources,
        location=subject.location,
    )


_REVIEW = "te_beoordelen"
