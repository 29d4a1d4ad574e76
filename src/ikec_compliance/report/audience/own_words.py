"""Lets a report speak the centre's own words, with the law's term behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from ikec_compliance.model.record import dataclass

_LONGEST = 40
"""A longer own word stands in the glossary only: it would drown the sentences it is put in."""

_ENDING = 4
_INFLECTION = r"(?:nen|en|s|'s|’s)?"
_ALTERNATIVES = re.compile(r"\s+of\s+|\s*,\s*")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The own words by regime.

    Where own word and term end alike (centrumplan, schoolplan) the own word takes the term's place, for article and
    plural stay right; elsewhere the term stays and the own word follows it.
    """

    glossary: Mapping[str, Mapping[str, str]]
    at_yours: str = "bij u"
    _ready: dict[str, tuple[re.Pattern[str], dict[str, str]] | None] = field(default_factory=dict)

    def speak(self, sentence: str, regime: str, seen: set[str] | None = None) -> str:
        """``sentence`` in own words; a term in ``seen`` was explained before, one explained here is added to it."""
        ready = self._of(regime)
        if ready is None:
            return sentence
        pattern, owns = ready
        known = set() if seen is None else seen

        def change(match: re.Match[str]) -> str:
            term, ending = match[1].lower(), match[2]
            own = owns[term]
            first = term not in known
            known.add(term)
            if not _alike(own, term):
                return f"{match[0]} ({self.at_yours}: {own})" if first else match[0]
            shown = own + ending
            shown = shown[:1].upper() + shown[1:] if match[0][:1].isupper() else shown
            return f"{shown} ({match[0][:1].lower()}{match[0][1:]})" if first else shown

        return pattern.sub(change, sentence)

    def _of(self, regime: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
        if regime not in self._ready:
            owns: dict[str, str] = {}
            for own, terms in self.glossary.items():
                for term in _ALTERNATIVES.split(terms.get(regime, "")):
                    if term and len(own) <= _LONGEST and own.lower() != term.lower():
                        owns.setdefault(term.lower(), own)
            longest = sorted(owns, key=len, reverse=True)
            pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest))})({_INFLECTION})\b", re.IGNORECASE)
            self._ready[regime] = (pattern, owns) if owns else None
        return self._ready[regime]


def _alike(own: str, term: str) -> bool:
    return own.lower()[-_ENDING:] == term[-_ENDING:]
