"""A derived fact: the flat integer fields of one subject, with where each came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import FALSE, TRUE, UNKNOWN, UNKNOWN_FLAG, Value


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value came from: the formula in words, and the configuration lines it used."""

    formula: str
    places: tuple[Location, ...] = ()


class Absent:
    """A partner that is known not to exist (``KNOWN``) or of which that is unknown."""

    __slots__ = ("known",)

    def __init__(self, known: bool) -> None:
        self.known = known


ABSENT = Absent(True)
UNKNOWN_PARTNER = Absent(False)


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """Fields of one subject (or of one time slice of a presence subject).

    ``values`` maps field names to integer values; an unlisted member of a list field (written
    ``field~member``) takes ``defaults[field]``. ``partners`` maps partner names to facts or to an
    ``Absent`` marker: a missing partner is itself a fact.
    """

    type: str
    subject: str
    values: Mapping[str, Value]
    location: Location
    partners: Mapping[str, Fact | Absent] = field(default_factory=dict)
    defaults: Mapping[str, Value] = field(default_factory=dict)
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    interval: tuple[int, int] | None = None
    """For a slice: first and one-past-last minute of the day."""

    def value(self, path: str) -> Value:
        """The value of ``field`` or ``partner.field``; ``partner.aanwezig`` tells whether it exists."""
        if "." in path:
            head, _, tail = path.partition(".")
            partner = self.partners[head]
            if isinstance(partner, Absent):
                if tail == "aanwezig":
                    return FALSE if partner.known else UNKNOWN_FLAG
                return UNKNOWN
            if tail == "aanwezig":
                return TRUE
            return partner.value(tail)
        try:
            # Not ``get``: a mapping may compute its values when they are asked for.
            return self.values[path]
        except KeyError:
            name, tilde, _ = path.partition("~")
            if not tilde:
                raise
            return self.defaults[name]

    def source(self, path: str) -> Provenance | None:
        """Provenance of a field, through partners."""
        head, dot, tail = path.partition(".")
        if dot:
            partner = self.partners[head]
            return None if isinstance(partner, Absent) else partner.source(tail)
        return self.provenance.get(path) or self.provenance.get(path.partition("~")[0])


FieldReader = Callable[[str], Value]
