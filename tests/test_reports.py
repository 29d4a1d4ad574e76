"""The sample reports in ``reports/`` are what the program gives today (``make reports`` writes them anew)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = {
    "ikec-hoorn.txt": ["check", "examples/ikec-hoorn"],
    "ikec-hoorn-op-orde.txt": ["check", "examples/ikec-hoorn-op-orde"],
    "ikec-hoorn-botsingen.json": ["conflicts", "examples/ikec-hoorn", "--format", "json"],
    "ikec-hoorn-op-orde-botsingen.json": ["conflicts", "examples/ikec-hoorn-op-orde", "--format", "json"],
}


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_report_is_current(name: str) -> None:
    words = [*SAMPLES[name], "--rules", "rules", "--fail-on", "none"]
    done = subprocess.run([sys.executable, "-m", "ikec_compliance", *words], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, timeout=120, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (ROOT / "reports" / name).read_text(encoding="utf-8") == done.stdout


def test_nothing_else_lies_there() -> None:
    assert {path.name for path in (ROOT / "reports").iterdir()} == set(SAMPLES)
