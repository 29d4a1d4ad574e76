"""How long a check takes, and what the parts of it cost beside what they could be replaced by.

``python benchmarks/run.py [--rounds N] [--quick] [--centres N …]`` prints a table, and those of ``sections.py``. Every
case first has its answers compared; a difference ends the run. The cases of a round follow each other directly, so that
a busy machine slows them alike; figures are medians over the rounds and ratios are medians of the ratio within a round.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "examples/ikec-hoorn"
LONG_ROUNDS = 5
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "facts"), str(ROOT / "benchmarks")]

import year  # noqa: E402
from sections import sections  # noqa: E402
from test_bkr_dagopvang import SMALL, worked_out  # noqa: E402

from ikec_compliance.app.catalogue import open_catalogue  # noqa: E402
from ikec_compliance.app.check import CheckRequest, check_centre, facts_of, open_centre  # noqa: E402
from ikec_compliance.engine import DurableEngine, Outcome, verdict  # noqa: E402
from ikec_compliance.facts.bkr_calculator import Calculator  # noqa: E402
from ikec_compliance.facts.bkr_tables import load_tables  # noqa: E402
from ikec_compliance.report.json_report import render_json  # noqa: E402


@dataclass(frozen=True)
class Case:
    """Something to time. ``beside`` names the case it is compared with."""

    name: str
    run: Callable[[], object]
    beside: str = ""


def program(folder: Path, compiled: bool) -> dict[str, str]:
    """A copy of the program in ``folder`` with or without ``.pyc`` files, and the environment that runs it."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("rules", "schema", "examples"):
        (folder / name).symlink_to(ROOT / name)
    if compiled:
        compileall.compile_dir(folder / "src", quiet=1)
    # No byte code is written while timing: the second run must be as cold as the first.
    return {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}


