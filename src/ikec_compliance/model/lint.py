"""What is careless in a rule file, as the lint reports it."""

from __future__ import annotations

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Severity


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One thing to mend. ``hint`` says how; ``related`` are other places it is about, each with what stands there.

    ``rule`` is the rule it speaks of, or a field as ``groep.soort``; empty for a parameter or a table.
    """

    id: str
    severity: Severity
    message: str
    place: Location
    hint: str = ""
    rule: str = ""
    related: tuple[tuple[Location, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LintKind:
    """One kind of finding: its id, its weight, its title and whether it is refused when the files are read."""

    id: str
    severity: Severity
    title: str
    refused: bool = False
