"""Writes ``grootten.json`` anew: ``python -m ikec_compliance.fleet.measure MAP``, with the two files in MAP."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from ikec_compliance.fleet.country import CLUSTERS, SITES, measured


def content(folder: Path, on: date) -> str:
    """The file, with what it was computed from and when."""
    head = {
        "schema": "ikec-vloot-grootten/v1",
        "berekend_op": on.isoformat(),
        "bronnen": {
            CLUSTERS: "Landelijk Register Kinderopvang: adressen met dagopvang of bso, geclusterd",
            SITES: "DUO, vestigingen basisonderwijs 2013",
        },
    }
    lines = json.dumps({**head, **measured(folder)}, ensure_ascii=False, indent=1)
    return lines + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("grootten.json").write_text(content(Path(sys.argv[1]), date.today()), encoding="utf-8")
