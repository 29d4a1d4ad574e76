"""The two ways a run can fail: the input is wrong, or the program is."""

from __future__ import annotations

from ikec_compliance.model.place import Location


class InputError(Exception):
    """Bad input, rule or option (exit code 2).

    ``message`` says in one Dutch line what is wrong and what to do; ``location`` where, if known.
    """

    def __init__(self, message: str, location: Location | None = None) -> None:
        super().__init__(message)
        self.message = " ".join(message.split())
        self.location = location

    def __str__(self) -> str:
        return f"{self.location}: {self.message}" if self.location else self.message


class InternalError(Exception):
    """The program contradicts itself or its engine failed (exit code 3): never a report."""
