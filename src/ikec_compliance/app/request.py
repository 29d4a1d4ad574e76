"""What a user asks of a check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ikec_compliance.model.record import dataclass

# Terms and school years are counted from the date of a check: far from today they leave the calendar.
YEARS = range(1900, 2200)
# The example centre takes well under a second; a year of a large centre some ten. Beyond this something hangs.
DEFAULT_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """The options of ``ikec check``. ``centre`` ``None`` is the example centre.

    ``period`` is first and last day, both inclusive. ``seconds`` limits the engine's worker process.
    ``baseline`` holds fingerprints of findings that no longer count. ``detail`` works out the clauses of every verdict
    and not only of those that need attention.
    ``overview`` adds what the reports for people show besides verdicts. ``today`` stands in for the clock, so that a
    check can be repeated on another day.
    """

    centre: Path | None = None
    on: date | None = None
    period: tuple[date, date] | None = None
    regimes: tuple[str, ...] = ()
    rules: Path | None = None
    extra_rules: Path | None = None
    verify: bool = False
    seconds: float = DEFAULT_SECONDS
    detail: bool = False
    baseline: frozenset[str] = frozenset()
    overview: bool = False
    today: date | None = None
