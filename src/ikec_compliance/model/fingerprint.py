"""The lasting name of a finding: what it is about, whichever week or hour it was found in (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")


def fingerprint(rule: str, subject: str, dated: Set[tuple[str, date]] = frozenset()) -> str:
    """``KO-BKR-01/groep:sg-egels@di``: rule or conflict code with its subject.

    A day becomes its weekday, for the same weekly lines give the same finding every week; it stays a date where
    ``dated`` says that a line of the roster was written for that groep or voorziening and that date alone.
    """
    owner, mark, day = subject.rpartition("@")
    if not mark:
        return f"{rule}/{subject}"
    on = date.fromisoformat(day)
    if (owner.partition(":")[2], on) in dated:
        return f"{rule}/{subject}"
    return f"{rule}/{owner}@{WEEKDAYS[on.weekday()]}"
