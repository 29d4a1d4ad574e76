"""The ledgers of law: per law how many units have rules, are open, or cannot be checked, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ikec_compliance.report.json_report import dumps, place
from ikec_compliance.report.layout import Page
from ikec_compliance.report.words import GROUPS, Words
from ikec_compliance.rules.ledger import Cover, Covered

HEADS: Mapping[Cover, str] = {
    Cover.RULED: "regels",
    Cover.OPEN: "open norm",
    Cover.NOT_FOR_CENTRE: "niet voor centrum",
    Cover.NOT_COMPUTABLE: "niet berekenbaar",
    Cover.UNREADABLE: "niet leesbaar",
    Cover.UNREAD: "ongelezen",
}


class Ledger(Protocol):
    """What is shown of one regime."""

    @property
    def regime(self) -> str:
        """The regime."""

    @property
    def units(self) -> tuple[Covered, ...] | None:
        """Its units, or ``None`` without a ledger."""


def coverage_text(ledgers: Sequence[Ledger], laws: Mapping[str, str]) -> str:
    """A table per regime, what is unread with its place, and the count on the last line."""
    words, page = Words(), Page()
    everything: list[Covered] = []
    for ledger in ledgers:
        page.heading(words.of(GROUPS, ledger.regime))
        if ledger.units is None:
            page.write("Dit regime heeft nog geen lijst van eenheden (eenheden.yaml en dekking.yaml).")
            continue
        everything += ledger.units
        rows = [["wet", "eenheden", *HEADS.values()]]
        for law, units in by_law(ledger.units).items():
            counts = Counter(unit.cover for unit in units)
            rows.append([laws.get(law, law), str(len(units)), *(str(counts[cover]) for cover in HEADS)])
        page.table(rows)
        open_units = [unit for unit in ledger.units if unit.cover is Cover.UNREAD]
        if open_units:
            page.blank()
        for unit in open_units:
            said = "als ongelezen gemeld" if unit.claims else "niet gedekt"
            page.write(f"{unit.unit.place}: {_name(unit, laws)}: {said}")
    page.blank()
    counts = Counter(unit.cover for unit in everything)
    parts = ", ".join(f"{counts[cover]} {head}" for cover, head in HEADS.items())
    page.lines.append(f"{len(everything)} eenheden: {parts}")  # never wrapped: scripts read the last line
    return page.text()


def coverage_json(ledgers: Sequence[Ledger]) -> str:
    """``{"regimes": [{regime, ledger, laws: [{law, state, units, counts, …}], units: […]}], "unclaimed": n}``."""
    unclaimed = sum(unit.cover is Cover.UNREAD for ledger in ledgers for unit in ledger.units or ())
    return dumps({"regimes": [_ledger(ledger) for ledger in ledgers], "unclaimed": unclaimed})


def _ledger(ledger: Ledger) -> dict[str, Any]:
    units = ledger.units or ()
    laws = []
    for law, rows in by_law(units).items():
        counts = Counter(unit.cover for unit in rows)
        laws.append(
            {
                "law": law,
                "state": rows[0].unit.state.isoformat(),
                "units": len(rows),
                "counts": {cover.value: counts[cover] for cover in HEADS},
            }
        )
    return {
        "regime": ledger.regime,
        "ledger": ledger.units is not None,
        "laws": laws,
        "units": [_unit(unit) for unit in units],
    }


def _unit(covered: Covered) -> dict[str, Any]:
    unit = covered.unit
    return {
        "law": unit.law,
        "article": unit.article,
        "unit": unit.unit,
        "as": covered.cover.value,
        "claims": [
            {"as": claim.cover.value, "rules": list(claim.rules), "reason": claim.reason, "instead": claim.instead}
            for claim in covered.claims
        ],
        "location": place(unit.place),
    }


def by_law(units: Sequence[Covered]) -> dict[str, list[Covered]]:
    """Units by the code of their law, in the order of the ledger."""
    found: dict[str, list[Covered]] = {}
    for unit in units:
        found.setdefault(unit.unit.law, []).append(unit)
    return found


def _name(covered: Covered, laws: Mapping[str, str]) -> str:
    unit = covered.unit
    lid = "" if unit.unit == "-" else f" lid {unit.unit}"
    article = unit.article if unit.article.startswith("bijlage") else f"art. {unit.article}"
    return f"{laws.get(unit.law, unit.law)} {article}{lid}"
