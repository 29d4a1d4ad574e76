"""Judges that are quick and go wrong on purpose, for workers that are processes of their own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ikec_compliance.fleet.task import CHECKED, COUNTS, Finding, Item, Outcome, unreadable
from ikec_compliance.model.errors import InputError


def items(number: int) -> list[Item]:
    """Centres without content."""
    return [Item(place, f"c{place}", "", (("c.yaml", f"c{place}", b"x"),)) for place in range(number)]


def answer(item: Item) -> Outcome:
    """What these judges say of a centre: some findings, of which the number follows from its own."""
    if item.problem or item.number % 7 == 3:
        return unreadable(item, item.problem or f"{item.id}.yaml:{item.number + 1}:1: verzonnen fout")
    found = tuple(
        Finding("regel", f"KO-BKR-{1 + item.number % 3:02d}", "kinderopvang", f"groep:g{n}", "voldoet_niet", "error",
                False, f"KO-BKR-01/groep:g{n}")
        for n in range(item.number % 5)
    )  # fmt: skip
    counts = tuple(item.number if name == "voldoet" else len(found) * (name == "overtredingen") for name in COUNTS)
    return Outcome(item.number, item.id, item.region, CHECKED, int(bool(found)), "", "2026-11-23", "0" * 64, counts,
                   found)  # fmt: skip


class Echo:
    """Answers at once."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings

    def __call__(self, item: Item) -> Outcome:
        return answer(item)


class Slow(Echo):
    """Answers after a hundredth of a second."""

    def __call__(self, item: Item) -> Outcome:
        time.sleep(0.01)
        return answer(item)


class Slower(Echo):
    """Answers after a fifth of a second."""

    def __call__(self, item: Item) -> Outcome:
        time.sleep(0.2)
        return answer(item)


class Faulty(Echo):
    """Settings: a folder for marks, and per kind of fault the centres it strikes: once, or each time with ``!``."""

    def __call__(self, item: Item) -> Outcome:
        folder, faults = self.settings
        for kind, numbers in faults.items():
            if item.number in numbers and (kind.endswith("!") or _first(Path(folder) / f"{kind}-{item.number}")):
                _strike(kind.rstrip("!"))
        return answer(item)


class Refusing(Echo):
    """Does not accept its settings."""

    def __init__(self, settings: Any) -> None:
        raise InputError("andere regels")


class NotStarting(Echo):
    """Dies at the start."""

    def __init__(self, settings: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def _first(mark: Path) -> bool:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _strike(kind: str) -> None:
    if kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif kind == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif kind == "hang":
        time.sleep(1000)
    elif kind == "memory":
        hold: list[Any] = []
        while True:
            hold.append(bytearray(64 << 20))


def numbers(outcomes: Iterable[Outcome]) -> list[int]:
    """The places of outcomes, in order."""
    return sorted(outcome.number for outcome in outcomes)
