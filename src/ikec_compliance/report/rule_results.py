"""What ``ikec rules test`` found; the last line of the text is the count."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.report.json_report import dumps, place


@dataclass(frozen=True, slots=True)
class TestRow:
    """One test of a rule with the verdict expected and the one found."""

    rule: str
    name: str
    expected: str
    found: str
    place: Location

    __test__ = False  # not a test class, whatever its name

    @property
    def passed(self) -> bool:
        """Whether the verdict is the expected one."""
        return self.expected == self.found


def test_text(rows: Sequence[TestRow]) -> str:
    """One line per failed test, then the count."""
    lines = [
        f"{row.place}: {row.rule} ‘{row.name}’: verwacht {row.expected}, gevonden {row.found}"
        for row in rows
        if not row.passed
    ]
    failed = len(lines)
    passed = len(rows) - failed
    count = f"{passed} {'toets' if passed == 1 else 'toetsen'} geslaagd, {failed} mislukt"
    return "\n".join([*lines, count]) + "\n"


def test_json(rows: Sequence[TestRow]) -> str:
    """``{"tests": […], "passed": n, "failed": n}``."""
    tests = [
        {"rule": row.rule, "name": row.name, "expected": row.expected, "found": row.found, "passed": row.passed,
         "location": place(row.place)}
        for row in rows
    ]  # fmt: skip
    passed = sum(row.passed for row in rows)
    return dumps({"tests": tests, "passed": passed, "failed": len(rows) - passed})
