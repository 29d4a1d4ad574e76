"""The texts of a rule folder in another language, each found by its Dutch text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.rules.files import read_checked
from ikec_compliance.rules.inventory import TRANSLATIONS, translations


@dataclass(frozen=True, slots=True)
class Entry:
    """One text in another language, and where it stands."""

    dutch: str
    other: str
    place: Location


def plain(text: str) -> str:
    """A text with single spaces, as it is looked up: where a file breaks its lines makes no difference."""
    return " ".join(text.split())


def entries(folder: Path, language: str) -> Iterator[Entry]:
    """Every translation in ``vertaling/<language>/`` of a rule folder, in order of the files.

    ``InputError`` for a file that does not fit its schema, or that names another language than its folder.
    """
    for path in translations(folder, language):
        checked = read_checked(path, "vertaling", folder.parent)
        if checked.data["language"] != language:
            raise InputError(
                f"dit bestand staat in {TRANSLATIONS}/{language} en zegt language: {checked.data['language']}",
                checked.place("language"),
            )
        for dutch, other in checked.data["texts"].items():
            yield Entry(plain(dutch), other, checked.places.key(("texts", dutch)))


def load_translation(folders: Sequence[Path], language: str) -> Mapping[str, str]:
    """Dutch text → text in the language. Of a text that is there twice the first counts."""
    found: dict[str, str] = {}
    for folder in folders:
        for entry in entries(folder, language):
            found.setdefault(entry.dutch, entry.other)
    return found
