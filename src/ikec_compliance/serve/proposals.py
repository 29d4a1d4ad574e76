"""What the program itself can change, as choices on a page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ikec_compliance.app.display import subject_title
from ikec_compliance.centre import Centre
from ikec_compliance.model.plan import Target
from ikec_compliance.model.repair import Repair


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change; ``mark`` tells it from every other, whatever the page it was sent from showed."""

    mark: str
    change: str
    who: str
    decides: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What mends findings of one rule or one collision: the same changes, asked once."""

    code: str
    title: str
    where: tuple[str, ...]
    proposals: tuple[Proposal, ...]


def choices(targets: Sequence[Target], centre: Centre) -> list[Choices]:
    """The changes there are, those of equal changes together."""
    found: dict[tuple[str, ...], Choices] = {}
    for target in targets:
        made = tuple(Proposal(_mark(item), item.change, item.who, item.decides) for item in target.repairs)
        code = target.id.partition("/")[0]
        key = (code, *(item.mark for item in made))
        before = found.get(key)
        # A collision names its object by its id; people know it by its name.
        collision = code.startswith(("CF-", "CX-"))
        name = subject_title(target.subject_title, centre) if collision else target.subject_title
        where = (*(before.where if before else ()), name)
        found[key] = Choices(code, target.title, where, made)
    return list(found.values())


def chosen(targets: Sequence[Target], mark: str) -> Repair | None:
    """The change with a mark, while it still mends something."""
    return next((item for target in targets for item in target.repairs if _mark(item) == mark), None)


def _mark(repair: Repair) -> str:
    return hashlib.sha256(repr(repair.edits).encode()).hexdigest()[:20]
