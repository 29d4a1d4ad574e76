"""The questions whose answers decide most, gathered from every undecided verdict."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.app.display import subject_title
from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import MissingFact, Question, VerdictLine
from ikec_compliance.model.verdict import Verdict

_Key = tuple[str, str]


def questions(lines: Sequence[VerdictLine], centre: Centre) -> tuple[Question, ...]:
    """Every open question once, those that decide most verdicts first. Harmless verdicts ask nothing."""
    items: dict[_Key, MissingFact] = {}
    decides: dict[_Key, int] = {}
    helps: dict[_Key, int] = {}
    for line in lines:
        if line.verdict is not Verdict.UNDECIDED or line.harmless:
            continue
        for item in line.missing:
            # The same question at the same place is asked once, also when several days wait for it.
            key = (item.question, str(item.location))
            items.setdefault(key, item)
            helps[key] = helps.get(key, 0) + 1
            decides[key] = decides.get(key, 0) + (1 if len(line.missing) == 1 else 0)
    order = sorted(items, key=lambda key: (-decides[key], -helps[key], items[key].subject, items[key].path))
    return tuple(_question(items[key], decides[key], helps[key], centre) for key in order)


def _question(item: MissingFact, decides: int, helps: int, centre: Centre) -> Question:
    title = subject_title(item.subject, centre) if ":" in item.subject else "rooster"
    return Question(item.subject, title, item.path, item.question, decides, helps, item.location)
