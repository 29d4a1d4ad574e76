"""Every generated page, and the order of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docs.generate.conflict_pages import conflict_pages
from docs.generate.other_pages import commands_page, home_page, laws_page, vocabulary_page
from docs.generate.rule_pages import rule_pages
from ikec_compliance.app.catalogue import load
from ikec_compliance.reconcile.frictions import load_frictions
from ikec_compliance.report.words import GROUPS

ROOT = Path(__file__).resolve().parents[2]
# A link to a file of the project that is no page of the site.
_OUTSIDE = re.compile(r"\[([^\]]*)\]\((?!https?:|mailto:|#)((?:\.\./)[^)\s]*)\)")


def pages(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """(path, Markdown) of every generated page; the rules are those of the source tree at ``root``."""
    rules = load(root / "rules", None)
    frictions = load_frictions(root / "rules" / "afstemming", rules.laws)
    yield "index.md", home_page(rules, len(frictions))
    yield "opdrachten.md", commands_page()
    yield "begrippen.md", vocabulary_page(rules)
    yield "wetten.md", laws_page(rules)
    yield "bijdragen.md", (root / "CONTRIBUTING.md").read_text(encoding="utf-8").replace("](docs/", "](")
    yield from rule_pages(rules, frictions)
    yield from conflict_pages(rules, frictions)


def navigation(paths: Iterable[str]) -> list[Any]:
    """The menu. Pages of single rules are found through the lists and the search: hundreds do not fit in a menu."""
    there = sorted(set(paths))
    own = [path for path in there if "/" not in path]
    regimes = [path for path in (f"regels/{name}.md" for name in GROUPS) if path in there]
    lint = [path for path in there if path.startswith("lint/")]
    using = ["opdrachten.md", "ci.md", "excel.md", "webpagina.md", "samenwerking.md", "vloot.md"]
    makers = ["architecture.md", "leveringsketen.md", "bijdragen.md"]
    words = ["begrippen.md", "wetten.md"]
    rest = [path for path in own if path not in {"index.md", *using, *makers, *words}]
    menu: list[Any] = [
        {"Begin": "index.md"},
        {"Gebruiken": [path for path in [*using, *rest] if path in there]},
        {"Regels": ["regels/index.md", *regimes]},
        {"Botsingen": [path for path in there if path.startswith("botsingen/")]},
        {"Begrippen": [path for path in words if path in there]},
        {"Regels bijhouden": lint},
        {"Meewerken": [path for path in makers if path in there]},
    ]
    return [item for item in menu if all(item.values())]


def inside(markdown: str) -> str:
    """A page of ``docs/`` whose links to other files of the project became plain names."""
    return _OUTSIDE.sub(lambda found: f"{found[1]} (`{found[2].lstrip('./')}`)", markdown)
