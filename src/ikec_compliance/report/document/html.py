"""A document as one self-contained HTML page: no script, no file beside it, and all text as text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ikec_compliance.report.document.blocks import Document

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = Path(__file__).parent / "templates"


def render_html(document: Document) -> str:
    """The page, ready for a screen, a telephone or A4 paper."""
    from markupsafe import Markup

    used: set[str] = set()

    def anchor(name: str) -> Markup:
        """The id of an element; a name that returns is an id once."""
        key = name.lower()
        if not key or key in used or not key.isprintable():
            return Markup("")
        used.add(key)
        return Markup(' id="{}"').format(key)

    template, style = _loaded()
    return template.render(document=document, style=style, anchor=anchor) + "\n"


@cache
def _loaded() -> tuple[Template, str]:
    # Only here: no other form needs the template engine.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined)
    style = (_TEMPLATES / "rapport.css").read_text(encoding="utf-8").rstrip("\n")
    return environment.get_template("rapport.html.j2"), style
