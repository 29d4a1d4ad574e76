"""What a text form needs besides the report: a language, the names of the laws and the sentences of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Source
from ikec_compliance.report.document.phrases import DOCUMENT_PHRASES
from ikec_compliance.report.phrases import PHRASES
from ikec_compliance.report.words import Pair, Words


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which a rule ends (its last day; ``follows`` when a new version takes its place) or ``starts``."""

    day: date
    rule: str
    regime: str
    title: str
    starts: bool
    follows: bool
    source: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """``laws`` maps a law code to its title, ``norms`` a rule id to its sentence in the language of ``words``.

    Both may be empty: a law is then shown by its code and a rule by its title alone. ``base`` is the folder of the
    reader: files in it are shown relative to it. ``themes`` maps a rule id to its theme, ``turns`` lists the days on
    which a rule starts, changes or ends.
    """

    words: Words = field(default_factory=Words)
    laws: Mapping[str, str] = field(default_factory=dict)
    norms: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    themes: Mapping[str, str] = field(default_factory=dict)
    turns: tuple[Turn, ...] = ()

    def say(self, key: str, **values: object) -> str:
        """A phrase with its values filled in."""
        return self.words.pick(PHRASES.get(key) or DOCUMENT_PHRASES[key]).format(**values)

    def count(self, number: int, forms: tuple[Pair, Pair]) -> str:
        """A number with its noun."""
        return self.words.count(number, *forms)

    def place(self, location: Location) -> str:
        """``rooster.yaml:12:5``, to click on or to open."""
        return self.path(str(location))

    def path(self, path: str) -> str:
        """A path as the reader knows it."""
        return path.removeprefix(f"{self.base}/") if self.base else path

    def capital(self, text: str) -> str:
        """``text`` with a capital first letter."""
        return text[:1].upper() + text[1:]
