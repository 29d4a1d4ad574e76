"""From a cell to a node of the configuration, by what its column may hold."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NoReturn

from ikec_compliance.importers import forms
from ikec_compliance.importers.forms import EMPTY, UNKNOWN, Form, Value, unquoted
from ikec_compliance.importers.pages import Raw
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar
from ikec_compliance.yamlio.nodes import Sequence as NodeList

_SHORT_TIME = re.compile("([0-9]):([0-5][0-9])")
_DUTCH_DAY = re.compile("([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_NUMBER = re.compile("[-+]?[0-9]+(?:[.,][0-9]+)?")
_MIDNIGHT = time(0, 0)
_BAD_TIME = "een tijd ligt in hele minuten van 00:00 tot en met 24:00; schrijf bijvoorbeeld 08:30"


class Reader:
    """Reads the cells of one sheet. ``secret`` keeps values out of messages; ``dutch_days`` reads 23-11-2026."""

    def __init__(self, secret: bool = False, dutch_days: bool = False) -> None:
        self._secret = secret
        self._dutch_days = dutch_days

    def node(self, form: Form, raw: Raw, place: Location) -> Node:
        """The node of a cell; ``InputError`` where the cell is of another kind. The schema checks the rest."""
        if not isinstance(raw, str):
            return self._typed(form, raw, place)
        text = raw.strip()
        if text == UNKNOWN:
            return _scalar("null", False, place)
        if (form.many or form.keyed) and (found := self._collection(form, text, place)) is not None:
            return found
        return self._text(form.single, text, place)

    def _collection(self, form: Form, text: str, place: Location) -> Node | None:
        """The list or mapping in a cell, or ``None`` when it is a single value."""
        if text == f"{EMPTY}:" or (text == EMPTY and not form.many):
            return Mapping({}, place.file, place.line, place.column)
        if text == EMPTY:
            return NodeList([], place.file, place.line, place.column)
        parts = [part.strip() for part in re.split("[,;\n]", text)]
        if parts[-1] == "":
            parts.pop()
        if form.keyed and (":" in text or not form.many):
            return self._mapping(form.keyed, parts, place)
        if form.single and len(parts) == 1 and "," not in text:
            return None
        if "" in parts:
            raise InputError("hier staat een komma te veel; zet tussen twee waarden één komma", place)
        return NodeList([self._text(form.many, part, place) for part in parts], place.file, place.line, place.column)

    def _mapping(self, values: Sequence[Value], parts: list[str], place: Location) -> Mapping:
        index: dict[str, tuple[Scalar, Node]] = {}
        for part in parts:
            key, colon, value = (piece.strip() for piece in part.partition(":"))
            if not colon or not key or not value:
                raise InputError(f"{self._found(part)}: schrijf ‘naam: waarde’, met komma's ertussen", place)
            if key in index:
                raise InputError(f"{self._found(key)} staat er twee keer in", place)
            node = _scalar("null", False, place) if value == UNKNOWN else self._text(values, value, place)
            index[key] = _scalar(key, True, place), node
        return Mapping(index, place.file, place.line, place.column)

    def _text(self, values: Sequence[Value], text: str, place: Location) -> Scalar:
        kinds = {value.kind for value in values}
        if forms.TEXT in kinds and len(kinds) == 1:
            return _scalar(unquoted(text), True, place)
        lower = text.lower()
        if forms.YES_NO in kinds and lower in ("ja", "nee"):
            return _scalar(lower, False, place)
        for value in values:
            for word in value.words:
                if lower == str(word).lower():
                    return _scalar(str(word), isinstance(word, str), place)
        if forms.TIME in kinds and _SHORT_TIME.fullmatch(text):
            return _scalar(f"0{text}", True, place)
        if forms.DATE in kinds and (day := _DUTCH_DAY.fullmatch(text)):
            if not self._dutch_days:
                raise InputError(
                    f"{self._found(text)} is tekst en geen datum; maak er een datum van of schrijf jjjj-mm-dd", place
                )
            return _scalar(f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}", True, place)
        numeric = kinds & {forms.WHOLE, forms.NUMBER}
        if numeric and forms.TEXT not in kinds and _NUMBER.fullmatch(text):
            return _scalar(text.replace(",", "."), False, place)
        return _scalar(unquoted(text) if forms.TEXT in kinds else text, True, place)

    def _typed(self, form: Form, raw: Raw, place: Location) -> Node:
        """The node of a number, day, time or TRUE/FALSE."""
        values = form.single or form.many
        kinds = {value.kind for value in values}
        if isinstance(raw, bool):
            if forms.YES_NO not in kinds:
                raise InputError("hier staat WAAR of ONWAAR; schrijf wat deze kolom vraagt", place)
            found: Scalar = _scalar("ja" if raw else "nee", False, place)
        elif isinstance(raw, time | timedelta):
            found = self._clock(raw, kinds, place)
        elif isinstance(raw, date):
            found = self._day(raw, kinds, place)
        else:
            found = self._number(raw, values, kinds, place)
        if form.single:
            return found
        if form.many:
            return NodeList([found], place.file, place.line, place.column)
        raise InputError("schrijf hier ‘naam: waarde’, met komma's ertussen", place)

    def _clock(self, raw: time | timedelta, kinds: set[str], place: Location) -> Scalar:
        if forms.TIME not in kinds:
            raise InputError("hier staat een tijd; geef de cel de opmaak Tekst en typ de waarde opnieuw", place)
        seconds = (
            raw.hour * 3600 + raw.minute * 60 + raw.second + raw.microsecond / 1e6
            if isinstance(raw, time)
            else raw.total_seconds()
        )
        minutes = round(seconds / 60)
        if abs(seconds - minutes * 60) > 1 or not 0 <= minutes <= 1440:
            raise InputError(
                "een tijd ligt in hele minuten van 00:00 tot en met 24:00; schrijf bijvoorbeeld 08:30", place
            )
        return _scalar(f"{minutes // 60:02d}:{minutes % 60:02d}", True, place)

    def _day(self, raw: date, kinds: set[str], place: Location) -> Scalar:
        if forms.TIME in kinds:
            raise InputError(_BAD_TIME, place)
        if forms.DATE not in kinds:
            raise InputError("hier staat een datum; geef de cel de opmaak Tekst en typ de waarde opnieuw", place)
        if isinstance(raw, datetime):
            if raw.time() != _MIDNIGHT:
                raise InputError("hier staat een datum met een tijd erbij; schrijf alleen de datum", place)
            raw = raw.date()
        return _scalar(raw.isoformat(), True, place)

    def _number(self, raw: int | float | str, values: Sequence[Value], kinds: set[str], place: Location) -> Scalar:
        try:
            number = float(raw)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise InputError("dit getal is te groot; schrijf een gewoon getal, of typ een nummer als tekst", place)
        whole = number == int(number) if abs(number) < 1e15 else False
        text = str(int(number)) if whole else repr(number)
        if kinds & {forms.WHOLE, forms.NUMBER}:
            return _scalar(text, False, place)
        for value in values:
            for word in value.words:
                if str(word) == text:
                    return _scalar(text, isinstance(word, str), place)
        if forms.TIME in kinds:
            self._serial(number, "tijd", "Tijd", "08:30", place)
        if forms.DATE in kinds:
            self._serial(number, "datum", "Datum", "2026-11-23", place)
        if not whole and forms.TEXT in kinds:
            raise InputError("hier staat een getal; geef de cel de opmaak Tekst en typ de waarde opnieuw", place)
        return _scalar(text, True, place)

    def _serial(self, number: float, kind: str, layout: str, example: str, place: Location) -> NoReturn:
        shown = self._found(f"{number:g}".replace(".", ","))
        raise InputError(
            f"{shown} is een getal en geen {kind}; geef de cel de opmaak {layout}, of schrijf {example}", place
        )

    def _found(self, text: str) -> str:
        if self._secret:
            return "de waarde"
        short = " ".join(text.split())
        return f"‘{short if len(short) <= 60 else short[:59] + '…'}’"


def _scalar(text: str, quoted: bool, place: Location) -> Scalar:
    return Scalar(text, quoted, place.file, place.line, place.column)
