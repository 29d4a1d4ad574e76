"""Where the program and the oracles of its tests are found, without either being installed. Import it first."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

sys.path[:0] = [str(ROOT / part) for part in ("src", "tests/facts", "benchmarks") if str(ROOT / part) not in sys.path]
