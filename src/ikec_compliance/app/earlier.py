"""A JSON report of an earlier check as one side of a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ikec_compliance.app.baseline import REPORT, read_json
from ikec_compliance.model.diff import Outcome, Side, keep_worst, rank_of_conflict, rank_of_verdict
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.verdict import Verdict


def is_report(path: Path) -> bool:
    """Whether a file holds JSON that calls itself a report; a configuration may be written in JSON too."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError:
        return False
    return start.lstrip().startswith(b"{") and f'"{REPORT}"'.encode() in start


def read_report(path: Path, titles: Mapping[str, str]) -> Side:
    """A report as one side; ``titles`` of rules and frictions by id. ``InputError`` when parts are missing."""
    start = Location(str(path), 1, 1)
    data = read_json(path)
    outcomes: dict[str, Outcome] = {}
    try:
        receipt = data["receipt"]
        for item in data["verdicts"]:
            keep_worst(outcomes, str(item["fingerprint"]), _verdict(item, titles))
        if not outcomes:
            raise InputError(
                "dit rapport bevat geen uitkomsten van regels; maak het met "
                "'ikec check --format json --output BESTAND'",
                start,
            )
        for item in data["conflicts"]:
            keep_worst(outcomes, str(item["fingerprint"]), _conflict(item, titles))
        days = tuple(date.fromisoformat(day) for day in receipt["days"])
        return Side(
            str(path), str(receipt["centre_name"]), date.fromisoformat(receipt["on"]), days,
            tuple(map(str, receipt["regimes"])), str(receipt["rules_sha256"]), outcomes,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError("dit rapport mist onderdelen; maak het opnieuw", start) from None


def _verdict(item: Mapping[str, Any], titles: Mapping[str, str]) -> Outcome:
    verdict, rule = Verdict(item["verdict"]), str(item["rule"])
    return Outcome(
        code=rule,
        subject=str(item["subject"]),
        title=titles.get(rule, rule),
        word=verdict.value,
        kind="",
        rank=rank_of_verdict(verdict, bool(item["harmless"])),
        finding=verdict is Verdict.FAILS,
        severity=str(item["severity"]),
        accepted=item["accepted"] is not None,
        message=f"{item['subject']}: {item['message']}",
        articles=_articles(item["source"]),
        location=_place(item["location"]),
    )


def _conflict(item: Mapping[str, Any], titles: Mapping[str, str]) -> Outcome:
    code = str(item["id"]).partition("/")[0]
    norms = item["norms"]
    return Outcome(
        code=code,
        subject=str(item["subject"]),
        title=titles.get(code, code),
        word=str(item["state"]),
        kind=str(item["class"]),
        rank=rank_of_conflict(item["state"], item["class"]),
        finding=item["state"] == "open",
        severity=str(item["severity"]),
        accepted=False,
        message="; ".join(dict.fromkeys(str(norm["shown"]) for norm in norms)),
        articles=_articles([source for norm in norms for source in norm["source"]]),
        location=_place(item["location"]),
    )


def _articles(sources: Sequence[Mapping[str, Any]]) -> str:
    shown = [
        f"{source['law']} art. {source['article']}" + (f" lid {source['lid']}" if source["lid"] else "")
        for source in sources
    ]
    return "; ".join(dict.fromkeys(shown))


def _place(raw: Mapping[str, Any]) -> Location:
    return Location(str(raw["file"]), int(raw["line"]), int(raw["column"]))
