"""The questions whose answers decide most, gathered from every undecided verdict."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.app.display import subject_title
from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import MissingFact, Question, VerdictLine
from ikec_compliance.model.verdict import Verdict


def questions(lines: Sequence[VerdictLine], centre: Centre) -> tuple[Question, ...]:
    """Every open question once, those that decide most verdicts first. Harmless verdicts ask nothing."""
    items: dict[tuple[str, str], MissingFact] = {}
    decides: dict[tuple[str, str], int] = {}
    helps: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.verdict is not Verdict.UNDECIDED or line.harmless:
            continue
        for item in line.missing:
            key = (item.subject, item.path)
            items.setdefault(key, item)
            helps[key] = helps.get(key, 0) + 1
            decides[key] = decides.get(key, 0) + (1 if len(line.missing) == 1 else 0)
    order = sorted(items, key=lambda key: (-decides[key], -helps[key], key))
    return tuple(
        Question(
            key[0], subject_title(key[0], centre) if ":" in key[0] else "rooster", key[1], items[key].question,
            decides[key], helps[key], items[key].location,
        )
        for key in order
    )  # fmt: skip
