"""Where the centre stands: whether the values it has satisfy what norms over several quantities ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ikec_compliance.model.value import NEG, POS, Value, is_known
from ikec_compliance.reconcile.norms import AppliedNorm, Reading, Standing
from ikec_compliance.reconcile.quantities import Demand, Relation, Variable


def choice_state(hard: Sequence[AppliedNorm], unsettled: Sequence[AppliedNorm]) -> bool | None:
    """``False`` when a hard norm is surely broken, ``True`` when all are surely met, else ``None``.

    An unsettled norm cannot make the choice right, and leaves it unknown unless it is met as well; what it asks is
    itself in doubt when it is unconfirmed or replaced.
    """
    elsewhere = varying([*hard, *unsettled])
    found = [holds(item.demand, reading) for item in hard for reading in readings(item, elsewhere)]
    if False in found:
        return False
    doubtful = any(item.standing in (Standing.UNCONFIRMED, Standing.REPLACED) for item in unsettled)
    found += [holds(item.demand, reading) for item in unsettled for reading in readings(item, elsewhere)]
    return True if found and not doubtful and all(item is True for item in found) else None


def varying(norms: Sequence[AppliedNorm]) -> list[Reading]:
    """What single norms read of quantities for which not all norms read the same value, each reading once.

    Slices of a day differ by nature and are left out: only what one moment has may be combined.
    """
    single = [norm.readings[0] for norm in norms if len(norm.readings) == 1]
    values: dict[Variable, set[Value]] = {}
    for reading in single:
        for variable, value in reading.items():
            values.setdefault(variable, set()).add(value)
    several = {variable for variable, found in values.items() if len(found) > 1}
    shown = {frozenset((v, value) for v, value in reading.items() if v in several): None for reading in single}
    return [dict(items) for items in shown if items]


def readings(norm: AppliedNorm, elsewhere: Sequence[Reading]) -> Iterator[Reading]:
    """The values a norm is held against: its own, with those that another has for a quantity they share."""
    wanted = norm.demand.variables if elsewhere else ()
    for own in norm.readings:
        yield own
        for reading in elsewhere if len(norm.readings) == 1 else ():
            differing = {v: reading[v] for v in wanted if v in reading and reading[v] != own.get(v)}
            if differing:
                yield {**own, **differing}


def holds(demand: Demand, reading: Reading) -> bool | None:
    """Whether values satisfy a demand; ``None`` when that is not sure."""
    found: list[bool | None] = []
    for variable, domain in demand.domains.items():
        value = reading.get(variable, (NEG, POS))
        found.append(True if domain.holds_all(value) else False if domain.holds_none(value) else None)
    found += [_related(relation, reading) for relation in demand.relations]
    return False if False in found else None if None in found else True


def _related(relation: Relation, reading: Reading) -> bool | None:
    low = high = 0
    for number, variable in relation.parts:
        first, last = reading.get(variable, (NEG, POS))
        if number < 0:
            first, last = last, first
        open_low, open_high = abs(first) >= POS, abs(last) >= POS
        low = NEG if open_low or low <= NEG else low + number * first
        high = POS if open_high or high >= POS else high + number * last
    above = relation.low is None or low >= relation.low
    below = relation.high is None or high <= relation.high
    if above and below:
        return True
    if (relation.low is not None and high < relation.low) or (relation.high is not None and low > relation.high):
        return False
    return None


def chosen(norms: Sequence[AppliedNorm]) -> dict[Variable, tuple[Value, ...]]:
    """Every value the centre has for each quantity, in order."""
    found: dict[Variable, dict[Value, None]] = {}
    for norm in norms:
        for reading in norm.readings:
            for variable in norm.demand.variables:
                if variable in reading:
                    found.setdefault(variable, {})[reading[variable]] = None
    return {variable: tuple(values) for variable, values in found.items()}


def shown_choice(norms: Sequence[AppliedNorm]) -> str:
    """The centre's values as a certificate shows them: ``kinderen = 16; beroepskrachten = 1 of 2``."""
    parts = []
    for variable, values in chosen(norms).items():
        texts = [variable.axis.number(value[0]) if is_known(value) else "onbekend" for value in values]
        if texts == ["ja"] and variable.member:
            continue  # a member that is there needs no mention
        parts.append(f"{variable.title} = {' of '.join(dict.fromkeys(texts))}")
    return "; ".join(parts)
