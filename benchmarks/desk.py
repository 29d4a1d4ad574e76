"""Engines in processes of their own, asked in turn: answers first compared, then timed."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from work import Work

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Peer:
    """An engine: its module under ``peers``, how the table calls it, and whether it reads the program's own rules."""

    module: str
    name: str
    own: bool = False


IKEC = Peer("ikec", "ikec (durable-rules, the narrow way)", own=True)
PEERS = (
    IKEC,
    Peer("reference", "ikec, reference evaluator", own=True),
    Peer("durable_api", "durable-rules, documented API"),
    Peer("clips_rules", "CLIPS (clipspy)"),
    Peer("cel_rust", "CEL in Rust (common-expression-language)"),
    Peer("cel_python", "CEL in Python (cel-python)"),
    Peer("rego", "Rego (regopy)"),
    Peer("openfisca", "OpenFisca-core"),
)


class GaveUpError(Exception):
    """An engine that is absent, crashed or took too long; the reason as text."""


@dataclass
class Result:
    """What was measured of one engine, in the order of the rounds; ``why`` when there is nothing."""

    peer: Peer
    version: str = ""
    built: float = 0.0
    processor: list[float] = field(default_factory=list)
    elapsed: list[float] = field(default_factory=list)
    megabytes: float = 0.0
    why: str = ""

    @property
    def milliseconds(self) -> float:
        """Median of the processor time of a run."""
        return median(self.processor) * 1000

    def beside(self, other: Result) -> float:
        """How many times the processor time of ``other``: the median of the ratio within a round."""
        # An engine that is slow was asked in fewer rounds.
        return median(one / two for one, two in zip(self.processor, other.processor, strict=False))


def side_by_side(work: Work, peers: Sequence[Peer], rounds: int, limit: float) -> list[Result]:
    """Every engine on the same work, in turn within each round.

    Ends the program when an answer is not that of the reference evaluator. An engine that needs more than ``limit``
    seconds for building or for a run is stopped; one that needs more than a quarter of it runs no more than twice.
    """
    results = [Result(peer) for peer in peers]
    with tempfile.TemporaryDirectory(prefix="ikec-bench-") as folder:
        paths = {True: Path(folder) / "own", False: Path(folder) / "plain"}
        paths[True].write_bytes(pickle.dumps(work.own, protocol=5))
        paths[False].write_bytes(pickle.dumps(work.plain, protocol=5))
        engines: dict[str, _Engine] = {}
        try:
            for result in results:
                engine = engines[result.peer.module] = _Engine(result.peer, paths[result.peer.own], limit)
                _attempt(result, lambda result=result, engine=engine: _start(result, engine, work))  # type: ignore[misc]
            for _ in range(rounds):
                for result in results:
                    slow = len(result.elapsed) > 1 and min(result.elapsed) > limit / 4
                    if not result.why and not slow:
                        engine = engines[result.peer.module]
                        _attempt(result, lambda result=result, engine=engine: _note(result, engine.ask()))  # type: ignore[misc]
        finally:
            for engine in engines.values():
                engine.stop()
    return results


def _attempt(result: Result, step: Any) -> None:
    try:
        step()
    except GaveUpError as error:
        result.why = str(error)


def _start(result: Result, engine: _Engine, work: Work) -> None:
    told = engine.told()
    if "absent" in told:
        raise GaveUpError(f"absent: {told['absent']}")
    result.built, result.version = told["built"], told["version"]
    # The first run is not timed: it shows the answers.
    if engine.ask()["answers"] != work.answers:
        raise SystemExit(f"the answers differ: {result.peer.name} on {work.name}")


def _note(result: Result, told: Mapping[str, Any]) -> None:
    result.processor.append(told["processor"])
    result.elapsed.append(told["elapsed"])
    result.megabytes = told["megabytes"]


class _Engine:
    """The process of one engine."""

    def __init__(self, peer: Peer, work: Path, limit: float) -> None:
        self._limit = limit
        self._seen = b""
        # No variable of numerical libraries lets one engine have more than one processor.
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "NUMEXPR_MAX_THREADS": "1", "NUMEXPR_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "worker.py"), peer.module, str(work)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip

    def ask(self) -> dict[str, Any]:
        """Let the engine run once."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"\n")
            self._process.stdin.flush()
        except OSError:
            pass  # it has ended; what it says about that is read below
        return self.told()

    def told(self) -> dict[str, Any]:
        """The next line it writes."""
        assert self._process.stdout is not None
        until = time.monotonic() + self._limit
        while b"\n" not in self._seen:
            ready, _, _ = select.select([self._process.stdout], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                self.stop()
                raise GaveUpError(f"more than {self._limit:.0f} s")
            part = os.read(self._process.stdout.fileno(), 1 << 16)
            if not part:
                code = self._process.wait()
                raise GaveUpError(f"ended by signal {-code}" if code < 0 else "ended with an error")
            self._seen += part
        line, _, self._seen = self._seen.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                # What was still to be written to a process that has ended.
                with contextlib.suppress(OSError):
                    stream.close()


def table(work: Work, results: Sequence[Result]) -> str:
    """The results as Markdown, with ratios to the first."""
    lines = [
        f"**{work.name}**: {work.size}", "",
        "| engine | version | median ms | fastest elapsed ms | verdicts/s | ratio to ikec | compiling ms | memory MB |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    total = sum(map(len, work.answers))
    for item in results:
        if item.why or not item.processor:
            lines.append(f"| {item.peer.name} | {item.version} | {item.why or 'not run'} | | | | | |")
            continue
        ratio = f"{item.beside(results[0]):.2f}" if results[0].processor else ""
        lines.append(
            f"| {item.peer.name} | {item.version} | {item.milliseconds:.1f} | {min(item.elapsed) * 1000:.1f} | "
            f"{total / item.milliseconds * 1000:,.0f} | {ratio} | {item.built * 1000:.0f} | {item.megabytes:.0f} |"
        )
    return "\n".join(lines)
