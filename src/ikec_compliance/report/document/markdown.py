"""A document as Markdown: every text escaped, so that nothing in it becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ikec_compliance.report.document.blocks import (
    Block,
    Bullets,
    Card,
    Document,
    Pairs,
    Paragraph,
    Picture,
    Section,
    Table,
    Words,
    text,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&$@])")
_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|www)(?=[:.])")


def render_markdown(document: Document) -> str:
    """The document as Markdown with tables."""
    lines = [f"# {escape(document.title)}", "", escape(document.subtitle), ""]
    if document.banner:
        lines[2:2] = [f"**{escape(document.banner)}**", ""]
    lines += _blocks(document.sections, 2)
    lines += [f"## {escape(document.basis)}", "", *_blocks((document.facts,), 3)]
    return "\n".join(lines).rstrip("\n") + "\n"


def escape(words: str) -> str:
    """``words`` on one line, with every character that could mean something in Markdown made a plain one."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in words).split())
    shown = _AUTOLINK.sub(lambda match: f"{match[1][:1]}&#8203;{match[1][1:]}", _SPECIAL.sub(r"\\\1", flat))
    return _START.sub(lambda match: f"{match[1]}\\{match[2]}" if not match[2].isdigit() else _number(match), shown)


def _number(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2]}&#8203;"


def _run(words: Words) -> str:
    parts = []
    for part in text(words):
        if isinstance(part, str):
            edge = (" " if part[:1].isspace() else "", " " if part[-1:].isspace() and part.strip() else "")
            parts.append(edge[0] + escape(part) + edge[1])
        elif part.safe.startswith("http"):
            parts.append(f"[{escape(part.label)}](<{_address(part.safe)}>)")
        else:
            parts.append(escape(part.label))
    return "".join(parts)


def _address(url: str) -> str:
    return "".join(char if char.isprintable() and char not in "<>\\ " else "" for char in url)


def _blocks(blocks: Iterable[Block], level: int) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, level)


def _block(block: Block, level: int) -> Iterator[str]:
    mark = "#" * min(level, 6)
    if isinstance(block, Paragraph):
        yield from (_run(block.text), "")
    elif isinstance(block, Bullets):
        for number, item in enumerate(block.items, start=1):
            yield f"{number}. {_run(item)}" if block.numbered else f"- {_run(item)}"
        yield ""
    elif isinstance(block, Pairs):
        for label, value in block.rows:
            yield f"- **{escape(label)}**: {_run(value)}"
        yield ""
    elif isinstance(block, Table):
        yield f"| {' | '.join(map(escape, block.head))} |"
        yield f"|{'|'.join(' ---: ' if number in block.numbers else ' --- ' for number in range(len(block.head)))}|"
        for cells in block.rows:
            yield f"| {' | '.join(_run(cell) for cell in cells)} |"
        yield ""
    elif isinstance(block, Picture):
        yield from (f"**{escape(block.name)}** – {_run(block.caption)}", "")
    elif isinstance(block, Card):
        yield f"{mark} {escape(block.mark)}: {_run(block.title)} ({escape(block.code)})"
        yield ""
        yield from _blocks(block.blocks, level + 1)
    elif isinstance(block, Section):
        yield from (f"{mark} {_run(block.title)}", "")
        yield from _blocks(block.blocks, level + 1)
