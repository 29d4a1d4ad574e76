"""What a receipt keeps besides the hashes of its inputs: what was asked, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from ikec_compliance.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of a check, as the user gave them: ``None`` or empty when left out.

    Paths are those of the command line, relative to the folder the check ran in. ``centre`` ``None`` is the example.
    """

    centre: str | None = None
    on: date | None = None
    period: tuple[date, date] | None = None
    regimes: tuple[str, ...] = ()
    rules: str | None = None
    extra_rules: str | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The outcome in short: counts per verdict and per state of a conflict, and a hash over every one of them.

    The hash covers what was decided and not how it is said: texts and places in files do not change it.
    """

    sha256: str = ""
    verdicts: Mapping[str, int] = field(default_factory=dict)
    conflicts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which a repeated check differs from its receipt, with its value then and now, as text."""

    what: str
    then: str
    now: str
