"""The centre's own words, and whether the term of an act can be read in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.model.record import dataclass
from ikec_compliance.reconcile.frictions import LegalName

NAMES = {"documenten": "document", "raden": "raad"}
"""Lists of things with a name of their own, with their subject type."""
WORDS = {"groepen": "domein", "medewerkers": "eigen_functie"}
"""Lists in which an own word stands for many items, and the key it stands in."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an own name: one document or council, or all groups or people that share a word.

    ``word`` is the centre's own word in it, ``text`` everything that can be read there.
    """

    subject: str
    word: str
    text: str
    records: tuple[Record, ...]


def named(centre: Centre) -> Iterator[Named]:
    """Everything with an own name, in file order: documents and councils, then the words of groups and people."""
    for key, prefix in NAMES.items():
        for record in centre.records(key):
            parts = [record.get("titel"), record.get("ondertitel")] if key == "documenten" else [record.get("naam")]
            if parts[0]:
                text = ", ".join(part for part in parts if part)
                yield Named(f"{prefix}:{record.id}", own_word(parts[0], centre), text, (record,))
    for key, field in WORDS.items():
        words: dict[str, list[Record]] = {}
        for record in centre.records(key):
            text = record.get(field)
            if text:
                words.setdefault(own_word(text, centre), []).append(record)
        for word, records in words.items():
            subject = f"woord:{_plain(word).replace(' ', '_')}"
            yield Named(subject, word, word, tuple(records))


def own_word(text: str, centre: Centre) -> str:
    """The word of the ``woordenlijst`` in a name, else the name without the number or years at its end."""
    plain = f" {_plain(text)} "
    listed_words = [word for word in centre.data.get("woordenlijst", {}) if f" {_plain(word)} " in plain]
    if listed_words:
        return str(max(listed_words, key=len))
    return re.sub(r"[\s\d/–-]+$", "", text).lower() or text.lower()


def _plain(text: str) -> str:
    """Lower case, without accents, words apart by one space."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(char))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def reads(name: LegalName, text: str) -> bool:
    """Whether a text shows the term of an act, however it is written."""
    plain = _plain(text)
    return any(_plain(form) in plain for form in name.forms)
