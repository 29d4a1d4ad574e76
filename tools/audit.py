"""Asks the advisory databases about every pinned release: ``make audit``.

PyPI's database first, OSV's when that one does not answer. Exits 1 when a release has a known vulnerability. Where no
database can be reached that is said on a line of its own, and the exit code is 0: not knowing breaks no build.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements-build.lock", "requirements-run.lock", "requirements-dev.lock", "requirements-tools.lock")
DATABASES = ("pypi", "osv")
SECONDS = 600


def asked(lock: str, database: str) -> list[dict[str, Any]] | None:
    """What a database says of each release in a lock; ``None`` when it does not answer."""
    program = str(Path(sys.executable).with_name("pip-audit"))
    command = [program, "--vulnerability-service", database, "--format", "json", "--disable-pip", "--require-hashes",
               "--requirement", lock, "--progress-spinner", "off"]  # fmt: skip
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        return None
    # A mirror without the database says of every release that it does not exist.
    return found if any("vulns" in item for item in found) else None


def main() -> int:
    """One line for each lock, and one for each vulnerability."""
    answers = ((database, asked(LOCKS[0], database)) for database in DATABASES)
    database = next((name for name, found in answers if found is not None), None)
    if database is None:
        print("audit: NOT AUDITED: no advisory database can be reached from here")
        return 0
    known = 0
    for lock in LOCKS:
        found = asked(lock, database)
        if found is None:
            print(f"audit: NOT AUDITED: {lock}: {database} stopped answering")
            continue
        for item in found:
            for vuln in item.get("vulns", ()):
                known += 1
                fixed = ", ".join(vuln.get("fix_versions", ())) or "none yet"
                print(f"audit: {lock}: {item['name']} {item['version']}: {vuln['id']} (fixed in: {fixed})")
        unasked = [item["name"] for item in found if "vulns" not in item]
        note = f"; NOT AUDITED, unknown there: {', '.join(unasked)}" if unasked else ""
        print(f"audit: {lock}: {len(found) - len(unasked)} releases asked of {database}{note}")
    print(f"audit: {known} known vulnerabilities")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
