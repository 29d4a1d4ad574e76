"""Dutch sentences in another language: known as a whole, or put together from known parts.

The program makes its result once, in Dutch. A sentence of it is a text of the rules, or it follows one of the patterns
of the program (``{a} is hoogstens {b}``), whose parts are sentences, numbers, dates and names again. Taking it apart
by the same patterns gives the other language; what is not known stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ikec_compliance.model.record import dataclass
from ikec_compliance.report.english.values import say_value
from ikec_compliance.report.words import Pair

_PLACE = re.compile(r"\{([=#&!]?[a-z0-9_.]+)\}")
_BREAK = re.compile(r"(?<=[.?!]) (?=[A-Z‘\"(])")
_OWN, _KEY, _KEYS, _AS_WRITTEN = "=", "#", "&", "!"
"""Mark a place of a pattern for something that stays as it is: a name of the centre, an id or key, a list of ids, and
what is written in a configuration."""
_MARKS = f"{_OWN}{_KEY}{_KEYS}{_AS_WRITTEN}"

_CENTRE = frozenset(("leden", "titel", "titel_nieuw", "ondertitel_nieuw", "eigen_woord", "termen"))
"""Places of the frictions' texts that are filled with words of the centre or of the law."""

_OWN_COST, _LONG_COST, _LONG = 0.01, 0.3, 6
"""Per character: a pattern that knows a part is better than one that takes it for a name, of so many words most."""

_KNOWN_ENOUGH = 0.5
"""A text of which more than this share is not known is of the centre itself: it is left whole."""

_STEPS, _DEPTH, _LONGEST = 5_000, 120, 6_000
"""Attempts at one text, parts within parts, and characters. A text of the program takes hundreds of attempts; one of
somebody else, however long, stops here."""

_NEVER = float("inf")
_Said = tuple[float, str, int]
"""What taking a text for this costs, the text, and how many of its characters are not known at all."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The literal texts of a Dutch pattern around its places, and how the other language puts the parts."""

    literals: tuple[str, ...]
    places: tuple[str, ...]
    target: tuple[str, ...]
    rarest: str

    def fits(self, text: str) -> Iterator[tuple[str, ...]]:
        """The parts of ``text`` at the places, in every way in which it can be cut."""
        if not text.startswith(self.literals[0]) or not text.endswith(self.literals[-1]):
            return
        end = len(text) - len(self.literals[-1])
        yield from self._cut(text, len(self.literals[0]), end, 1)

    def _cut(self, text: str, start: int, end: int, number: int) -> Iterator[tuple[str, ...]]:
        if number == len(self.literals) - 1:
            if start < end:
                yield (text[start:end],)
            return
        literal = self.literals[number]
        found = text.find(literal, start + 1, end)
        while found >= 0:
            for rest in self._cut(text, found + len(literal), end, number + 1):
                yield (text[start:found], *rest)
            found = text.find(literal, found + 1, end)

    def say(self, parts: Mapping[str, str]) -> str:
        """The sentence in the other language with its parts filled in."""
        return "".join(parts.get(piece, "") if number % 2 else piece for number, piece in enumerate(self.target))


class Phrasebook:
    """``texts`` are known as they are, ``sentences`` patterns; both Dutch first. A text with places is a pattern."""

    def __init__(self, texts: Mapping[str, str], sentences: Iterable[Pair]) -> None:
        self._texts: dict[str, str] = {}
        patterns: list[_Pattern] = []
        for dutch, other in [*texts.items(), *sentences]:
            if _PLACE.search(dutch):
                patterns.append(_pattern(dutch, other))
            else:
                self._texts.setdefault(dutch, other)
        self._patterns = sorted(patterns, key=lambda item: -sum(map(len, item.literals)))
        self._memory: dict[str, _Said] = {}
        self._said: dict[str, str] = {}
        self._steps = self._depth = 0

    def say(self, text: str) -> str:
        """The text in the other language; itself when it is not known."""
        found = self._said.get(text)
        if found is None:
            cost, said, _ = self._best_of(text)
            found = self._said[text] = said if cost <= _KNOWN_ENOUGH * len(text) else text
        return found

    def knows(self, text: str) -> bool:
        """Whether every part of the text is known, names of the centre apart."""
        return self._best_of(text)[2] == 0

    def lookup(self, text: str) -> str:
        """A text of the rules, which is known as a whole or not at all."""
        return self._exact(text) or text

    def _best_of(self, text: str) -> _Said:
        if len(text) > _LONGEST:
            return _unknown(text)
        self._steps = self._depth = 0
        return self._best(text)

    def _best(self, text: str) -> _Said:
        found = self._memory.get(text)
        if found is None:
            self._depth += 1
            if self._depth > _DEPTH:
                self._steps = _STEPS
            found = self._find(text)
            self._depth -= 1
            if self._steps < _STEPS:
                self._memory[text] = found
        return found

    def _find(self, text: str) -> _Said:
        exact = self._exact(text) or say_value(text, self._exact)
        if exact is not None:
            return 0.0, exact, 0
        best = _unknown(text)
        for pattern in self._patterns:
            if self._steps >= _STEPS:
                return best
            if pattern.rarest not in text:
                continue
            for parts in pattern.fits(text):
                self._steps += 1
                if self._steps >= _STEPS:
                    return best
                said = self._filled(pattern, parts, best[0])
                if said[0] < best[0]:
                    best = said
                if best[0] == 0:
                    return best
        for between in _BREAK.finditer(text):
            first, second = self._best(text[: between.start()]), self._best(text[between.end() :])
            if first[0] + second[0] < best[0]:
                best = (first[0] + second[0], f"{first[1]} {second[1]}", first[2] + second[2])
        return best

    def _filled(self, pattern: _Pattern, parts: tuple[str, ...], least: float) -> _Said:
        cost, unknown, said = 0.0, 0, {}
        for place, part in zip(pattern.places, parts, strict=True):
            if part != part.strip() or not _balanced(part):
                return _NEVER, "", 0
            more, shown, left = _own(place[0], part) if place[0] in _MARKS else self._best(part)
            cost, unknown = cost + more, unknown + left
            if cost >= least:
                return _NEVER, "", 0
            said[place.lstrip(_MARKS)] = shown
        return cost, pattern.say(said), unknown

    def _exact(self, text: str) -> str | None:
        found = self._texts.get(text)
        if found is None and "\n" in text:
            found = self._texts.get(" ".join(text.split()))
        if found is None and text[:1].isupper():
            lower = self._texts.get(text[:1].lower() + text[1:])
            found = lower and lower[:1].upper() + lower[1:]
        return found


def _pattern(dutch: str, other: str) -> _Pattern:
    pieces = _PLACE.split(dutch)
    target = tuple(piece.lstrip(_MARKS) if number % 2 else piece for number, piece in enumerate(_PLACE.split(other)))
    places = tuple(f"{_OWN}{name}" if name in _CENTRE else name for name in pieces[1::2])
    return _Pattern(tuple(pieces[::2]), places, target, max(pieces[::2], key=len))


def _own(mark: str, part: str) -> _Said:
    """What stays as it is; of a list only the word before the last item is said."""
    words = part.count(" ") + 1
    if mark == _AS_WRITTEN:
        return 0.0, part, 0
    if mark == _KEY and words > 1:
        return _NEVER, part, 0
    if mark == _KEYS:
        return _OWN_COST * len(part), part.replace(" en ", " and "), 0
    return (_OWN_COST if words <= _LONG else _LONG_COST) * len(part), part, 0


def _unknown(text: str) -> _Said:
    return float(len(text)), text, len(text)


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("[") == text.count("]")