def ikec(environment: dict[str, str], *arguments: str) -> bytes:
    """What ``ikec check`` prints for the example, in a process of its own."""
    command = [sys.executable, "-m", "ikec_compliance", "check", EXAMPLE, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    if done.returncode != 1 or done.stderr:
        raise SystemExit(f"ikec check ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def require(equal: bool, what: str) -> None:
    """End the run when two ways of computing ``what`` do not agree."""
    if not equal:
        raise SystemExit(f"the answers differ: {what}")


def cold(folder: Path) -> list[Case]:
    """The whole process, as a user meets it."""
    os.chdir(ROOT)
    compiled, plain = program(folder / "compiled", True), program(folder / "plain", False)
    # Nothing that the user's own runs kept enters into it.
    kept, fresh, bytecode = (
        {**environment, "IKEC_CACHE": cache}
        for environment, cache in ((compiled, str(folder / "cache")), (compiled, "nee"), (plain, "nee"))
    )
    request = CheckRequest(Path(EXAMPLE))
    here = render_json(check_centre(open_centre(request), open_catalogue(None, None), request)).encode()
    for environment in (kept, kept, fresh, bytecode):
        require(ikec(environment, "--format", "json") == here, "the report of a process and of a call")

    def bare() -> None:
        subprocess.run([sys.executable, "-c", "pass"], env=compiled, check=True)

    return [
        Case("`ikec check`, rules kept from a run before", lambda: ikec(kept), "Python that does nothing"),
        Case("`ikec check`, nothing kept", lambda: ikec(fresh), "`ikec check`, rules kept from a run before"),
        Case("the same without .pyc files", lambda: ikec(bytecode), "`ikec check`, nothing kept"),
        Case("Python that does nothing", bare),
    ]


def engine() -> tuple[list[Case], DurableEngine, str]:
    """Rules compiled once, the facts of one centre through them; and the same by the reference evaluator."""
    request = CheckRequest(Path(EXAMPLE))
    catalogue, centre = open_catalogue(None, None), open_centre(request)
    base = facts_of(centre, catalogue, request)
    rules = catalogue.on(base.context.on).rules
    types = list(dict.fromkeys(rule.head.subject for rule in rules))
    facts = [fact for name in types for fact in base.of_type(name)]
    by_type: dict[str, list[int]] = {}
    for number, fact in enumerate(facts):
        by_type.setdefault(fact.type, []).append(number)

    def reference() -> list[Outcome]:
        return [
            Outcome(number, fact, verdict(rule, facts[fact]))
            for number, rule in enumerate(rules)
            for fact in by_type.get(rule.head.subject, ())
        ]

    def compile_rules() -> None:
        DurableEngine(rules).close()

    def one_centre() -> list[Outcome]:
        fresh = facts_of(open_centre(request), catalogue, request)
        return durable.evaluate([fact for name in types for fact in fresh.of_type(name)])

    durable = DurableEngine(rules)
    expected = reference()
    require(durable.evaluate(facts) == expected, "durable-rules and the reference evaluator")
    require(one_centre() == expected, "the same centre read again")
    by_durable, by_reference = "durable-rules, facts at hand", "reference evaluator, facts at hand"
    size = f"{len(rules)} rules, {len(facts)} facts, {len(expected)} verdicts"
    return (
        [
            Case("one more centre: read, derive, evaluate", one_centre),
            Case(by_durable, lambda: durable.evaluate(facts), by_reference),
            Case(by_reference, reference),
            Case("compiling the rules for durable-rules", compile_rules),
        ],
        durable,
        size,
    )


def ratio() -> list[Case]:
    """The beroepskracht-kindratio of every group that may exist, by integers and by fractions."""
    record = next(item for item in load_tables(ROOT / "rules").calculators if item.id == "bkr_dagopvang_2019")

    used = Calculator(record)

    def ask(calculator: Calculator) -> list[tuple[int | None, str]]:
        return [((found := calculator.outcome(*group)).required, found.basis) for group in SMALL]

    def fractions() -> list[tuple[int | None, str]]:
        answers = worked_out()
        return [answers[group] for group in SMALL]

    require(ask(used) == fractions() == ask(used), "the ratio calculator and its oracle")
    oracle = f"the oracle of the tests, {len(SMALL)} groups"
    return [
        Case(f"ratio calculator, {len(SMALL)} groups", lambda: ask(Calculator(record)), oracle),
        Case("the same groups asked again", lambda: ask(used), oracle),
        Case(oracle, fractions),
    ]


@dataclass(frozen=True)
class Time:
    """Milliseconds: of processors, those of processes started included, and elapsed."""

    processor: float
    elapsed: float


def measure(cases: list[Case], rounds: int) -> dict[str, list[Time]]:
    """What each case took in each round."""
    times: dict[str, list[Time]] = {case.name: [] for case in cases}
    for _ in range(rounds):
        for case in cases:
            start, used = time.perf_counter(), _used()
            case.run()
            times[case.name].append(Time((_used() - used) * 1000, (time.perf_counter() - start) * 1000))
    return times


def _used() -> float:
    """Processor seconds of this process and of those it waited for."""
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(item.ru_utime + item.ru_stime for item in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--quick", action="store_true", help="under a minute: few rounds, small sizes, no year")
    parser.add_argument("--centres", type=int, nargs="*", default=[10, 100, 1000], help="sizes of the fleet")
    options = parser.parse_args()
    rounds = min(2, options.rounds) if options.quick else max(1, options.rounds)
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {processor()}\n")
    print(program_table(rounds, years=not options.quick), flush=True)
    for part in sections(options.quick, rounds, options.centres):
        print(part, flush=True)


def program_table(rounds: int, years: bool) -> str:
    """The program's own figures."""
    with tempfile.TemporaryDirectory(prefix="ikec-bench-") as folder:
        long: list[Case] = []
        times: dict[str, list[Time]] = {}
        counted = ""
        if years:
            rosters = Path(folder) / "rosters"
            rosters.mkdir()
            year.prepare(rosters)
            days, breached = year.agree(rosters)
            counted = f"year: {days} days of a groep counted again minute by minute, {breached} breached, all equal\n"
            whole, *others = year.runs(rosters).items()
            long = [Case(*whole), *(Case(name, run, whole[0]) for name, run in others)]
            times = measure(long, min(rounds, LONG_ROUNDS))
        cases = cold(Path(folder))
        more, durable, size = engine()
        with durable:
            cases += [*more, *ratio()]
            times |= measure(cases, rounds)
    lines = [
        f"example centre: {size}; medians of {rounds} rounds, of a year at most {LONG_ROUNDS}",
        counted,
        "| what | processor ms | fastest elapsed ms | ratio |",
        "|---|--:|--:|---|",
    ]
    for case in cases + long:
        own = [item.processor for item in times[case.name]]
        against = ""
        if case.beside:
            ratios = [one / two.processor for one, two in zip(own, times[case.beside], strict=True)]
            against = f"{median(ratios):.2f} × {case.beside}"
        fastest = min(item.elapsed for item in times[case.name])
        lines.append(f"| {case.name} | {median(own):.1f} | {fastest:.1f} | {against} |")
    return "\n".join(lines)


def processor() -> str:
    """The machine in words."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        name = text.partition("model name")[2].partition(":")[2].partition("\n")[0].strip()
    except OSError:
        name = platform.processor()
    return f"{os.cpu_count()} processors{f' ({name})' if name else ''}"


if __name__ == "__main__":
    main()
