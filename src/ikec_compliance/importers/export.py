"""A configuration as a workbook, and the empty workbook to fill in."""

from __future__ import annotations

from ikec_compliance.centre import Centre
from ikec_compliance.importers.book import write_book
from ikec_compliance.importers.layout import published_layout
from ikec_compliance.importers.rows import Filled, fill


def template() -> bytes:
    """An empty workbook with every sheet and column of the published schema."""
    return write_book([Filled(sheet) for sheet in published_layout()], "Gegevens van een kindcentrum, om in te vullen")


def centre_book(centre: Centre) -> bytes:
    """A configuration as a workbook; ``InputError`` for a text that no cell can hold."""
    name = centre.data["centrum"].get("naam") or centre.id
    return write_book(fill(published_layout(), centre.data), f"Gegevens van {name}")
