"""Writes what is delivered as CycloneDX (``build/sbom.json``) and checks it: ``make sbom``.

``python tools/sbom.py PYTHON`` describes the environment of that interpreter, into which nothing but
``requirements-run.lock`` was installed. The file is checked against CycloneDX's own schema when it is written, and
here against the lock: every release that the lock has for this Python, and no other.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK, MADE = ROOT / "requirements-run.lock", ROOT / "build" / "sbom.json"
# Of the environment itself, and not of the program.
_TOOLS = {"pip", "setuptools", "wheel", "packaging"}
_PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+)(?: ; (.*?))? \\$", re.MULTILINE)


def locked(python: str) -> set[tuple[str, str]]:
    """Name and version of every release in the lock for a Python such as 3.11."""
    found = _PIN.findall(LOCK.read_text(encoding="utf-8"))
    return {(name, version) for name, version, marker in found if not marker or f'"{python}"' in marker}


def main() -> int:
    """Write, compare, report."""
    python = sys.argv[1]
    MADE.parent.mkdir(exist_ok=True)
    program = str(Path(sys.executable).with_name("cyclonedx-py"))
    command = [program, "environment", "--output-reproducible", "--validate", "--spec-version", "1.6",
               "--pyproject", "pyproject.toml", "-o", str(MADE), python]  # fmt: skip
    subprocess.run(command, cwd=ROOT, check=True)
    version = subprocess.run([python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], check=True,
                             capture_output=True, text=True).stdout.strip()  # fmt: skip
    made = json.loads(MADE.read_text(encoding="utf-8"))
    found = {(re.sub(r"[-_.]+", "-", item["name"]).lower(), item["version"]) for item in made["components"]}
    found = {item for item in found if item[0] not in _TOOLS}
    expected = locked(version)
    unnamed = [item["name"] for item in made["components"] if not item.get("purl", "").startswith("pkg:pypi/")]
    wrong = [f"missing: {item}" for item in sorted(expected - found)]
    wrong += [f"not in the lock: {item}" for item in sorted(found - expected)]
    wrong += [f"no package URL: {name}" for name in unnamed]
    if made.get("bomFormat") != "CycloneDX" or made["metadata"]["component"]["name"] != "ikec-compliance":
        wrong.append("not a CycloneDX document about ikec-compliance")
    for line in wrong:
        print(f"sbom: {line}", file=sys.stderr)
    print(f"sbom: {MADE.relative_to(ROOT)}: {len(found)} components, as requirements-run.lock has them")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
