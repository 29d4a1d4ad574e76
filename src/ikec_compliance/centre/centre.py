"""A checked configuration and its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.yamlio.schema import Places

Interval = tuple[date, date]

LISTS = ("organisaties", "voorzieningen", "ruimtes", "buitenruimtes", "groepen", "medewerkers", "documenten", "raden",
         "regelingen", "rooster", "integratie", "kinderen", "ontheffingen")  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """One item of a top-level list. Values are typed by the schema; ``None`` and absent are both unknown."""

    key: str
    index: int
    data: Mapping[str, Any]
    places: Places

    @property
    def id(self) -> str:
        """The item's own id."""
        return str(self.data["id"])

    def get(self, path: str) -> Any:
        """The value at a dotted path, or ``None`` where it or an owner is absent."""
        if "." not in path:
            return self.data.get(path)
        value: Any = self.data
        for step in path.split("."):
            if not isinstance(value, dict):  # as the schema gives it; asking for any mapping takes six times as long
                return None
            value = value.get(step)
        return value

    def place(self, path: str = "") -> Location:
        """The place of the key at a dotted path, or of its nearest owner."""
        steps = path.split(".") if path else []
        return self.places.nearest((self.key, self.index, *steps))


@dataclass(frozen=True, slots=True, eq=False)
class Centre:
    """A configuration that passed the schema, the references and the privacy check.

    ``sha256`` covers the raw bytes of all files; ``name`` is how the user called it.
    """

    data: Mapping[str, Any]
    places: Places
    sha256: str
    name: str
    lists: Mapping[str, Sequence[Record]]
    index: Mapping[str, Mapping[str, Record]] = field(repr=False)

    @property
    def id(self) -> str:
        """Id of the centre."""
        return str(self.data["centrum"]["id"])

    @property
    def peildatum(self) -> date | None:
        """The default date of a check, when the configuration fixes one."""
        day = self.data["centrum"].get("peildatum")
        return day if isinstance(day, date) else None

    def records(self, key: str) -> Sequence[Record]:
        """All items of a top-level list; empty when the list is absent."""
        return self.lists.get(key, ())

    def find(self, key: str, id_: str) -> Record | None:
        """The item with an id, or ``None``."""
        return self.index.get(key, {}).get(id_)

    def complete(self, name: str) -> bool:
        """Whether a list is declared complete (``volledig``): what is not in it then does not exist."""
        return self.data.get("volledig", {}).get(name) is True

    def complete_days(self) -> Sequence[Interval]:
        """The periods over which the roster is declared complete."""
        return tuple(self.data.get("volledig", {}).get("rooster", ()))

    def calendar(self, key: str) -> Sequence[Interval]:
        """Intervals of the ``kalender``: schoolweken, vakanties, studiedagen or sluitingsdagen."""
        return tuple(self.data.get("kalender", {}).get(key, ()))

    def place(self, *path: str | int) -> Location:
        """The place of the key at ``path``, or of its nearest owner."""
        return self.places.nearest(path)

    def everything(self) -> Iterator[Record]:
        """Every record of every list."""
        for key in LISTS:
            yield from self.records(key)
