"""What may be installed is pinned to the byte: every release in a list has its hashes in the lock, and no other."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("build", "dev", "run", "tools")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\\n]+)(?: ; (.*?))?(?: \\)?$", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[tuple[str, str], str]:
    """Name and version → marker."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {(normal(package), version): marker for package, version, marker in _PIN.findall(text)}


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", LOCKS)
def test_every_release_in_a_lock_has_hashes(name: str) -> None:
    text = (ROOT / f"requirements-{name}.lock").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", text)[1:]
    assert len(blocks) == len(pins(f"requirements-{name}.lock"))
    for block in blocks:
        head, *hashes = [line.strip().removesuffix(" \\") for line in block.strip().splitlines()]
        assert _PIN.match(head), head
        assert hashes and all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), head


@pytest.mark.parametrize("name", ["build", "dev"])
def test_a_lock_is_its_list(name: str) -> None:
    assert pins(f"requirements-{name}.lock") == pins(f"requirements-{name}.txt"), "make pins writes it anew"


def test_what_runs_and_builds_is_what_was_tested() -> None:
    dev, run = pins("requirements-dev.lock"), pins("requirements-run.lock")
    assert set(run) <= set(dev)
    needed = re.findall(r'^  "([A-Za-z0-9-]+)', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"click", "durable-rules", "pyyaml", "openpyxl", "python-sat"} <= {normal(item) for item in needed}
    assert {normal(item) for item in needed if normal(item) in {name for name, _ in dev}} >= {"click"}
    for name in ("click", "durable-rules", "pyyaml", "openpyxl", "python-sat", "jsonschema", "jinja2"):
        assert any(package == name for package, _ in run), name
    assert set(pins("requirements-tools.txt")) <= set(pins("requirements-tools.lock"))


def test_nothing_of_the_project_is_installed_without_a_hash() -> None:
    for name in ("Makefile", "action.yml"):
        lines = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
                 if re.search(r"(\$\(INSTALL\)|^ *install) -", line)]  # fmt: skip
        assert len(lines) >= 3
        for line in lines:
            # The engines that the program is measured beside have an environment of their own.
            assert "--require-hashes" in line or "--no-deps" in line or "$(BENCH)" in line, line


def test_a_list_of_contents_is_held_against_the_lock() -> None:
    sbom = tool("sbom")
    assert {item for item in pins("requirements-run.lock") if item[0] == "durable-rules"} <= sbom.locked("3.11")
    names = {name for name, _ in sbom.locked("3.10")}
    assert {"exceptiongroup", "click"} <= names
    assert "exceptiongroup" not in {name for name, _ in sbom.locked("3.12")}


def test_an_audit_without_a_database_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = tool("audit")
    monkeypatch.setattr(audit, "asked", lambda *_: None)
    assert audit.main() == 0
    assert capsys.readouterr().out == "audit: NOT AUDITED: no advisory database can be reached from here\n"


def test_an_audit_with_a_finding_fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    audit = tool("audit")
    found = [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]},
             {"name": "b", "version": "1", "vulns": []}, {"name": "c", "skip_reason": "not there"}]  # fmt: skip
    monkeypatch.setattr(audit, "asked", lambda lock, database: found if database == "osv" else None)
    assert audit.main() == 1
    out = capsys.readouterr().out
    assert "a 1: PYSEC-1 (fixed in: 2)" in out
    assert "2 releases asked of osv; NOT AUDITED, unknown there: c" in out
