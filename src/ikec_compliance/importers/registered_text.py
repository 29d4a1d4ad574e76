"""What the registers said, as Dutch text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ikec_compliance.importers.registered import DIFFERENT, FILLED, SAME, Fact


def registered_text(facts: Sequence[Fact]) -> str:
    """One line per fact that is new, differs or needs a look; then the counts."""
    return "".join(f"{line}\n" for line in _lines(facts))


def _lines(facts: Sequence[Fact]) -> Iterator[str]:
    for fact in facts:
        if fact.state == DIFFERENT:
            yield (
                f"VERSCHIL  {fact.facility}.{fact.key}: de configuratie zegt {_shown(fact.own)}, {fact.source} zegt "
                f"{_shown(fact.value)} ({fact.place}, {fact.source})"
            )
        elif fact.state == FILLED:
            yield f"AANVULLING  {fact.facility}.{fact.key}: {_shown(fact.value)} ({fact.source})"
        elif fact.state != SAME:
            yield f"LET OP  {fact.facility}: {fact.remark} ({fact.place})"
    counts = {state: sum(fact.state == state for fact in facts) for state in (SAME, FILLED, DIFFERENT)}
    yield (
        f"Vergeleken met de registers: {counts[SAME]} gelijk, {counts[FILLED]} aan te vullen, {counts[DIFFERENT]} "
        "verschillend. Een verschil wordt nooit overschreven: ga na wat klopt."
    )


def _shown(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = " ".join(str(value).split())
    return f"‘{text if len(text) <= 80 else text[:79] + '…'}’"
