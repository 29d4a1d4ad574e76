"""Numbers, dates and units as an English reader writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ikec_compliance.report.words import MONTHS

_NUMBER = r"-?\d+(?:,\d+)?"
_QUANTITY = re.compile(rf"({_NUMBER}) (\S.*)")
_DATE = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4})")
# Numbers with signs between them: a sum, a range of clock times, a set of counts.
_SUM = re.compile(r"(?:[A-Z] = )?[\d\s.,;:/+×=≈≤≥<>()–%-]*\d[\d\s.,;:/+×=≈≤≥<>()–%-]*")
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_KEY = re.compile(r"[a-z]+(?:[._][a-z]+)+")
_CODE = re.compile(r"[A-Z]{2,}\d*(?:-[A-Z0-9]+)*(?:/\S+)?|(?:[a-z_]+:)\S+|‘[^‘’]*’|\"[^\"]*\"")

# Units that Dutch does not tell apart by number.
_UNITS: Mapping[str, tuple[str, str]] = {
    "jaar": ("year", "years"), "uur": ("hour", "hours"), "dag": ("day", "days"), "dagen": ("day", "days"),
    "week": ("week", "weeks"), "weken": ("week", "weeks"), "maand": ("month", "months"),
    "maanden": ("month", "months"), "procent": ("per cent", "per cent"), "m2": ("m2", "m2"), "fte": ("fte", "fte"),
}  # fmt: skip

_MONTHS = dict(MONTHS)


def say_value(text: str, known: Callable[[str], str | None]) -> str | None:
    """A number, sum, date, quantity, code or quotation; ``None`` for anything else. ``known`` gives other units."""
    if _CODE.fullmatch(text) or _KEY.fullmatch(text):
        return text
    if _SUM.fullmatch(text):
        return _COMMA.sub(".", text)
    date = _DATE.fullmatch(text)
    if date and date[2] in _MONTHS:
        return f"{date[1]} {_MONTHS[date[2]]} {date[3]}"
    found = _QUANTITY.fullmatch(text)
    if found:
        number, unit = found[1], found[2]
        forms = _UNITS.get(unit)
        said = forms[number != "1"] if forms else known(unit)
        return said and f"{_COMMA.sub('.', number)} {said}"
    return None
