"""Workers on other machines, through Dask distributed.

Each thread of a Dask worker drives one process of its own (``pool``), with the same limits as on one machine: what a
centre does there cannot harm the Dask worker. Configurations travel with their task, so only the rules must be there.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from typing import Any

from ikec_compliance.fleet.pool import TRIES, Factory, Limits, Pool
from ikec_compliance.fleet.task import Item, Outcome, failed
from ikec_compliance.model.errors import InputError

_POLL_SECONDS = 0.5
_AHEAD = 2
"""Centres on their way per thread of the cluster: none waits for the network."""

_own = threading.local()


def judge_there(factory: Factory, settings: Any, limits: Limits, item: Item) -> Outcome:
    """One centre, on a Dask worker, in the process of this thread."""
    key = (factory, settings, limits)
    if getattr(_own, "key", None) != key:
        if hasattr(_own, "pool"):
            _own.pool.close()
        _own.pool, _own.key = Pool(factory, settings, 1, limits), key
    try:
        (outcome,) = _own.pool.outcomes(iter([item]))
    except BaseException:
        _own.pool.close()
        _own.key = None
        raise
    found: Outcome = outcome
    return found


class Cluster:
    """A Dask cluster. When its scheduler is gone for less than ``patience`` seconds, work goes on where it was."""

    def __init__(self, address: str, factory: Factory, settings: Any, limits: Limits, patience: float) -> None:
        try:
            import distributed
        except ImportError:
            raise InputError("voor --scheduler is Dask nodig: pip install 'ikec-compliance[fleet]'") from None
        if os.environ.get("IKEC_DEBUG") != "1":
            logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it is said in Dutch
        self._distributed = distributed
        self._address, self._patience = address, patience
        self._task = (factory, settings, limits)
        self._client: Any = None
        self._news = threading.Event()

    def outcomes(self, items: Iterator[Item]) -> Iterator[Outcome]:
        """The outcome of every item, exactly one each, as they get ready. ``InputError`` when the cluster is gone."""
        under_way: dict[Any, Item] = {}
        again: list[Item] = []
        tries: dict[int, int] = {}
        exhausted = False
        self._connect()
        while True:
            try:
                room = self._room()
                while len(under_way) < room and (again or not exhausted):
                    item = again.pop() if again else next(items, None)
                    if item is None:
                        exhausted = True
                        break
                    again.append(item)  # it is nobody's until the scheduler has it
                    future = self._client.submit(judge_there, *self._task, item, pure=False)
                    future.add_done_callback(lambda _: self._news.set())
                    under_way[future] = again.pop()
                if not under_way:
                    return
                ready = self._ready(under_way)
            except InputError:
                raise
            except self._gone():
                ready = []
                self._client.status = "closed"
            for future in ready:
                item = under_way.pop(future)
                if future.status == "finished":
                    outcome = self._result(future)
                    if outcome is not None:
                        yield outcome
                        continue
                elif future.status == "error":
                    problem = future.exception()
                    if isinstance(problem, InputError):
                        raise problem
                    tries[item.number] = tries.get(item.number, 0) + 1
                    if tries[item.number] >= TRIES:
                        reason = " ".join(f"{type(problem).__name__}: {problem}".split())[:200]
                        yield failed(item, f"na {TRIES} pogingen niet getoetst: {reason}")
                        continue
                again.append(item)
            if self._client.status != "running":
                again += under_way.values()
                under_way.clear()
                self._connect()

    def close(self) -> None:
        """Leave the cluster; what it still works on is called off."""
        client, self._client = self._client, None
        if client is not None:
            try:
                client.close(timeout=2)
            except Exception:  # it is gone already
                return

    def _ready(self, under_way: dict[Any, Item]) -> list[Any]:
        """Those that are not pending, in the order they were given out; waits a moment when there are none."""
        self._news.wait(_POLL_SECONDS)
        self._news.clear()
        return [future for future in under_way if future.status != "pending"]

    def _result(self, future: Any) -> Outcome | None:
        """What a finished task gave; ``None`` when it was lost on the way here."""
        try:
            found: Outcome = future.result(timeout=self._patience)
            return found
        except self._gone():
            return None

    def _room(self) -> int:
        """How many centres may be under way; waits until there are workers."""
        until = time.monotonic() + self._patience
        while True:
            threads = sum(self._client.nthreads().values())
            if threads:
                return int(threads) * _AHEAD
            if time.monotonic() > until:
                raise InputError(
                    f"de planner op {self._address} heeft geen werkers; start ze en geef dezelfde opdracht"
                )
            time.sleep(_POLL_SECONDS)

    def _connect(self) -> None:
        """A (new) connection. ``InputError`` when there is none within the time."""
        self.close()
        until = time.monotonic() + self._patience
        while True:
            try:
                connect: Any = self._distributed.Client  # has no types
                self._client = connect(self._address, timeout=min(5.0, self._patience), set_as_default=False)
                return
            except ValueError:
                raise InputError(
                    f"‘{self._address}’ is geen adres van een planner; schrijf tcp://machine:8786"
                ) from None
            except (OSError, TimeoutError, self._distributed.TimeoutError):
                if time.monotonic() > until:
                    raise InputError(
                        f"de planner op {self._address} is niet te bereiken; wat klaar is blijft staan, dezelfde "
                        "opdracht gaat daar verder"
                    ) from None
                time.sleep(_POLL_SECONDS)

    def _gone(self) -> tuple[type[BaseException], ...]:
        import asyncio
        from concurrent.futures import CancelledError

        from distributed.comm.core import CommClosedError

        return (OSError, TimeoutError, CancelledError, asyncio.CancelledError, CommClosedError,
                self._distributed.TimeoutError)  # fmt: skip
