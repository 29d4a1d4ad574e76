"""Texts with places to fill in: what a friction says, made concrete for one centre."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.suggest import did_you_mean

PLACEHOLDERS = (
    "samenvoeging", "leden", "partijen", "waarde", "gezamenlijk", "splitsing", "titel", "titel_nieuw",
    "ondertitel_nieuw", "eigen_woord", "termen",
)  # fmt: skip
"""What a text may name: the merged subject, who shares it, the acts, the centre's value, the joint set, the smallest
split, the title as it is, the smallest new title or subtitle that names the schoolplan, and of an own word: the word
and the terms of the acts that nobody can read there."""

_PLACE = re.compile(r"\{([^{}]*)\}")
_PLAN = re.compile(r"\w*plan\b", re.IGNORECASE)
_LEGAL = "schoolplan"


def check_template(text: str, place: Location) -> None:
    """``InputError`` when ``text`` names something that cannot be filled in."""
    for name in _PLACE.findall(text):
        if name not in PLACEHOLDERS:
            raise InputError(f"onbekende invulplek '{{{name}}}'{did_you_mean(name, PLACEHOLDERS)}", place)


def fill(text: str, values: Mapping[str, str]) -> str | None:
    """``text`` with its places filled in, or ``None`` when one of them has no value here."""
    if any(not values.get(name) for name in _PLACE.findall(text)):
        return None
    return _PLACE.sub(lambda found: values[found[1]], text)


def title_with_schoolplan(title: str) -> str:
    """``Centrumplan 2025-2029`` → ``Schoolplan 2025-2029, tevens centrumplan``; a title that has it stays."""
    if _LEGAL in title.lower():
        return title
    own = _PLAN.search(title)
    if own is None:
        return f"Schoolplan, tevens {title}"
    start = "Schoolplan" if own.start() == 0 else _LEGAL
    return f"{title[: own.start()]}{start}{title[own.end() :]}, tevens {own[0].lower()}"


def subtitle_with_schoolplan(subtitle: str) -> str:
    """A subtitle that names the schoolplan, keeping what is there."""
    if _LEGAL in subtitle.lower():
        return subtitle
    return f"{subtitle}, tevens schoolplan" if subtitle else "Tevens schoolplan"
