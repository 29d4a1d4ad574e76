"""What README and docs show is what the program does: every command runs, every shown line is in the output."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["README.md", "CONTRIBUTING.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]
FINDINGS = {0, 1}


def blocks(page: str, language: str) -> list[list[str]]:
    """The fenced blocks of a page that carry exactly this language mark."""
    found = re.findall(r"^```(\w*)[^\n]*\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.S | re.M)
    return [text.splitlines() for mark, text in found if mark == language]


def commands(page: str) -> list[str]:
    return [line for block in blocks(page, "sh") for line in block if line.strip() and not line.startswith("#")]


ALL = [(page, line) for page in PAGES for line in commands(page)]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kopie")
    for name in (
        "examples",
        "rules",
        "schema",
        "src",
        "Makefile",
        "README.md",
        "pyproject.toml",
        "benchmarks",
        "tests",
        "docs",
    ):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / name)
    return folder


def test_the_readme_shows_commands() -> None:
    assert len(commands("README.md")) >= 12


@pytest.mark.parametrize(("page", "line"), ALL, ids=[f"{page}: {line}" for page, line in ALL])
def test_command_runs(page: str, line: str, copy: Path) -> None:
    words = shlex.split(line)
    environment = {**os.environ, "PYTHONPATH": str(copy / "src")}
    if words[0] == "ikec":
        done = subprocess.run([sys.executable, "-m", "ikec_compliance", *words[1:]], cwd=copy, env=environment,
                              capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
        assert done.returncode in FINDINGS, done.stderr
        assert done.stdout or (copy / words[words.index("--output") + 1]).exists()
        assert "Traceback" not in done.stderr
    elif words[0] == "make":
        # The target itself runs outside the tests; here it only has to exist.
        done = subprocess.run(["make", "-n", *words[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    else:
        assert words[:2] in ([".", ".venv/bin/activate"], ["git", "clone"]), f"unknown command in {page}: {line}"


def test_shown_output_is_real() -> None:
    done = subprocess.run([sys.executable, "-m", "ikec_compliance", "check", "examples/ikec-hoorn"], cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True,
                          timeout=120, check=False)  # fmt: skip
    assert done.returncode == 1
    real = {line.rstrip() for line in done.stdout.splitlines()}
    shown = [line.rstrip() for block in blocks("README.md", "") for line in block if "apt-get" not in line]
    assert len(shown) > 20
    assert [line for line in shown if line and line != "  […]" and line not in real] == []
