"""The findings of an earlier check: they stay visible and no longer change the exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.yamlio.reader import read_bytes

MAX_BYTES = 512 * 1024 * 1024
"""A report of a large centre is far larger than any configuration."""

REPORT, BASELINE = "ikec-report/v1", "ikec-basislijn/v1"


def read_baseline(path: Path) -> frozenset[str]:
    """Fingerprints of the findings in a baseline or a JSON report; ``InputError`` when the file is something else."""
    start = Location(str(path), 1, 1)
    data = read_json(path)
    try:
        if isinstance(data, dict) and data.get("schema") == BASELINE:
            lines = list(data["findings"])
        elif isinstance(data, dict) and data.get("schema") == REPORT:
            lines = [item["fingerprint"] for item in data["verdicts"] if item["verdict"] == Verdict.FAILS.value]
            lines += [item["fingerprint"] for item in data["conflicts"] if item["state"] == "open"]
            lines += [item["fingerprint"] for item in data.get("stale_acceptances", ())]
        else:
            raise InputError(
                f"dit is geen rapport ({REPORT}) en geen basislijn ({BASELINE}); maak er een met "
                "'ikec check --write-baseline BESTAND'",
                start,
            )
    except (KeyError, TypeError):
        raise InputError("dit rapport mist onderdelen; maak het opnieuw", start) from None
    return frozenset(map(str, lines))


def read_json(path: Path) -> Any:
    """What a JSON file holds; ``InputError`` with its place when it is no JSON in UTF-8."""
    try:
        return json.loads(read_bytes(path, limit=MAX_BYTES).decode("utf-8"))
    except json.JSONDecodeError as error:
        raise InputError("dit is geen geldige JSON", Location(str(path), error.lineno, error.colno)) from None
    except (UnicodeDecodeError, RecursionError):
        raise InputError("dit is geen JSON in UTF-8", Location(str(path), 1, 1)) from None
    except ValueError:  # a number beyond what Python converts
        raise InputError("dit is geen geldige JSON", Location(str(path), 1, 1)) from None
