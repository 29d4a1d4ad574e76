"""What a document is made of. A form (HTML, Markdown, text) writes blocks; it decides nothing about their content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, TypeAlias

from ikec_compliance.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web address; only ``https`` and ``http`` addresses and anchors are ever followed."""

    label: str
    url: str

    @property
    def safe(self) -> str:
        """The address, or nothing when it is of another kind (``javascript:``)."""
        return self.url if self.url.startswith(("https://", "http://", "#")) else ""


Text: TypeAlias = tuple["str | Link", ...]
Words: TypeAlias = "str | Link | Text"


def text(*parts: Words) -> Text:
    """One run of words from strings, links and other runs; empty parts fall away."""
    found: list[str | Link] = []
    for part in parts:
        found += [item for item in (part if isinstance(part, tuple) else (part,)) if item]
    return tuple(found)


def plain(words: Words) -> str:
    """The words without their links."""
    return "".join(part if isinstance(part, str) else part.label for part in text(words))


def joined(items: Iterable[Words], between: str) -> Text:
    """Several runs of words with ``between`` between them."""
    found: list[Words] = []
    for item in items:
        found += [between, item] if found else [item]
    return text(*found)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``tone`` is ``plain``, ``lead``, ``note`` (small) or ``alert``."""

    kind: ClassVar[str] = "paragraph"
    text: Text
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; numbered when the order means something."""

    kind: ClassVar[str] = "bullets"
    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels, each with its text."""

    kind: ClassVar[str] = "pairs"
    rows: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of a row is its header. ``numbers`` are the columns set flush right."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """One finding, collision or question: a mark in words (``OVERTREDING``), a title and its blocks.

    ``tone`` colours the mark (``bad``, ``warn``, ``ask``, ``good``, ``calm``) and never says anything by itself.
    """

    kind: ClassVar[str] = "card"
    mark: str
    tone: str
    title: Text
    code: str
    blocks: tuple[Block, ...] = ()

    @property
    def small(self) -> bool:
        """Whether it fits on a part of a page, so that print need not break it."""
        return sum(map(size, self.blocks)) < _SMALL


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, what it is called, and what it shows in words; on a small screen it may be scrolled."""

    kind: ClassVar[str] = "picture"
    svg: str
    name: str
    caption: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or paragraph under a heading; ``anchor`` is its place to link to, ``new_page`` starts one in print."""

    kind: ClassVar[str] = "section"
    title: Text
    blocks: tuple[Block, ...]
    anchor: str = ""
    new_page: bool = False


_SMALL = 1600


def size(block: Block) -> int:
    """Roughly how many characters a block takes."""
    if isinstance(block, Paragraph):
        return len(plain(block.text))
    if isinstance(block, Bullets):
        return sum(len(plain(item)) + 60 for item in block.items)
    if isinstance(block, Pairs):
        return sum(len(plain(value)) + 30 for _, value in block.rows)
    if isinstance(block, Table):
        return sum(sum(len(plain(cell)) for cell in cells) + 80 for cells in block.rows)
    return _SMALL


Block: TypeAlias = Paragraph | Bullets | Pairs | Table | Card | Picture | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. ``banner`` stands above and on every printed page; ``facts`` says what was checked with what."""

    title: str
    subtitle: str
    language: str
    banner: str
    sections: tuple[Section, ...]
    facts: Pairs
    skip: str
    contents: str
    basis: str


def sections(blocks: Iterable[Block], level: int = 2) -> Iterator[tuple[int, Section]]:
    """Every section in reading order with the level of its heading."""
    for block in blocks:
        if isinstance(block, Section):
            yield level, block
            yield from sections(block.blocks, level + 1)
