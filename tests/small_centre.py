"""A small centre with a finding that follows from the law, for tests of everything around a check.

Monday 23 November 2026, 08:00 to 12:00: four children of one year without any adult. One beroepskracht is needed
(Besluit kwaliteit kinderopvang art. 7 lid 2, table 1: five children of one year per beroepskracht), so KO-BKR-01 fails.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from ikec_compliance.cli import main
from ikec_compliance.model.resources import rules_dir
from tests.support import base, person

RULE, SUBJECT = "KO-BKR-01", "groep:g1@2026-11-23"
FINGERPRINT = f"{RULE}/groep:g1@ma"


def children(group: str = "g1", day: str = "ma") -> dict[str, Any]:
    """A roster line of four children of one year."""
    return {"id": f"kinderen-{group}-{day}", "groep": group, "van": "08:00", "tot": "12:00", "dag": day,
            "aantallen": {"1": 4}}  # fmt: skip


def staff(group: str = "g1", id_: str = "p1") -> dict[str, Any]:
    """A roster line of a beroepskracht with those children."""
    return {"id": f"{id_}-{group}", "groep": group, "van": "08:00", "tot": "12:00", "dag": "ma", "medewerker": id_,
            "rol": "beroepskracht"}  # fmt: skip


def short(**changes: Any) -> dict[str, Any]:
    """The centre without a beroepskracht."""
    return base(rooster=[children()], **changes)


def staffed(**changes: Any) -> dict[str, Any]:
    """The same centre with two beroepskrachten: neither is ever alone."""
    people, lines = ["p1", "p2"], [staff(id_=id_) for id_ in ("p1", "p2")]
    return base(medewerkers=[person(id_) for id_ in people], rooster=[children(), *lines], **changes)


def accepted(until: str, rule: str = RULE, subject: str = SUBJECT) -> dict[str, Any]:
    """An item of ``uitzonderingen_ci``."""
    return {"regel": rule, "onderwerp": subject, "reden": "vacature loopt", "door": "directie", "tot": until}


def write(data: dict[str, Any], path: Path) -> Path:
    """Write a configuration; JSON is YAML."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def ikec(*arguments: str | Path, rules: bool = True) -> Result:
    """Run the program in this process, with the rules of the project."""
    extra = ["--rules", str(rules_dir())] if rules else []
    return CliRunner().invoke(main, [*map(str, arguments), *extra])
