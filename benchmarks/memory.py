"""What a whole check holds in memory: the most of its own process, and of the largest process it started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# The kernel's own count of this process; what a parent held before it started does not enter into it.
_PROGRAM = """
import resource, sys
from ikec_compliance.cli import main
try:
    main()
except SystemExit:
    pass
own = open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]
print(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""

COMMANDS = {
    "`ikec --version`": ["--version"],
    "`ikec check examples/ikec-hoorn`": ["check", "examples/ikec-hoorn"],
    "`ikec check … --format html`": ["check", "examples/ikec-hoorn", "--format", "html"],
    "`ikec conflicts examples/ikec-hoorn`": ["conflicts", "examples/ikec-hoorn"],
}


def table() -> str:
    """Megabytes (a million bytes) by command, as Markdown."""
    if not Path("/proc/self/status").is_file():
        return "not measured: this system has no /proc"
    lines = ["| command | its process MB | largest child MB |", "|---|--:|--:|"]
    for name, arguments in COMMANDS.items():
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        own, child = (int(part) * 1024 / 1e6 for part in done.stderr.split()[-2:])
        lines.append(f"| {name} | {own:.0f} | {child:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
