"""How the web application was asked to run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ikec_compliance.app.request import DEFAULT_SECONDS

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Addresses that only this computer can reach."""

MB = 1024 * 1024
DEFAULT_PORT = 8737


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of ``ikec serve``.

    ``centre`` is offered on the start page. ``limit`` is the most a request may hold, in MB; ``seconds`` limits the
    engine's worker process and ``upload_seconds`` the time a request may take to arrive. At most ``sessions`` centres
    are open at a time, each for at most ``idle`` seconds after its last use. ``keep`` is the folder for outcomes;
    without it nothing is stored. ``names`` are host names that may be used besides those of this computer.
    """

    centre: Path | None = None
    rules: Path | None = None
    extra_rules: Path | None = None
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    limit: int = 10
    seconds: float = DEFAULT_SECONDS
    upload_seconds: float = 60.0
    sessions: int = 8
    idle: float = 4 * 3600.0
    keep: Path | None = None

    @property
    def local(self) -> bool:
        """Whether only this computer can reach the application."""
        return self.host in LOOPBACK

    @property
    def most_bytes(self) -> int:
        """The most a request may hold."""
        return self.limit * MB
