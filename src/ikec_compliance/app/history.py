"""Keeps the result of each check in a folder, and says what changed since the one before."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.fingerprint import fingerprint
from ikec_compliance.model.overview import Change, Changes, Overview
from ikec_compliance.model.place import Location
from ikec_compliance.model.result import Report
from ikec_compliance.report.json_report import dumps, render_receipt
from ikec_compliance.report.words import group_of
from ikec_compliance.yamlio.reader import read_bytes

SCHEMA = "ikec-geschiedenis/v1"

# Number, date of the check, hash of the file: the number keeps the order in which results came.
_NAME = re.compile(r"^(\d{4,9})-(\d{4}-\d{2}-\d{2})-([0-9a-f]{12})\.json$")
_HASH = 12

_PARTS = ("regime", "code", "subject", "title", "subject_title")

Found = dict[str, Change]


def keep(report: Report, folder: Path) -> Report:
    """Keep ``report`` in ``folder`` and give it back with what changed since the last result that differs.

    The same result is kept once, however often it is asked for. ``InputError`` when the folder cannot be written, or
    when what lies in it cannot be read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        entries = _entries(folder)
    except OSError:
        raise InputError(f"kan de map {folder} niet maken of lezen (--history)") from None
    data = entry(report)
    text = dumps(data)
    mark = hashlib.sha256(text.encode()).hexdigest()[:_HASH]
    earlier = [(path, data) for path, data in _own(entries, report.receipt.centre)]
    last = earlier[0][0] if earlier else None
    if last is None or not last.name.endswith(f"-{mark}.json"):
        number = 1 + max((int(match[1]) for match, _ in entries), default=0)
        _write(folder / f"{number:04d}-{report.receipt.on.isoformat()}-{mark}.json", text)
    else:
        earlier = earlier[1:]
    changes = compare(report, earlier[0][1], earlier[0][0]) if earlier else None
    return replace(report, overview=replace(report.overview or Overview(), changes=changes))


def entry(report: Report) -> dict[str, Any]:
    """A result as it is kept: receipt, counts, and every finding with its fingerprint."""
    return {
        "schema": SCHEMA,
        "receipt": json.loads(render_receipt(report.receipt)),
        "summary": {"verdicts": dict(report.summary.verdicts), "conflicts_open": report.summary.conflicts_open},
        "findings": [
            {"fingerprint": mark, "regime": item.regime, "code": item.code, "subject": item.subject,
             "title": item.title, "subject_title": item.subject_title}
            for mark, item in _found(report).items()
        ],
    }  # fmt: skip


def compare(report: Report, earlier: Mapping[str, Any], path: Path) -> Changes:
    """New, solved and remaining findings, each in the order of its own result."""
    now = _found(report)
    try:
        before = {item["fingerprint"]: Change(*(str(item[key]) for key in _PARTS)) for item in earlier["findings"]}
        receipt = earlier["receipt"]
        since = date.fromisoformat(receipt["on"])
        same = [receipt[key] == getattr(report.receipt, key) for key in ("rules_sha256", "centre_sha256")]
    except (KeyError, TypeError, ValueError):
        raise _broken(path) from None
    return Changes(
        since=since,
        same_rules=same[0],
        same_centre=same[1],
        new=tuple(item for mark, item in now.items() if mark not in before),
        solved=tuple(item for mark, item in before.items() if mark not in now),
        still=tuple(item for mark, item in now.items() if mark in before),
    )


def _found(report: Report) -> Found:
    """The findings by fingerprint; a fingerprint of several days stands for its first."""
    found: Found = {}
    for line in report.verdicts:
        if line.is_finding:
            change = Change(group_of(line), line.rule, line.subject, line.title, line.subject_title)
            found.setdefault(fingerprint(line.rule, line.subject, report.dated), change)
    for conflict in report.conflicts:
        if conflict.is_finding:
            change = Change("afstemming", conflict.code, conflict.subject, conflict.title, conflict.subject)
            found.setdefault(fingerprint(conflict.code, conflict.subject), change)
    return found


def _entries(folder: Path) -> list[tuple[re.Match[str], Path]]:
    """What was kept, the last first; other files in the folder are left alone."""
    found = [(match, path) for path in folder.iterdir() if (match := _NAME.match(path.name))]
    return sorted(found, key=lambda item: (int(item[0][1]), item[1].name), reverse=True)


def _own(entries: list[tuple[re.Match[str], Path]], centre: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The last two results of a centre: several centres may share a folder."""
    left = 2
    for _, path in entries:
        if not left:
            return
        data = _read(path)
        if data["receipt"]["centre"] == centre:
            left -= 1
            yield path, data


def _read(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(read_bytes(path).decode("utf-8"))
    except (ValueError, RecursionError):  # no JSON, no UTF-8, or a number beyond what Python converts
        raise _broken(path) from None
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise _broken(path)
    receipt = data.get("receipt")
    if not isinstance(receipt, dict) or not isinstance(receipt.get("centre"), str):
        raise _broken(path)
    return data


def _broken(path: Path) -> InputError:
    return InputError("dit is geen bewaarde uitkomst (ikec-geschiedenis/v1); haal het bestand weg uit de map",
                      Location(str(path), 1, 1))  # fmt: skip


def _write(path: Path, text: str) -> None:
    """All of the file or nothing: a reader never meets half a result."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            mask = os.umask(0)
            os.umask(mask)
            temporary.chmod(0o666 & ~mask)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError:
        raise InputError(f"kan niet schrijven in de map {path.parent} (--history)") from None
