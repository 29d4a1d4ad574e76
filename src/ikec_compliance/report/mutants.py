"""Which small mistakes in the rules no test notices; the last line of the text is the score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from ikec_compliance.model.place import Location
from ikec_compliance.report.json_report import dumps, place


class Mutation(Protocol):
    """One small mistake that was tried."""

    @property
    def rule(self) -> str:
        """The rule, or the rules that use the parameter."""

    @property
    def kind(self) -> str:
        """What sort of mistake."""

    @property
    def shown(self) -> str:
        """What was changed."""

    @property
    def noticed(self) -> bool:
        """Whether a test fails on it."""

    @property
    def place(self) -> Location:
        """Where it stands."""


class Unnoticed(Protocol):
    """A mistake that no test notices, and why."""

    @property
    def tried(self) -> Mutation:
        """The mistake."""

    @property
    def cause(self) -> str:
        """The sort of reason."""

    @property
    def reason(self) -> str:
        """The reason in a sentence."""


def score(found: Sequence[Mutation]) -> float:
    """The part that is noticed, in per cent; 100 when there is nothing to notice."""
    return 100 * sum(item.noticed for item in found) / len(found) if found else 100.0


def mutants_text(found: Sequence[Mutation], survivors: Sequence[Unnoticed]) -> str:
    """One line per mistake that no test notices, with the reason below it; then the score per kind and in all."""
    lines = []
    for item in survivors:
        lines.append(f"{item.tried.place}: {item.tried.rule}: {item.tried.kind}: {item.tried.shown}")
        lines.append(f"    {item.cause}: {item.reason}")
    kinds = Counter(item.kind for item in found)
    noticed = Counter(item.kind for item in found if item.noticed)
    if lines:
        causes = Counter(item.cause for item in survivors)
        lines += ["", "niet opgemerkt: " + ", ".join(f"{causes[cause]} {cause}" for cause in sorted(causes))]
    lines += [f"{kind}: {noticed[kind]} van {kinds[kind]} opgemerkt" for kind in sorted(kinds)]
    total = sum(noticed.values())
    lines.append(f"{total} van {len(found)} fouten opgemerkt ({_percent(score(found))} procent)")
    return "\n".join(lines) + "\n"


def mutants_json(found: Sequence[Mutation], survivors: Sequence[Unnoticed]) -> str:
    """``{"mutants": n, "noticed": n, "score": percent, "survivors": […]}``.

    Each survivor is ``{rule, kind, change, cause, reason, location}``.
    """
    shown = [
        {
            "rule": item.tried.rule,
            "kind": item.tried.kind,
            "change": item.tried.shown,
            "cause": item.cause,
            "reason": item.reason,
            "location": place(item.tried.place),
        }
        for item in survivors
    ]
    noticed = sum(item.noticed for item in found)
    return dumps({"mutants": len(found), "noticed": noticed, "score": round(score(found), 2), "survivors": shown})


def _percent(value: float) -> str:
    """One decimal, rounded down: 94,96 is not 95."""
    return f"{int(value * 10) / 10:.1f}".replace(".", ",")
