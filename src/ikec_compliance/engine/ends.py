"""The two ends of every column of a fact: the integers durable-rules compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from ikec_compliance.engine.truth import term_value
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.expr import Term
from ikec_compliance.model.fact import Absent, Fact
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import NEG, POS, UNKNOWN


class Column(NamedTuple):
    """A linear term and, when it is one bare field, where that stands: a partner (or empty) and its name."""

    term: Term
    partner: str
    field: str


def column(term: Term) -> Column:
    """The column of a term, with the short way to its field where there is one."""
    if len(term.parts) == 1:
        coefficient, ref = term.parts[0]
        partner, dot, field = ref.path.rpartition(".")
        if coefficient == 1 and not (ref.shift.months or ref.shift.days) and "." not in partner:
            # Whether a partner exists is no field of that partner.
            return Column(term, partner, "" if dot and field == "aanwezig" else field)
    return Column(term, "", "")


def ends_of(columns: Sequence[Column], fact: Fact) -> list[int]:
    """Low and high end of every column, as ``term_value`` gives them; ``InternalError`` names the subject."""
    ends: list[int] = []
    values, partners = fact.values, fact.partners
    try:
        for term, partner, name in columns:
            if name:
                # Nearly every term is a bare field: looked up here, and left to ``term_value`` when anything
                # about it is out of the ordinary.
                owner = partners.get(partner) if partner else fact
                if isinstance(owner, Fact):
                    try:
                        low, high = (owner.values if partner else values)[name]
                    except KeyError:
                        pass
                    else:
                        if NEG <= low <= high <= POS:
                            ends += (low, high)
                            continue
                elif isinstance(owner, Absent):
                    ends += UNKNOWN
                    continue
            ends += term_value(term, fact)
    except InternalError as error:
        raise InternalError(f"{fact.subject}: {error}") from error
    return ends


Ends = tuple[int, ...]


@dataclass(slots=True, eq=False)
class Asked:
    """The facts of one subject type as the rulesets see them: their places among all facts, and no two ends alike."""

    numbers: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """Of each fact its place in ``ends``."""
    ends: dict[Ends, int] = field(default_factory=dict)


def asked(columns: Mapping[str, Sequence[Column]], facts: Iterable[Fact]) -> dict[str, Asked]:
    """What is asked about each subject type that has both rules and facts; see ``ends_of``."""
    found: dict[str, Asked] = {}
    for number, fact in enumerate(facts):
        own = columns.get(fact.type)
        if own is None:
            continue
        asks = found.get(fact.type)
        if asks is None:
            asks = found[fact.type] = Asked()
        asks.numbers.append(number)
        asks.places.append(asks.ends.setdefault(tuple(ends_of(own, fact)), len(asks.ends)))
    return found
