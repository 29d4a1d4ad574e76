"""Where the time of a check goes: ``python benchmarks/profile_check.py`` prints processor time per stage.

One process, durable-rules in it too (``seconds=0``), so that everything is in one account: what the program does at the
same time in two processes stands here one after the other. The verdicts are those of the reference evaluator, or the
run ends. Stages are measured by themselves; the functions are the dearest ones of one more check under cProfile.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]

EXAMPLE = ROOT / "examples" / "ikec-hoorn"
ROUNDS = 5
MOST = 12
T = TypeVar("T")


def imports() -> float:
    """Milliseconds of processor time to start Python with the command line, the least of some runs."""
    code = "import time; import ikec_compliance.cli, ikec_compliance.app.check; print(time.process_time())"
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, cwd=ROOT / "src", capture_output=True, check=True) for _ in range(ROUNDS)]
    return min(float(run.stdout) for run in runs) * 1000


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    rows = [("Python and the imports of `ikec check`", imports())]

    def timed(name: str, run: Callable[[], T]) -> T:
        times = []
        for _ in range(ROUNDS):
            start = time.process_time()
            found = run()
            times.append((time.process_time() - start) * 1000)
        rows.append((name, median(times)))
        return found

    from ikec_compliance.app.catalogue import open_catalogue
    from ikec_compliance.app.check import CheckRequest, check_centre, facts_of, open_centre
    from ikec_compliance.app.wording import wording_of
    from ikec_compliance.engine import verdict
    from ikec_compliance.report.json_report import render_json
    from ikec_compliance.report.text import render_text

    request = CheckRequest(EXAMPLE, seconds=0)
    open_catalogue(None, None)  # kept from here on
    catalogue = timed("rules, kept from an earlier run", lambda: open_catalogue(None, None))
    centre = timed("configuration: read and checked", lambda: open_centre(request))
    start = time.process_time()
    report = check_centre(centre, catalogue, request)
    first = (time.process_time() - start) * 1000
    rules = {rule.id: rule for rule in catalogue.on(report.receipt.on).rules}
    facts = facts_of(centre, catalogue, request)
    expected = {
        (rule.id, fact.subject): verdict(rule, fact)
        for rule in rules.values()
        if not catalogue.rules.vocabulary.types[rule.head.subject].per_day
        for fact in facts.of_type(rule.head.subject)
    }
    told = {(line.rule, line.subject): line.verdict for line in report.verdicts if "@" not in line.subject}
    if told != expected:
        raise SystemExit("the answers differ: the check and the reference evaluator")
    again = timed("a check, rules at work already", lambda: check_centre(centre, catalogue, request))
    rows.append(("the first check: the same, and compiling for durable-rules", first))
    words = wording_of(catalogue.rules, "nl", report.receipt.on)
    timed("the text", lambda: render_text(report, words, False))
    timed("the JSON", lambda: render_json(again))
    print(f"{len(expected)} verdicts that last equal the reference evaluator's\n\n| stage | processor ms |\n|---|--:|")
    for name, number in rows:
        print(f"| {name} | {number:.0f} |")
    profile = cProfile.Profile()
    profile.runcall(check_centre, open_centre(request), catalogue, request)
    print("\n| function, in a check with the rules at work | calls | share of its own |\n|---|--:|--:|")
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(own for _, _, own, _, _ in stats.values())
    for (file, _, name), (_, calls, own, _, _) in sorted(stats.items(), key=lambda item: -item[1][2])[:MOST]:
        place = file.partition("ikec_compliance/")[2].removesuffix(".py").replace("/", ".") or "C"
        print(f"| `{place}` {name} | {calls:,} | {100 * own / total:.0f} % |")


if __name__ == "__main__":
    main()
