"""A fleet as one self-contained HTML page in Dutch, and as JSON. No times, no paths: the same run, the same bytes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ikec_compliance.fleet.overview import BINS, Result, verdict_counts
from ikec_compliance.fleet.task import REGIMES

if TYPE_CHECKING:
    from jinja2 import Template

RULES_SHOWN = 100
_TEMPLATES = Path(__file__).parent / "templates"


def render_summary(result: Result) -> str:
    """The fleet as JSON (schema ``ikec-vlootoverzicht/v1``)."""
    content: dict[str, Any] = {
        "schema": "ikec-vlootoverzicht/v1",
        "vloot": {key: value for key, value in result.run.items() if key != "schema"},
        "exit": result.exit,
        "centra": {**result.states, "met_bevindingen": result.with_findings},
        "aantallen": dict(result.counts),
        "verdeling": [
            {"van": first, "tot_en_met": last, "centra": number}
            for (first, last), number in zip(BINS, result.bins, strict=True)
        ],
        "kwartielen": list(result.quartiles),
        "regels": [
            {"regel": row.rule, "titel": row.title, "regime": row.regime, "ernst": row.severity, "centra": row.centres,
             "bevindingen": row.findings, "per_regio": dict(sorted(row.per_region.items())),
             "bijvoorbeeld": row.examples}
            for row in result.rules
        ],
        "regios": [
            {"regio": row.name, "getoetst": row.checked, "met_bevindingen": row.with_findings,
             "bevindingen": row.findings}
            for row in result.regions
        ],
        "slechtste": [
            {"centrum": row.id, "regio": row.region, "overtredingen": row.errors, "waarschuwingen": row.warnings,
             "open_botsingen": row.conflicts, "vragen": row.questions}
            for row in result.worst
        ],
        "niet_getoetst": [
            {"centrum": row.id, "staat": row.state, "melding": row.message} for row in result.problems
        ],
        "niet_getoetst_ongenoemd": result.problems_left,
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def render_page(result: Result) -> str:
    """The fleet as HTML, without script and without any file beside it."""
    return _template().render(
        result=result,
        regimes=[(name, result.counts[f"bevindingen_{name}"]) for name in REGIMES],
        verdicts=verdict_counts(result),
        bins=[(_span(first, last), number) for (first, last), number in zip(BINS, result.bins, strict=True)],
        most=max(result.bins, default=0),
        rules=result.rules[:RULES_SHOWN],
        named_regions=[row for row in result.regions if row.name],
        number=_number,
        share=_share,
    ) + "\n"  # fmt: skip


@cache
def _template() -> Template:
    # Only here: nothing else of a fleet needs the template engine.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("vloot.html.j2")


def _number(value: int) -> str:
    """1234567 as 1.234.567."""
    return f"{value:,}".replace(",", ".")


def _share(part: int, whole: int) -> str:
    """A part of a whole in whole per cents, with ``<1%`` for what is not nothing."""
    if not whole or not part:
        return "0%"
    percent = (200 * part + whole) // (2 * whole)
    return f"{percent}%" if percent else "<1%"


def _span(first: int, last: int | None) -> str:
    if last is None:
        return f"{first} of meer"
    return str(first) if first == last else f"{first} tot en met {last}"
