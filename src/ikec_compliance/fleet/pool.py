"""Workers on this machine. One that dies, hangs or runs out of memory takes nothing with it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ikec_compliance.fleet.task import Item, Outcome, failed
from ikec_compliance.fleet.worker import DONE, NO_MEMORY, READY, REFUSED, receive, send
from ikec_compliance.model.errors import InputError, InternalError

TRIES = 2
"""A centre is given to a second worker when the first one fails on it, and then to no other."""

_START_SECONDS = 120.0
_STARTS = 3
_PROGRAM = "import sys; from ikec_compliance.fleet.worker import main; main(int(sys.argv[1]))"

Factory = Callable[[Any], Callable[[Item], Outcome]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may take: seconds per centre, bytes of address space (0: no limit), centres before it is renewed.

    Renewing keeps the memory of a worker flat whatever the engine's C code keeps for itself.
    """

    seconds: float = 120.0
    memory: int = 0
    centres: int = 500


@dataclass(slots=True, eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    channel: socket.socket
    deadline: float
    ready: bool = False
    done: int = 0
    item: Item | None = None


@dataclass(slots=True, eq=False)
class Pool:
    """``number`` workers, each with what ``factory`` makes of ``settings`` (both travel pickled). Close it."""

    factory: Factory
    settings: Any
    number: int
    limits: Limits = field(default_factory=Limits)
    _workers: list[_Worker] = field(default_factory=list)
    _failed_starts: int = 0

    def outcomes(self, items: Iterator[Item]) -> Iterator[Outcome]:
        """The outcome of every item, as they get ready: exactly one each.

        Takes from ``items`` only what there is a worker for. ``InputError`` when a worker refuses the settings,
        ``InternalError`` when workers do not start.
        """
        tries: dict[int, int] = {}
        again: deque[Item] = deque()
        exhausted = False
        while True:
            while (again or not exhausted) and (worker := self._idle()) is not None:
                item = again.popleft() if again else next(items, None)
                if item is None:
                    exhausted = True
                    break
                tries[item.number] = tries.get(item.number, 0) + 1
                self._give(worker, item)
            if not any(worker.item is not None for worker in self._workers):
                if exhausted and not again:
                    return
                self._fill()
            for worker, reason, outcome in self._events():
                item = worker.item
                if outcome is not None:
                    worker.item = None
                    worker.done += 1
                    if worker.done >= self.limits.centres:
                        self._end(worker)
                    tries.pop(outcome.number, None)
                    yield outcome
                elif item is None:
                    self._not_started(worker, reason)
                else:
                    self._end(worker)
                    if tries[item.number] < TRIES:
                        again.append(item)
                    else:
                        del tries[item.number]
                        yield failed(item, f"na {TRIES} pogingen niet getoetst: {reason}")

    def close(self) -> None:
        """End all workers, also those at work."""
        for worker in list(self._workers):
            self._end(worker)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _fill(self) -> None:
        while len(self._workers) < self.number:
            self._workers.append(_start(self.factory, self.settings, self.limits))

    def _idle(self) -> _Worker | None:
        self._fill()
        return next((worker for worker in self._workers if worker.ready and worker.item is None), None)

    def _give(self, worker: _Worker, item: Item) -> None:
        worker.item, worker.deadline = item, time.monotonic() + self.limits.seconds
        worker.channel.settimeout(self.limits.seconds)
        with contextlib.suppress(OSError):  # it is gone or does not listen: ``_events`` will see so
            send(worker.channel, item)
        worker.channel.settimeout(None)

    def _events(self) -> Iterator[tuple[_Worker, str, Outcome | None]]:
        """What happens next: outcomes, and workers that failed with the reason."""
        waiting = [worker for worker in self._workers if worker.item is not None or not worker.ready]
        poll = select.poll()
        by_descriptor = {worker.channel.fileno(): worker for worker in waiting}
        for descriptor in by_descriptor:
            poll.register(descriptor, select.POLLIN)
        left = min((worker.deadline for worker in waiting), default=0.0) - time.monotonic()
        heard = {by_descriptor[descriptor] for descriptor, _ in poll.poll(max(0.0, left) * 1000 + 1)}
        for worker in waiting:
            if worker in heard:
                yield from self._heard(worker)
            elif time.monotonic() >= worker.deadline:
                seconds = self.limits.seconds if worker.item is not None else _START_SECONDS
                yield worker, f"na {seconds:g} seconden nog niet klaar", None

    def _heard(self, worker: _Worker) -> Iterator[tuple[_Worker, str, Outcome | None]]:
        worker.channel.settimeout(max(0.1, worker.deadline - time.monotonic()))
        try:
            message = receive(worker.channel)
        except OSError:
            message = None
        finally:
            worker.channel.settimeout(None)
        if message is None:
            yield worker, _cause(worker.process), None
            return
        kind, content = message
        if kind == READY:
            worker.ready, self._failed_starts = True, 0
        elif kind == REFUSED:
            raise InputError(content)
        elif kind == NO_MEMORY:
            yield worker, "te weinig geheugen", None
        elif kind == DONE:
            yield worker, "", content

    def _not_started(self, worker: _Worker, reason: str) -> None:
        self._end(worker)
        if worker.ready:  # it went between two centres
            return
        self._failed_starts += 1
        if self._failed_starts >= _STARTS:
            raise InternalError(f"werkprocessen starten niet ({reason}); geef ze meer geheugen of neem er minder")

    def _end(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.channel.close()
        with contextlib.suppress(ProcessLookupError):
            worker.process.kill()
        worker.process.wait()


def _start(factory: Factory, settings: Any, limits: Limits) -> _Worker:
    ours, theirs = socket.socketpair()
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None if os.environ.get("IKEC_DEBUG") == "1" else subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
            start_new_session=True,  # Ctrl-C on the terminal is for the owner, who ends its workers itself
        )
    except OSError as error:
        ours.close()
        raise InternalError(f"een werkproces kon niet starten: {error.strerror}") from error
    finally:
        theirs.close()
    with contextlib.suppress(OSError):
        send(ours, (factory, settings, limits.seconds, limits.memory))
    return _Worker(process, ours, time.monotonic() + _START_SECONDS)


def _cause(process: subprocess.Popen[bytes]) -> str:
    try:
        code = process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return "het werkproces antwoordt niet"
    if code < 0:
        return f"het werkproces is gestopt ({signal.Signals(-code).name})"
    return f"het werkproces is gestopt (code {code})"
