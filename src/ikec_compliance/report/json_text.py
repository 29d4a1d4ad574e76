"""JSON as ``json.dumps(…, indent=2, ensure_ascii=False)`` writes it, character for character and some times faster.

With an indent the standard library writes every value through generators of Python, and a report has half a million.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

_quoted = json.encoder.encode_basestring


def indented(data: Any, plain: Callable[[object], str]) -> str:
    """The text of ``data``; ``plain`` gives the text of what JSON has no form for. Keys are text."""
    return _Writer(plain).text(data, "\n")


class _Writer:
    def __init__(self, plain: Callable[[object], str]) -> None:
        self._plain = plain
        # A list that stands in many places, as the sources of a rule do, is written out once for each depth.
        self._lists: dict[tuple[int, str], str] = {}

    def text(self, value: Any, line: str) -> str:
        """A value; ``line`` is the line end with the indent of what it stands in."""
        kind = type(value)
        if kind is str:
            return _quoted(value)
        if kind is dict:
            return self._object(value, line)
        if kind is list:
            key = (id(value), line)
            found = self._lists.get(key)
            if found is None:
                found = self._lists[key] = self._array(value, line)
            return found
        if value is None:
            return "null"
        if kind is int:
            return repr(value)
        if kind is bool:
            return "true" if value else "false"
        return self._other(value, line)

    def _object(self, value: dict[str, Any], line: str) -> str:
        if not value:
            return "{}"
        inner = line + "  "
        parts = [
            _key(key) + (_quoted(item) if type(item) is str else self.text(item, inner)) for key, item in value.items()
        ]
        return f"{{{inner}{f',{inner}'.join(parts)}{line}}}"

    def _array(self, value: list[Any], line: str) -> str:
        if not value:
            return "[]"
        inner = line + "  "
        return f"[{inner}{f',{inner}'.join([self.text(item, inner) for item in value])}{line}]"

    def _other(self, value: Any, line: str) -> str:
        if isinstance(value, str):
            return _quoted(value)
        if isinstance(value, dict):
            return self._object(value, line)
        if isinstance(value, list | tuple):
            return self._array(list(value), line)
        if isinstance(value, int | float):
            return json.dumps(value)
        return self.text(self._plain(value), line)


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    if not isinstance(name, str):
        raise TypeError(f"een sleutel in JSON is tekst, niet {type(name).__name__}")
    return f"{_quoted(name)}: "
