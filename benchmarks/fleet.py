"""How long many centres take: per centre, per worker, and whether that and the memory of a worker stay flat.

``python benchmarks/fleet.py --centres 100 1000 10000 [--workers 1 2]`` makes a country for each size and checks it with
the whole program, rules included, in a new folder. Nothing is timed before the answers are right: a first country is
checked with one worker and with two, and both must write the same bytes; its numbers must be those of ``ikec check``.

Figures per centre are times the number of workers, so that they say what one centre costs one processor. ``at work``
leaves out what comes once: reading the fleet and starting the workers, up to the first outcome, and the overview.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]

from ikec_compliance.app.catalogue import open_catalogue  # noqa: E402
from ikec_compliance.app.check import CheckRequest, check_centre  # noqa: E402
from ikec_compliance.centre import load_centre  # noqa: E402
from ikec_compliance.fleet.columns import arrow  # noqa: E402
from ikec_compliance.fleet.generate import generate  # noqa: E402
from ikec_compliance.fleet.run import FleetRequest, check_fleet  # noqa: E402
from ikec_compliance.model.resources import rules_dir  # noqa: E402

ANSWERS = 24
SEED = 1


@dataclass
class Run:
    """One size with a number of workers: seconds, and what the workers held while they were at it."""

    centres: int
    workers: int
    whole: float = 0.0
    first: float = 0.0
    last: float = 0.0
    processor: float = 0.0
    memory: dict[int, list[int]] = field(default_factory=dict)
    started: float = 0.0

    def progress(self, done: int, total: int) -> None:
        """Called after every centre."""
        now = time.perf_counter() - self.started
        self.first, self.last = self.first or (now if done else 0.0), now
        if done % max(1, total // 50) == 0:
            for process in _children():
                size = _resident(process)
                if size:
                    self.memory.setdefault(process, []).append(size)

    @property
    def per_centre(self) -> float:
        """Milliseconds of a worker for a centre, everything included."""
        return 1000 * self.whole * self.workers / self.centres

    @property
    def at_work(self) -> float:
        """Milliseconds of a worker for a centre once workers are at it."""
        return 1000 * (self.last - self.first) * self.workers / max(1, self.centres - 1)

    @property
    def growth(self) -> str:
        """Megabytes that a worker held half way its life and at its end: of the worker for which that differs most."""
        lives = [seen for seen in self.memory.values() if len(seen) >= 4]
        if not lives:
            return ""
        seen = max(lives, key=lambda seen: seen[-1] - seen[len(seen) // 2])
        return f"{seen[len(seen) // 2]} → {seen[-1]}"


def check_answers(folder: Path) -> None:
    """One worker and two write the same, and what they write is what ``ikec check`` says."""
    fleet = folder / "antwoorden"
    generate(fleet, ANSWERS, SEED, _data())
    written = []
    for workers in (1, 2):
        output = folder / f"antwoorden-{workers}"
        check_fleet(FleetRequest(fleet, output, workers, rules=rules_dir()))
        written.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*.*") if path.is_file()})
    if written[0] != written[1]:
        raise SystemExit("one worker and two do not write the same")
    catalogue = open_catalogue(rules_dir(), None)
    rows = arrow().parquet.read_table(folder / "antwoorden-1" / "centra").to_pylist()
    findings = Counter(
        (row["centrum"], row["regel"], row["onderwerp"])
        for row in arrow().parquet.read_table(folder / "antwoorden-1" / "bevindingen").to_pylist()
    )
    told: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        report = check_centre(load_centre(fleet / f"{row['centrum']}.yaml"), catalogue, CheckRequest(seconds=0))
        for name, number in report.summary.verdicts.items():
            if row[name] != number:
                raise SystemExit(f"{row['centrum']}: {row[name]} × {name} in a fleet, {number} × in a check")
        told.update((row["centrum"], line.rule, line.subject) for line in report.verdicts if line.is_finding)
        told.update((row["centrum"], line.code, line.subject) for line in report.conflicts if line.is_finding)
    if findings != told:
        raise SystemExit("the findings of a fleet are not those of a check")
    print(f"{len(rows)} centres, {findings.total()} findings: one worker, two workers and ikec check agree.\n")


def measure(folder: Path, centres: int, workers: int) -> Run:
    """Check a country of ``centres`` centres."""
    fleet = folder / f"land-{centres}.parquet"
    if not fleet.exists():
        generate(fleet, centres, SEED, _data())
    run = Run(centres, workers)
    before = _processor_seconds()
    run.started = time.perf_counter()
    output = folder / f"uit-{centres}-{workers}"
    check_fleet(FleetRequest(fleet, output, workers, rules=rules_dir()), run.progress)
    run.whole = time.perf_counter() - run.started
    run.processor = _processor_seconds() - before
    return run


def show(runs: list[Run]) -> None:
    """A table, with each run beside the first one of its number of workers, and beside that with one worker."""
    print(
        "| centres | workers | seconds | ms per centre | at work | beside the smallest | processor ms | MB | speed-up |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for run in runs:
        smallest = next(other for other in runs if other.workers == run.workers)
        alone = next((other for other in runs if other.centres == run.centres and other.workers == 1), None)
        speed = "" if alone is None else f"{alone.last / run.last:.2f} ×"
        cells = (
            run.centres, run.workers, f"{run.whole:.1f}", f"{run.per_centre:.0f}", f"{run.at_work:.0f}",
            f"{run.at_work / smallest.at_work:.2f} ×", f"{1000 * run.processor / run.centres:.0f}", run.growth, speed,
        )  # fmt: skip
        print(f"| {' | '.join(map(str, cells))} |")


def _data() -> Path | None:
    named = os.environ.get("IKEC_DATA_DIR")
    return Path(named) if named else None


def _processor_seconds() -> float:
    """What this process and its workers that have ended used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in used)


def _children() -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except OSError:
        return []


def _resident(process: int) -> int:
    """Megabytes; 0 where that is not told."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize() >> 20
    except (OSError, IndexError):
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--centres", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--workers", type=int, nargs="+", default=[2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check_answers(folder)
        runs = [measure(folder, centres, workers) for centres in options.centres for workers in options.workers]
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}:\n")
    show(runs)


if __name__ == "__main__":
    main()
