"""Whether a council had its say on a document, per voorziening and in time."""

from __future__ import annotations

from datetime import date

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.derived import Derivation, Derived, Subject, all_of
from ikec_compliance.facts.partners import partner_record
from ikec_compliance.model.fact import Absent
from ikec_compliance.model.value import FALSE, TRUE, UNKNOWN_FLAG, Value, flag


def council_vote(field: str, kind: str, partner: str) -> Derivation:
    """Whether the council of this voorziening had its say before the document was adopted (WMS 10, Wko 1.60)."""

    def derive(subject: Subject, context: Context) -> Derived:
        record = subject[0]
        definition = context.vocabulary.types["voorziening"].partners[partner]
        document = partner_record(record, definition, context)
        formula = f"{field} van elke {kind} van deze voorziening, voor de vaststelling"
        if isinstance(document, Absent):
            return UNKNOWN_FLAG, formula, (record.place("id"),)
        votes = []
        for council in context.centre.records("raden"):
            covered = council.get("voorzieningen")
            if council.get("soort") == kind and (covered is None or record.id in covered):
                votes.append(_vote((document.get(field) or {}).get(council.id), document, context))
        value = all_of(votes) if votes else UNKNOWN_FLAG
        return value, formula, (document.place(field),)

    return derive


def _vote(answer: date | bool | None, document: Record, context: Context) -> Value:
    """A dated vote counts when it is not later than the adoption, nor than the date of the check."""
    if answer is None or isinstance(answer, bool):
        return UNKNOWN_FLAG if answer is None else flag(answer)
    adopted = document.get("vastgesteld_op")
    if answer > context.on or (adopted is not None and answer > adopted):
        return FALSE
    return UNKNOWN_FLAG if adopted is None else TRUE
