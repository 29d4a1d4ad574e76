"""Changes of the centre's own choices that mend a finding or end a conflict."""

from __future__ import annotations

from ikec_compliance.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a configuration: ``set`` a value (``None`` takes the key away), ``add`` or ``remove`` an item.

    ``key`` is the top-level list, ``id`` the item; ``path`` the dotted key within it (``set`` only). ``value`` is
    plain: text, a whole number or exact decimal, a truth, a list, or for ``add`` a mapping.
    """

    action: str
    key: str
    id: str
    path: str = ""
    value: object = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A smallest change of the centre's own choices that ends a conflict or finding.

    ``conflict`` is the id of a conflict, or rule and subject of a finding (``KO-BKR-01/groep:x@2026-11-24``). ``who``
    acts; ``decides`` says at which level (directeur, bestuur, raad, gemeente, ministerie). ``edits`` write it into the
    configuration; without them a person has to do it.
    """

    conflict: str
    change: str
    who: str
    cost: int = 1
    decides: str = "bestuur"
    edits: tuple[Edit, ...] = ()

    @property
    def applicable(self) -> bool:
        """Whether the program can write it (``toepasbaar``)."""
        return bool(self.edits)
