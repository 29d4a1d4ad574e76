"""Why rule files are refused, where that has a name of its own in the documentation of the lint."""

from __future__ import annotations

from ikec_compliance.model.errors import InputError


class OverlappingValidity(InputError):
    """Two versions of a rule, or two values of a parameter, for the same day."""


class UnitMismatch(InputError):
    """Quantities in different units compared, added up or multiplied; a unit that does not exist."""


class UnknownName(InputError):
    """A field, partner, parameter, subject type, law or choice that does not exist."""


_NAMES: tuple[tuple[type[InputError], str], ...] = (
    (OverlappingValidity, "geldigheid-overlapt"),
    (UnitMismatch, "eenheid-klopt-niet"),
    (UnknownName, "onbekende-naam"),
)


def refusal(error: InputError) -> str:
    """The name of the page that explains an error in a rule file."""
    return next((name for kind, name in _NAMES if isinstance(error, kind)), "niet-te-lezen")
