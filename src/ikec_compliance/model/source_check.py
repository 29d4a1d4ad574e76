"""What a newer text of a law means for the rules that cite it: plain records."""

from __future__ import annotations

from datetime import date

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass


@dataclass(frozen=True, slots=True)
class SourceChange:
    """One citation to look at again.

    ``kind``: ``vervallen`` (the article or lid is repealed), ``weg`` (it is no longer there), ``verplaatst`` (it stands
    under another number), ``gewijzigd`` (its text came into force after the state the rule was read in), ``nog_niet``
    (it is not yet in force) or ``onleesbaar`` (the citation has no number that can be looked up). ``since`` is the day
    of the change, when the text says it.
    """

    rule: str
    cited: str
    state: date
    kind: str
    text: str
    since: date | None
    place: Location


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """The outcome for one file: the law, the day of its text, the changes, and how many citations were looked up."""

    law: str
    title: str
    bwb: str
    state: date
    changes: tuple[SourceChange, ...]
    citations: int
