"""Checks on single values: type, allowed values, pattern, bounds, and what the text becomes."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from ikec_compliance.model.errors import InternalError
from ikec_compliance.yamlio import formats
from ikec_compliance.yamlio.checks import identity
from ikec_compliance.yamlio.nodes import Node, Scalar
from ikec_compliance.yamlio.problems import FORM, OTHER, VALUE, Problems, choice_words, clip, enumeration, label, shown
from ikec_compliance.yamlio.scalars import BOOL, FLOAT, INT, NULL, TEXT, NumberOutOfRange, kind_of, number_of

# x-soort → (what the text becomes, what is wanted).
_CONVERSIONS: dict[str, tuple[Callable[[str], Any], str]] = {
    "datum": (formats.to_date, formats.DATE_WANTED),
    "tijd": (formats.to_minutes, formats.TIME_WANTED),
    "periode": (formats.to_period, formats.PERIOD_WANTED),
}
_LISTED = 8
_FORMATS = {"date": "datum", "time": "tijd"}
_BOUNDS: tuple[tuple[str, Callable[[Any, Any], bool], str], ...] = (
    ("minimum", operator.ge, "minimaal"),
    ("maximum", operator.le, "hoogstens"),
    ("exclusiveMinimum", operator.gt, "meer dan"),
    ("exclusiveMaximum", operator.lt, "minder dan"),
)
_JA_NEE = {True: True, False: False, "ja": True, "nee": False, None: None}


class Single:
    """The rules of one schema for single values."""

    __slots__ = (
        "_as_written", "_bounds", "_convert", "_janee", "_kinds", "_lengths", "_pattern", "_shown_choices", "_texts",
        "_whole", "choices", "wanted",
    )  # fmt: skip

    def __init__(self, schema: Mapping[str, Any], kinds: frozenset[str], wanted: str, only_whole: bool) -> None:
        soort = _soort(schema, kinds)
        self._kinds, self._whole = kinds, only_whole
        self._convert: Callable[[str], Any] | None = None
        if soort in _CONVERSIONS:
            self._convert, wanted = _CONVERSIONS[soort]
        self.wanted: str = schema.get("x-verwacht") or wanted
        self._as_written = soort == "tekst"
        self._janee = soort == "janee"
        self._pattern = re.compile(ecma(schema["pattern"]), re.ASCII) if "pattern" in schema else None
        if self._pattern is not None and self._convert is None and "x-verwacht" not in schema:
            examples = schema.get("examples", ())
            self.wanted = f"tekst als ‘{examples[0]}’" if examples else f"tekst van de vorm {schema['pattern']}"
        self._lengths = (schema.get("minLength", 0), schema.get("maxLength"))
        self._bounds = _bounds(schema)
        self.choices = _choices(schema)
        self._texts = None if self.choices is None else {value for kind, value in self.choices if kind == "text"}
        texts = ("ja", "nee") if self._janee else tuple(map(_choice_text, (self.choices or {}).values()))
        self._shown_choices = tuple(dict.fromkeys(texts))
        if 0 < len(texts) <= _LISTED and "type" not in schema and "x-verwacht" not in schema:
            self.wanted = enumeration(f"‘{text}’" for text in self._shown_choices)

    def run(self, node: Node, name: str, problems: Problems) -> Any:
        """The typed value of a scalar; ``None`` with a problem noted when it is wrong."""
        if node.__class__ is not Scalar:
            return self.refuse(node, name, problems)
        assert isinstance(node, Scalar)
        kind = kind_of(node)
        if kind not in self._kinds:
            return self.refuse(node, name, problems)
        if kind == TEXT:
            if self._texts is not None and node.value not in self._texts:
                return self.refuse(node, name, problems)
            return self._text(node, name, problems)
        if self.choices is not None and identity(node) not in self.choices:
            return self.refuse(node, name, problems)
        if kind == NULL:
            return None
        if kind == BOOL:
            return node.value.lower() == "true"
        return self._number(node, name, problems)

    def _text(self, node: Scalar, name: str, problems: Problems) -> Any:
        value = node.value
        if self._pattern is not None and not self._pattern.search(value):
            return self.refuse(node, name, problems, OTHER)
        least, most = self._lengths
        if len(value) < least or (most is not None and len(value) > most):
            limit = f"minimaal {least}" if len(value) < least else f"hoogstens {most}"
            words = "mag niet leeg zijn" if len(value) < least == 1 else f"{len(value)} tekens, verwacht {limit}"
            problems.add(node, lambda _: f"{label(name)}{words}")
            return None
        if self._janee:
            return _JA_NEE[value]
        if self._convert is None:
            return value
        try:
            return self._convert(value)
        except formats.WrongForm:
            return self.refuse(node, name, problems, OTHER)
        except formats.Impossible as error:
            # Spelled out, the message would tell the value.
            words = f"verwacht {self.wanted} die bestaat" if problems.secret else str(error)
            problems.add(node, lambda _: f"{label(name)}{words}")
            return None

    def _number(self, node: Scalar, name: str, problems: Problems) -> Any:
        try:
            number = number_of(node)
        except NumberOutOfRange as error:
            words = str(error)
            problems.add(node, lambda _: f"{label(name)}{words}")
            return None
        if self._whole and isinstance(number, Decimal):
            if number != number.to_integral_value():
                return self.refuse(node, name, problems)
            number = int(number)
        broken = [words for holds, limit, words in self._bounds if not holds(number, limit)]
        if broken:
            secret = problems.secret > 0
            problems.add(node, lambda _: f"{label(name)}verwacht {broken[0]}, gevonden {shown(node, secret)}")
            return None
        return node.value if self._as_written else number

    def refuse(self, node: Node, name: str, problems: Problems, kind: str = FORM) -> None:
        """Note that ``node`` is not the value wanted."""
        secret = problems.secret > 0
        if self.choices is not None:
            problems.add(node, lambda found: choice_words(name, node, found, secret), VALUE, self._shown_choices)
            return

        def words(_: tuple[str, ...]) -> str:
            hint = self._hint(node) if isinstance(node, Scalar) and not secret else ""
            return f"{label(name)}verwacht {self.wanted}, gevonden {shown(node, secret)}{hint}"

        problems.add(node, words, kind)

    def _hint(self, node: Scalar) -> str:
        """What to do about the most common slips."""
        value, kind = node.value, kind_of(node)
        if kind in (INT, FLOAT, BOOL) and TEXT in self._kinds and self._convert is None and self._pattern is None:
            return "; zet de waarde tussen aanhalingstekens"
        if INT in self._kinds and kind == TEXT:
            if re.fullmatch(r"-?[0-9]+,[0-9]+", value) and not self._whole:
                return "; schrijf een punt in plaats van een komma"
            if node.quoted and re.fullmatch(r"-?[0-9]+", value):
                return "; laat de aanhalingstekens weg"
        if self._convert is formats.to_minutes and re.fullmatch("[0-9][:.][0-5][0-9]|[0-9]{2}[.][0-5][0-9]", value):
            return f"; schrijf {value.replace('.', ':').zfill(5)}"
        return ""


def ecma(pattern: str) -> str:
    """A JSON Schema pattern for Python: an unescaped ``$`` outside brackets is the very end of the text."""
    result, bracket, escaped = [], False, False
    for character in pattern:
        if not escaped and not bracket and character == "$":
            result.append(r"\Z")
        else:
            result.append(character)
            if not escaped and character in "[]":
                bracket = character == "["
        escaped = character == "\\" and not escaped
    return "".join(result)


def _soort(schema: Mapping[str, Any], kinds: frozenset[str]) -> str:
    form = schema.get("format")
    if form is not None and form not in _FORMATS:
        raise InternalError(f"schema: format {form} wordt niet ondersteund")
    soort = schema.get("x-soort") or _FORMATS.get(form or "", "")
    if soort not in ("", "janee", "tekst", *_CONVERSIONS):
        raise InternalError(f"schema: x-soort {soort} bestaat niet")
    if soort in _CONVERSIONS:
        if TEXT not in kinds or INT in kinds or BOOL in kinds:
            raise InternalError(f"schema: x-soort {soort} hoort bij type string")
        if "pattern" not in schema and form != "date":
            # Without it any validator but this one would accept every text.
            raise InternalError(f"schema: x-soort {soort} vraagt een pattern")
    if soort == "janee" and not {True, False, "ja", "nee"} <= set(schema.get("enum", ())) <= set(_JA_NEE):
        raise InternalError('schema: x-soort janee vraagt enum [true, false, "ja", "nee"]')
    return str(soort)


def _bounds(schema: Mapping[str, Any]) -> tuple[tuple[Callable[[Any, Any], bool], Decimal, str], ...]:
    """(comparison, limit, limit in Dutch) for each bound of the schema."""
    return tuple(
        (holds, Decimal(str(schema[keyword])), f"{words} {schema[keyword]}")
        for keyword, holds, words in _BOUNDS
        if keyword in schema
    )


def _choices(schema: Mapping[str, Any]) -> dict[tuple[str, Any], Any] | None:
    """The allowed values by identity, or ``None`` when there is no ``enum`` or ``const``."""
    lists = [schema["enum"]] if "enum" in schema else []
    lists += [[schema["const"]]] if "const" in schema else []
    if not lists:
        return None
    found = [{_identity(value): value for value in values} for values in lists]
    return {key: value for key, value in found[0].items() if all(key in other for other in found)}


def _identity(value: Any) -> tuple[str, Any]:
    if value is None:
        return "null", None
    if isinstance(value, bool):
        return "bool", value
    if isinstance(value, str):
        return "text", value
    if isinstance(value, (int, float)):
        return "number", Decimal(str(value))
    raise InternalError("schema: enum en const kennen alleen enkele waarden")


def _choice_text(value: Any) -> str:
    return "niets" if value is None else str(value).lower() if isinstance(value, bool) else clip(str(value))
