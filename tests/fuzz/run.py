"""Coverage-guided fuzzing of every reader (atheris, on libFuzzer).

``python -m tests.fuzz.run --seconds 30 [--target NAME]… [--seed N]`` divides the seconds over the targets, two at a
time, and exits 1 when one found something: an exception that is no ``InputError``, an input that takes longer than
ten seconds, or more than 2 GB of memory. The input of a find stands in ``build/fuzz/<target>/``; what was learned is
kept there as well and the next run goes on with it. ``--once FILE`` gives one input to a target.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(__file__).resolve().parent / "corpus"
BUILD = ROOT / "build" / "fuzz"
NAMES = ("centre", "rules", "expression", "workbook", "registers", "groups", "records", "mapping", "law")

SECONDS_PER_INPUT, MEGABYTES, LONGEST = 10, 2048, 20_000
AT_ONCE = 2


def fuzz(name: str, arguments: list[str]) -> None:
    """Fuzz one target in this process; does not return."""
    import atheris

    with atheris.instrument_imports(include=["ikec_compliance"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[name]

    def once(data: bytes) -> None:
        target(data)

    atheris.Setup([sys.argv[0], *arguments], once)
    atheris.Fuzz()


def start(name: str, seconds: int, seed: int) -> tuple[str, int, str]:
    """Fuzz one target in a process of its own: its name, exit code and what it said."""
    learned, finds = BUILD / name / "corpus", BUILD / name
    learned.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}", f"-timeout={SECONDS_PER_INPUT}", f"-rss_limit_mb={MEGABYTES}",
        f"-max_len={LONGEST}", f"-seed={seed}", "-print_final_stats=1", "-verbosity=1", f"-artifact_prefix={finds}/",
    ]  # fmt: skip
    words = SEEDS / f"{name}.dict"
    if words.is_file():
        options.append(f"-dict={words}")
    command = [sys.executable, "-m", "tests.fuzz.run", "--in-process", name, *options, str(learned), str(SEEDS / name)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "IKEC_CACHE": "nee"}
    # A hang in C code keeps even the fuzzer's own alarm from being heard.
    limit = seconds + 10 * SECONDS_PER_INPUT + 60
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, errors="replace",
                              timeout=limit, check=False)  # fmt: skip
    except subprocess.TimeoutExpired:
        return name, 1, f"no answer within {limit} seconds"
    return name, done.returncode, done.stdout + done.stderr


def summary(name: str, code: int, text: str) -> str:
    """One line about a run."""
    units = re.search(r"stat::number_of_executed_units: (\d+)", text)
    covered = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", text)
    edges = f", {covered[-1][0]} edges, {covered[-1][2]} inputs kept" if covered else ""
    return f"{name}: {units[1] if units else '?'} inputs{edges}: {'nothing found' if code == 0 else 'FOUND SOMETHING'}"


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--in-process"]:
        fuzz(arguments[1], arguments[2:])
        return 0
    parser = argparse.ArgumentParser(prog="tests.fuzz.run", description=__doc__)
    parser.add_argument("--seconds", type=int, default=30, help="for all targets together, on two processors")
    parser.add_argument("--target", action="append", choices=NAMES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--once", type=Path, help="give this one input to the target")
    options = parser.parse_args(arguments)
    names = options.target or list(NAMES)
    if options.once:
        from tests.fuzz.targets import TARGETS

        TARGETS[names[0]](options.once.read_bytes())
        return 0
    if importlib.util.find_spec("atheris") is None:
        print("fuzz: atheris has no wheel for this Python and machine; nothing was fuzzed", file=sys.stderr)
        return 2
    each = max(1, options.seconds * min(AT_ONCE, len(names)) // len(names))
    failed = 0
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, code, text in pool.map(lambda name: start(name, each, options.seed), names):
            print(summary(name, code, text), flush=True)
            if code:
                failed += 1
                print("\n".join(text.splitlines()[-40:]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
