"""Text of the rules as Markdown that holds no markup of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from ikec_compliance.report.words import Words

_MARKS = re.compile(r"([\\`*_\[\]|~#{}])")
WORDS = Words()


def plain(text: str) -> str:
    """``text`` on one line, shown as it is."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return " ".join(_MARKS.sub(r"\\\1", safe).split())


def template(text: str) -> str:
    """A text with places to fill in: ``{titel}`` becomes ‹titel›."""
    return plain(re.sub(r"\{([^{}]*)\}", lambda found: f"‹{found[1].replace('_', ' ')}›", text))


def link(text: str, target: str) -> str:
    """A link; plain text when there is no target."""
    if not target:
        return plain(text)
    return f"[{plain(text)}](<{target}>)"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lines of a table; cells are Markdown already."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return ["", *lines, *(f"| {' | '.join(row)} |" for row in rows), ""]


def bullets(items: Iterable[str]) -> list[str]:
    """Lines of a list; items are Markdown already."""
    return ["", *(f"- {item}" for item in items), ""]


def day(value: date) -> str:
    """``23 november 2026``."""
    return WORDS.day(value)


def page(title: str, *parts: Iterable[str]) -> str:
    """A page under one main heading."""
    lines = [f"# {plain(title)}", ""]
    for part in parts:
        lines += part
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip("\n") + "\n"
