"""The questions whose answers decide most, gathered from every undecided verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from fractions import Fraction

from ikec_compliance.app.display import subject_title
from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import MissingFact, Question, VerdictLine
from ikec_compliance.model.verdict import Verdict


@dataclass(slots=True)
class _Tally:
    """What hangs on one question."""

    item: MissingFact
    decides: int = 0
    helps: int = 0
    share: Fraction = Fraction(0)
    """Every undecided verdict once, divided over the questions it waits for."""
    rules: set[str] = field(default_factory=set)


def questions(lines: Sequence[VerdictLine], centre: Centre) -> tuple[Question, ...]:
    """Every open question once, those on which most hangs first.

    A harmless verdict asks nothing by itself, but it counts as soon as another one asks: an unanswered gate
    (``voorzieningen.poort``) leaves all rules behind it undecided, also those whose requirement is met.
    """
    undecided = [line for line in lines if line.verdict is Verdict.UNDECIDED]
    found: dict[tuple[str, str], _Tally] = {}
    for line in undecided:
        if not line.harmless:
            for item in line.missing:
                tally = found.setdefault(_key(item), _Tally(item))
                tally.helps += 1
                tally.decides += len(line.missing) == 1
    for line in undecided:
        for item in line.missing:
            asked = found.get(_key(item))
            if asked is not None:
                asked.share += Fraction(1, len(line.missing))
                if len(line.missing) == 1:
                    asked.rules.add(line.rule)
    order = sorted(found.values(), key=lambda one: (-one.share, -one.decides, one.item.subject, one.item.path))
    return tuple(_question(tally, centre) for tally in order)


def _key(item: MissingFact) -> tuple[str, str]:
    """The same question at the same place is asked once, also when several days wait for it."""
    return item.question, str(item.location)


def _question(tally: _Tally, centre: Centre) -> Question:
    item = tally.item
    title = subject_title(item.subject, centre) if ":" in item.subject else "rooster"
    return Question(
        item.subject, title, item.path, item.question, tally.decides, tally.helps, item.location, len(tally.rules)
    )
