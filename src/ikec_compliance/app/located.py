"""Where the rules of a command stand."""

from __future__ import annotations

from pathlib import Path

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import rules_dir


def locate(rules: Path | None) -> tuple[Path, bool]:
    """The folder of ``--rules``; else ``./rules`` if it is a rule folder; else the packaged one."""
    if rules is not None:
        if not rules.is_dir():
            raise InputError(f"de map {rules} bestaat niet (zie --rules)")
        return rules, False
    here = Path("rules")
    if (here / "begrippen.yaml").is_file():
        return here, False
    return rules_dir(), True
