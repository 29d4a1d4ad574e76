"""For which days a centre wrote roster lines by date: findings of such a day are of that day alone."""

from __future__ import annotations

from datetime import date

from ikec_compliance.centre.centre import Centre


def dated_days(centre: Centre) -> frozenset[tuple[str, date]]:
    """(id of a groep or voorziening, date) of every roster line with a date."""
    found: set[tuple[str, date]] = set()
    for line in centre.records("rooster"):
        on = line.get("datum")
        if on is None:
            continue
        group = centre.find("groepen", line.get("groep"))
        ids = [line.get("groep"), *((group.get("voorzieningen") or ()) if group is not None else ())]
        for day in on if isinstance(on, list | tuple) else [on]:
            found |= {(id_, day) for id_ in ids if id_ is not None}
    return frozenset(found)
