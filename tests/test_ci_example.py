"""The worked example of docs/ci.md, the action and the hooks: what they show is what they do."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from ikec_compliance.cli import main
from tests.small_centre import ikec
from tests.test_readme import blocks

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "docs" / "voorbeeld-ci"
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
EVERY = "violation,conflict,warning"
EXPRESSION = re.compile(r"\$\{\{.*?\}\}")


def check(*arguments: str) -> int:
    return ikec("check", EXAMPLE / "centrum", "--fail-on", EVERY, *arguments).exit_code


# The example repository


def test_the_baseline_and_the_acceptance_make_the_example_pass() -> None:
    baseline = ("--baseline", str(EXAMPLE / "basislijn.json"))
    assert check(*baseline) == 0
    assert check() == 1
    assert check(*baseline, "--on", "2027-01-11") == 1  # the acceptance ended on 31 December 2026


def test_without_the_acceptance_it_fails(tmp_path: Path) -> None:
    folder = tmp_path / "centrum"
    shutil.copytree(EXAMPLE / "centrum", folder)
    (folder / "uitzonderingen.yaml").unlink()
    result = ikec("check", folder, "--baseline", EXAMPLE / "basislijn.json", "--format", "sarif")
    assert result.exit_code == 1
    new = [item for item in json.loads(result.stdout)["runs"][0]["results"] if item.get("baselineState") == "new"]
    assert [item["partialFingerprints"]["ikec/v1"] for item in new] == ["KO-BKR-01/groep:egels@ma"]


def test_the_baseline_is_current(tmp_path: Path) -> None:
    ikec("check", EXAMPLE / "centrum", "--write-baseline", tmp_path / "basislijn.json")
    assert (tmp_path / "basislijn.json").read_bytes() == (EXAMPLE / "basislijn.json").read_bytes()


def test_the_page_shows_the_files_as_they_are() -> None:
    shown = ["\n".join(block) + "\n" for block in blocks("docs/ci.md", "yaml")]
    assert len(shown) == 3
    files = ["centrum/uitzonderingen.yaml", ".github/workflows/ikec.yml", ".pre-commit-config.yaml"]
    for text, file in zip(shown, files, strict=True):
        assert (EXAMPLE / file).read_text(encoding="utf-8").endswith(text), file


def test_the_workflow_gives_the_action_what_it_knows() -> None:
    workflow = yaml.safe_load((EXAMPLE / ".github/workflows/ikec.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["toets"]["steps"]
    (own,) = [step for step in steps if step.get("uses", "").startswith("EIGENAAR/")]
    assert set(own["with"]) <= set(ACTION["inputs"])
    assert workflow["permissions"] == {"contents": "read", "security-events": "write"}
    assert (EXAMPLE / own["with"]["centre"]).is_dir()
    assert (EXAMPLE / own["with"]["baseline"]).is_file()


# The hooks


def test_hooks_are_commands_of_the_program() -> None:
    assert len({hook["id"] for hook in HOOKS}) == len(HOOKS) == 4
    for hook in HOOKS:
        assert {"id", "name", "entry", "language", "files", "pass_filenames"} <= set(hook)
        program, *words = shlex.split(hook["entry"])
        assert (program, hook["language"], hook["pass_filenames"]) == ("ikec", "python", False)
        command: click.Command = main
        for word in words:
            assert isinstance(command, click.Group)
            command = command.commands[word]
        assert re.compile(hook["files"]).search("rules/onderwijs/schoolplan.yaml")


def test_the_hooks_of_the_example_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLE)
    config = yaml.safe_load((EXAMPLE / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    known = {hook["id"]: hook for hook in HOOKS}
    wanted = config["repos"][0]["hooks"]
    assert [hook["id"] for hook in wanted] == ["ikec-validate", "ikec-check"]
    for hook in wanted:
        words = [*shlex.split(known[hook["id"]]["entry"])[1:], *hook["args"]]
        assert ikec(*words, rules=False).exit_code == 0, words


# The action


def step(id_: str) -> dict[str, Any]:
    (found,) = [item for item in ACTION["runs"]["steps"] if item.get("id") == id_]
    return dict(found)


def test_the_action_is_pinned_and_takes_no_text_into_a_script() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for item in ACTION["runs"]["steps"]:
        if "uses" in item:
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", item["uses"])
        else:
            assert item["shell"] == "bash"
            assert not EXPRESSION.search(item["run"])
    used = set(re.findall(r"inputs\.([\w-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A runner's folder with a program where the action installs it."""
    program = tmp_path / "ikec" / "bin" / "ikec"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m ikec_compliance "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return tmp_path


def run_check(runner: Path, **inputs: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run the script of the action with these inputs, the others at their default."""
    own = step("check")
    values = {name: item.get("default", "") for name, item in ACTION["inputs"].items()} | {
        name.replace("_", "-"): value for name, value in inputs.items()
    }
    given = {key: values[EXPRESSION.sub(lambda found: found[0][3:-2].strip(), text).removeprefix("inputs.")]
             for key, text in own["env"].items()}  # fmt: skip
    output = runner / "output"
    environment = {**os.environ, **given, "PYTHONPATH": str(ROOT / "src"), "RUNNER_TEMP": str(runner),
                   "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(runner / "summary.md")}  # fmt: skip
    done = subprocess.run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", own["run"]], cwd=EXAMPLE,
                          env=environment, capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
    lines = output.read_text(encoding="utf-8").splitlines() if output.exists() else []
    return done, dict(line.split("=", 1) for line in lines)


def test_the_action_passes_on_the_example(runner: Path) -> None:
    done, outputs = run_check(runner, centre="centrum", baseline="basislijn.json", old=str(runner / "nergens"))
    assert done.returncode == 0, done.stderr
    assert outputs["exit-code"] == "0"
    sarif = json.loads(Path(outputs["sarif"]).read_text(encoding="utf-8"))
    assert sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith(
        "centrum/"
    )
    assert (runner / "summary.md").read_text(encoding="utf-8").startswith("### Toets van Kindcentrum De Linde")


def test_the_action_fails_on_findings(runner: Path) -> None:
    done, outputs = run_check(runner, centre="centrum")
    assert (done.returncode, outputs["exit-code"]) == (0, "1")
    assert "::error file=centrum/" in done.stdout
    # The last step ends the job, after the upload.
    last = ACTION["runs"]["steps"][-1]["run"]
    assert subprocess.run(["bash", "-c", last], env={"CODE": "1"}, check=False).returncode == 1


def test_the_action_fails_on_a_change_for_the_worse(runner: Path) -> None:
    old = runner / "vorige"
    shutil.copytree(EXAMPLE / "centrum", old)
    text = (old / "centrum.yaml").read_text(encoding="utf-8")
    (old / "centrum.yaml").write_text(text.replace("{1: 8}", "{1: 5}"), encoding="utf-8")
    (old / "uitzonderingen.yaml").unlink()
    done, outputs = run_check(runner, centre="centrum", baseline="basislijn.json", old=str(old))
    assert (done.returncode, outputs["exit-code"]) == (0, "1"), done.stderr
    assert "KO-BKR-01%3A" in done.stdout
    assert "Er is iets slechter geworden." in done.stdout


def test_the_action_stops_on_bad_input_and_runs_no_name(runner: Path) -> None:
    done, outputs = run_check(runner, centre="$(touch gehackt) nergens")
    assert done.returncode == 2
    assert "exit-code" not in outputs
    assert not (EXAMPLE / "gehackt").exists()
    assert run_check(runner, centre="--help")[0].returncode == 2
