"""What MkDocs calls while it builds: adds the generated pages, and the menu that holds them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from docs.generate.site import inside, navigation, pages

_made: dict[str, str] = {}


def on_config(config: Any) -> Any:
    """Make the pages, and the menu of these and of what stands in ``docs/``."""
    _made.clear()
    _made.update(pages())
    folder = Path(config.docs_dir)
    written = (path.relative_to(folder) for path in folder.rglob("*.md"))
    static = [path.as_posix() for path in written if path.parts[0] != "generate" and not _hidden(path)]
    config.nav = navigation([*_made, *static])
    return config


def on_files(files: Any, *, config: Any) -> Any:
    """Add the generated pages."""
    for path, text in _made.items():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Links out of ``docs/`` have no page on the site."""
    return inside(markdown)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part.startswith("voorbeeld-") for part in path.parts)
