"""Did you mean …: the nearest known word to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable

# A longer word is no typing error of a key or a code, and difflib is quadratic in it.
_LONGEST = 60
_CUTOFF = 0.6


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like ``word``, regardless of case, or ``None`` when none is like it."""
    if not word or len(word) > _LONGEST:
        return None
    import difflib  # only on the way to an error message

    by_lower: dict[str, str] = {}
    for choice in choices:
        by_lower.setdefault(choice.lower(), choice)
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=_CUTOFF)
    if found:
        return by_lower[found[0]]
    # ``leden`` for ``aantal_leden``: little alike in letters, yet one of its words.
    holding = [choice for choice in by_lower if word.lower() in choice.split("_")]
    return by_lower[min(holding, key=len)] if holding else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """The tail of a message: ``; bedoelt u ‘x’?``, or nothing when no choice is like ``word``."""
    found = nearest(word, choices)
    return f"; bedoelt u ‘{found}’?" if found is not None and found != word else ""
