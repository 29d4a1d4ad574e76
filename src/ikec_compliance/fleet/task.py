"""What goes to a worker and what comes back: plain records that travel between processes and machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ikec_compliance.model.verdict import Verdict

CHECKED, UNREADABLE, FAILED = "getoetst", "onleesbaar", "fout"
"""How a centre went: it was checked; its configuration is wrong; the program or its machine failed."""

REGIMES = ("onderwijs", "kinderopvang", "jeugdhulp", "huisregel", "gemeente")
COUNTS = (
    *(verdict.value for verdict in Verdict),
    "overtredingen", "waarschuwingen", "open_botsingen", "vragen", "aanvaard", "regels", "onderwerpen",
    *(f"bevindingen_{regime}" for regime in REGIMES),
)  # fmt: skip
"""The numbers of a centre. ``overtredingen`` and ``waarschuwingen`` are findings by severity, open collisions included;
``vragen`` the verdicts that are undecided and matter; ``aanvaard`` the findings accepted for now."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is asked of every centre.

    ``rules_sha256`` is what every worker must find in its own rules, ``program_sha256`` (unless empty) in its own ikec.
    """

    rules: Path | None
    extra_rules: Path | None
    rules_sha256: str
    on: date | None = None
    today: date | None = None
    period: tuple[date, date] | None = None
    regimes: tuple[str, ...] = ()
    verify: bool = False
    program_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One centre to check: its place in the fleet, its id, and its files as (name, name in messages, bytes).

    ``problem`` is set when it could not even be read.
    """

    number: int
    id: str
    region: str
    files: tuple[tuple[str, str, bytes], ...]
    problem: str = ""


class Finding(NamedTuple):
    """A verdict ``voldoet_niet``, or a collision in state ``open``."""

    kind: str
    rule: str
    regime: str
    subject: str
    verdict: str
    severity: str
    accepted: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one centre. ``exit`` is the exit code ``ikec check`` would give; ``counts`` follows ``COUNTS``."""

    number: int
    id: str
    region: str
    state: str
    exit: int
    message: str = ""
    on: str = ""
    sha256: str = ""
    counts: tuple[int, ...] = (0,) * len(COUNTS)
    findings: Sequence[Finding] = ()


def unreadable(item: Item, message: str) -> Outcome:
    """A centre whose configuration is wrong; the message names the place."""
    return Outcome(item.number, item.id, item.region, UNREADABLE, 2, clean(message))


def clean(text: str) -> str:
    """Text as one line that every table and page can hold, whatever was in the name of a file."""
    line = "".join(char if char.isprintable() else " " for char in text.encode("utf-8", "replace").decode())
    return " ".join(line.split())


def failed(item: Item, message: str) -> Outcome:
    """A centre on which the program or its machine failed."""
    return Outcome(item.number, item.id, item.region, FAILED, 3, clean(message))
