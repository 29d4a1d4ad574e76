"""A document as plain text, at most 100 columns wide."""

from __future__ import annotations

from collections.abc import Iterable

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
    plain,
)
from ikec_compliance.report.layout import Page

_STYLES = {"bad": "red", "warn": "yellow", "good": "green"}


def render_plain(document: Document, colour: bool = False) -> str:
    """The document as text; colour only repeats what the words say."""
    page = Page(colour)
    page.title(document.title)
    if document.banner:
        page.write(document.banner, style=("bold",))
    page.write(document.subtitle)
    _write(page, document.sections, 0)
    page.title(document.basis)
    _write(page, (document.facts,), 0)
    return page.text()


def _write(page: Page, blocks: Iterable[Block], depth: int) -> None:
    for block in blocks:
        if isinstance(block, Section):
            page.title(plain(block.title)) if depth == 0 else page.heading(plain(block.title))
            _write(page, block.blocks, depth + 1)
        elif isinstance(block, Card):
            page.blank()
            style = [_STYLES[block.tone]] if block.tone in _STYLES else []
            page.write(f"{block.mark}  {plain(block.title)} ({block.code})", style=("bold", *style))
            _write(page, block.blocks, depth + 1)
        elif isinstance(block, Paragraph):
            page.write(plain(block.text))
        elif isinstance(block, Picture):
            page.write(f"{block.name} – {plain(block.caption)}")
        elif isinstance(block, Bullets):
            for number, item in enumerate(block.items, start=1):
                page.write(plain(item), 0, f"{number}. ".ljust(4) if block.numbered else "• ")
        elif isinstance(block, Pairs):
            width = max((len(label) for label, _ in block.rows), default=0) + 2
            for label, value in block.rows:
                page.field(label, plain(value), 2, width)
        elif isinstance(block, Table):
            _table(page, block)


def _table(page: Page, table: Table) -> None:
    """Numbers as columns; what is mostly words as a list, for columns of words do not fit."""
    if len(table.numbers) >= len(table.head) - 2:
        page.table([list(table.head), *([plain(cell) for cell in cells] for cells in table.rows)])
        return
    for cells in table.rows:
        first, *others = (plain(cell) for cell in cells)
        page.write(first, 0, "• ")
        for label, value in zip(table.head[1:], others, strict=True):
            page.field(label, value, 4)
