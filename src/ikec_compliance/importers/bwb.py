"""The text of a law as wetten.overheid.nl publishes it (BWB ``toestand``): which articles and leden it has, since when.

Only numbers, dates and states are read, no text. The file is not trusted: no entity is declared or fetched, and its
size and depth are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.parsers import expat

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.bounded import MB, read_bounded
from ikec_compliance.yamlio.reader import shown_path

MOST_BYTES = 64 * MB
"""The largest laws are some ten megabytes."""

_DEEPEST = 100
_PARTS = ("artikel", "bijlage")
_SINCE = ("inwerking", "inwerkingtreding", "effectivity", "inwerkingtredingsdatum")
_GONE, _LATER = "vervallen", "nogniet"


@dataclass(slots=True)
class Piece:
    """An article, annex or lid: its number, the day its text came into force, and its state and last effect."""

    number: str
    since: date | None
    status: str
    effect: str
    leden: list[Piece] = field(default_factory=list)

    @property
    def gone(self) -> bool:
        """Whether it is repealed."""
        return self.status == _GONE

    @property
    def later(self) -> bool:
        """Whether it is not yet in force."""
        return self.status == _LATER


@dataclass(frozen=True, slots=True)
class Toestand:
    """One consolidated state of a law."""

    bwb: str
    state: date
    articles: Mapping[str, Piece]
    annexes: Mapping[str, Piece]


def read_toestand(path: Path) -> Toestand:
    """The law in a file; ``InputError`` when it is no toestand, is unsafe or cannot be read."""
    shown = shown_path(path)
    data = read_bounded(
        path, Location(shown, 1, 1), MOST_BYTES, "het XML-bestand van een wet", "dat is geen tekst van een wet"
    )
    reader = _Reader(shown)
    reader.parse(data)
    return reader.toestand()


def number(text: str) -> str:
    """A number as it is compared: ``1.``, `` 1a `` and ``1A`` are 1, 1a and 1a."""
    return re.sub(r"[\s.°]+$", "", text.strip()).lower()


class _Reader:
    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.root: tuple[str, date] | None = None
        self.articles: dict[str, Piece] = {}
        self.annexes: dict[str, Piece] = {}
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._refuse
        self._parser.ExternalEntityRefHandler = self._refuse
        self._parser.UnparsedEntityDeclHandler = self._refuse
        self._stack: list[tuple[str, str]] = []
        self._part: tuple[int, Piece] | None = None
        self._lid: tuple[int, Piece] | None = None
        self._taken: list[str] | None = None

    def parse(self, data: bytes) -> None:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            place = Location(self.shown, error.lineno, error.offset + 1)
            raise InputError("dit is geen geldig XML-bestand; download het opnieuw", place) from None
        except (LookupError, ValueError):
            raise InputError("de tekencodering van dit bestand is onbekend", Location(self.shown, 1, 1)) from None

    def toestand(self) -> Toestand:
        if self.root is None:
            raise self._error("dit is geen tekst van een wet: het bestand begint niet met <toestand>")
        if not self.articles and not self.annexes:
            raise self._error("er staat geen enkel artikel in dit bestand: zo te zien is het niet de hele wet")
        return Toestand(*self.root, self.articles, self.annexes)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= _DEEPEST:
            raise self._error("dit bestand is te diep genest om een wet te zijn")
        if not self._stack:
            self._begin(name, attributes)
        # What stands in a part that is repealed or not yet in force is so too.
        status = attributes.get("status", "")
        if status not in (_GONE, _LATER):
            status = self._stack[-1][1] if self._stack else ""
        self._stack.append((name, status))
        depth = len(self._stack)
        if name in _PARTS and self._part is None:
            self._part = depth, Piece("", _since(attributes), status, attributes.get("effect", ""))
        elif self._part is not None and name == "lid" and self._lid is None and depth > self._part[0]:
            self._lid = depth, Piece("", _since(attributes), status, attributes.get("effect", ""))
        elif self._numbered(name):
            self._taken = []

    def _numbered(self, name: str) -> bool:
        """Whether this element is the number of the part or lid that is open: ``kop/nr`` and ``lid/lidnr``."""
        if name == "nr" and self._part is not None and not self._part[1].number:
            return [item for item, _ in self._stack[self._part[0] :]] == ["kop", "nr"]
        return name == "lidnr" and self._lid is not None and not self._lid[1].number

    def _end(self, name: str) -> None:
        depth = len(self._stack)
        self._stack.pop()
        if self._taken is not None and name in ("nr", "lidnr"):
            piece = self._lid[1] if name == "lidnr" and self._lid else self._part[1] if self._part else None
            if piece is not None:
                piece.number = number("".join(self._taken))
            self._taken = None
        if self._lid is not None and depth == self._lid[0]:
            if self._part is not None and self._lid[1].number:
                self._part[1].leden.append(self._lid[1])
            self._lid = None
        if self._part is not None and depth == self._part[0]:
            known = self.articles if name == "artikel" else self.annexes
            piece = self._part[1]
            # Of an article that is printed twice the text in force counts.
            if name == "bijlage" or piece.number:
                other = known.get(piece.number)
                if other is None or other.gone or other.later:
                    known[piece.number] = piece
            self._part = None

    def _text(self, text: str) -> None:
        if self._taken is not None:
            self._taken.append(text)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        bwb = attributes.get("bwb-id", "")
        if name != "toestand" or not re.fullmatch(r"BWB[A-Z][0-9]{7}", bwb):
            raise self._error("dit is geen tekst van een wet: het bestand begint niet met <toestand bwb-id=…>")
        state = _date(attributes.get("inwerkingtreding", ""))
        if state is None:
            raise self._error("de toestand noemt geen datum (inwerkingtreding)")
        self.root = bwb, state

    def _refuse(self, *_: object) -> int:
        raise self._error("dit bestand verwijst naar andere bestanden of entiteiten; zulke XML wordt niet gelezen")

    def _error(self, message: str) -> InputError:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        return InputError(message, Location(self.shown, max(line, 1), column + 1))


def _since(attributes: Mapping[str, str]) -> date | None:
    return next((day for name in _SINCE if (day := _date(attributes.get(name, ""))) is not None), None)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if len(text) >= 10 else None
    except ValueError:
        return None
