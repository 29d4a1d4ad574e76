"""The 32-bit hash by which durable-rules tells names and ids apart, and the check that it can.

The library never compares the text itself: two ids with one hash are one fact to it, two field names one
field.
"""

from __future__ import annotations

from collections.abc import Iterable

from ikec_compliance.model.errors import InternalError

_OFFSET = 0x811C9DC5
_PRIME = 16777619


def fnv1a(text: str) -> int:
    """FNV-1a over the ASCII bytes of ``text``; raises ``InternalError`` for other characters."""
    if not text.isascii():
        raise InternalError(f"de naam {text!r} in de regelmachine is geen ASCII")
    value = _OFFSET
    for byte in text.encode("ascii"):
        value = ((value ^ byte) * _PRIME) & 0xFFFFFFFF
    return value


def require_distinct(names: Iterable[str]) -> None:
    """Raise ``InternalError`` when two different names have the same hash."""
    seen: dict[int, str] = {}
    for name in names:
        other = seen.setdefault(fnv1a(name), name)
        if other != name:
            raise InternalError(f"de regelmachine kan {other!r} en {name!r} niet uit elkaar houden")
