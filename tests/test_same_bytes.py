"""The same input gives the same bytes: whatever the hash seed, the folder, the locale and the time zone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from ikec_compliance.cli import main
from ikec_compliance.cli.options import OneOf

ROOT = Path(__file__).resolve().parents[1]
CENTRE, OTHER = "examples/ikec-hoorn", "examples/ikec-hoorn-op-orde"

# Runs each command in one process and writes what it gives; relative names only.
DRIVER = """
import json, sys
from click.testing import CliRunner
from ikec_compliance.cli import main
for number, words in enumerate(json.load(open("opdrachten.json", encoding="utf-8"))):
    result = CliRunner().invoke(main, words)
    assert result.exit_code in (0, 1), (words, result.stderr)
    with open(f"uit/{number}.txt", "wb") as stream:
        stream.write(result.stdout_bytes)
"""
WORLDS = {
    "een": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    "een/heel/andere map": {
        "PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0", "COLUMNS": "37", "PYTHONIOENCODING": "utf-8",
    },
}  # fmt: skip


def formats(*path: str) -> list[str]:
    """The forms of output that a command has today."""
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    (option,) = [param for param in command.params if "--format" in param.opts]
    assert isinstance(option.type, OneOf)
    return list(option.type.words)


def commands() -> list[list[str]]:
    made = [["check", CENTRE, "--format", form, "--output", f"uit/check.{form}"] for form in formats("check")]
    made += [
        ["conflicts", CENTRE, "--format", form, "--output", f"uit/conflicts.{form}"] for form in formats("conflicts")
    ]
    made += [["diff", OTHER, CENTRE, "--format", form, "--output", f"uit/diff.{form}"] for form in formats("diff")]
    made += [["rules", "list", "--format", form, "--output", f"uit/list.{form}"] for form in formats("rules", "list")]
    made += [
        ["check", CENTRE, "--lang", "en", "--output", "uit/check.en"],
        ["check", CENTRE, "--receipt", "uit/bon.json", "--write-baseline", "uit/basislijn.json"],
        ["rules", "coverage", "--format", "json", "--output", "uit/coverage.json"],
        ["explain", CENTRE, "KO-BKR-01", "groep:sg-vossen@2026-11-24"],
    ]
    return made


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    base = tmp_path_factory.mktemp("werelden")
    # One copy of the program, for its source may not change in between.
    shutil.copytree(ROOT / "src", base / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("rules", "schema", "examples"):
        shutil.copytree(ROOT / name, base / name)
    made = []
    for name, settings in WORLDS.items():
        folder = base / "in" / name
        folder.mkdir(parents=True)
        for part in ("rules", "examples"):
            shutil.copytree(base / part, folder / part)
        (folder / "uit").mkdir()
        (folder / "opdrachten.json").write_text(json.dumps(commands()), encoding="utf-8")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "GITHUB_"))}
        done = subprocess.run(
            [sys.executable, "-c", DRIVER], cwd=folder, capture_output=True, text=True, timeout=600, check=False,
            env={**kept, "PYTHONPATH": str(base / "src"), "IKEC_CACHE": str(folder / "bewaard"), **settings},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        made.append(folder / "uit")
    return made


def test_every_form_is_the_same(worlds: list[Path]) -> None:
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in worlds)
    assert set(one) == set(other)
    assert len(one) > len(commands())
    assert [name for name in sorted(one) if one[name] != other[name]] == []


@pytest.mark.parametrize("form", formats("check"))
def test_no_form_is_empty(worlds: list[Path], form: str) -> None:
    assert (worlds[0] / f"check.{form}").stat().st_size > 1000
