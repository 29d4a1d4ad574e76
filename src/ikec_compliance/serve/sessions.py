"""The centres that are open: in memory, a bounded number of them, for a bounded time."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ikec_compliance.app.held import Held
from ikec_compliance.centre import Centre
from ikec_compliance.model.diff import Diff
from ikec_compliance.model.plan import Target
from ikec_compliance.model.result import Report

MOST_STEPS = 50
"""So many changes can be taken back."""


@dataclass(slots=True, eq=False)
class State:
    """A configuration with its report; ``made`` and ``proposals`` keep what was worked out from it."""

    held: Held
    centre: Centre
    report: Report
    made: dict[str, str | bytes] = field(default_factory=dict)
    proposals: tuple[Target, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A change: what was said of it, and the configuration before it."""

    said: tuple[str, ...]
    before: Held


@dataclass(slots=True, eq=False)
class Session:
    """An open centre. ``on`` is the date that was asked for, if any; ``last`` what the last change flipped."""

    key: str
    on: date | None
    first: State
    now: State
    steps: list[Step] = field(default_factory=list)
    last: Diff | None = None
    used: float = 0.0


class Sessions:
    """The open centres by key."""

    def __init__(self, most: int, idle: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self.idle = idle
        self.clock = clock
        self._open: dict[str, Session] = {}

    def __len__(self) -> int:
        self._forget()
        return len(self._open)

    def open(self, state: State, on: date | None) -> Session:
        """A new session under a key that cannot be guessed; the one unused longest makes room."""
        self._forget()
        while len(self._open) >= self.most:
            del self._open[min(self._open, key=lambda key: self._open[key].used)]
        session = Session(secrets.token_urlsafe(32), on, state, state, used=self.clock())
        self._open[session.key] = session
        return session

    def find(self, key: str) -> Session | None:
        """The session of a key, unless it is not there or expired."""
        self._forget()
        session = self._open.get(key)
        if session is not None:
            session.used = self.clock()
        return session

    def close(self, key: str) -> None:
        """Forget a centre."""
        self._open.pop(key, None)

    def _forget(self) -> None:
        oldest = self.clock() - self.idle
        for key in [key for key, session in self._open.items() if session.used < oldest]:
            del self._open[key]
