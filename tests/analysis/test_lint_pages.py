"""Every kind of finding has a page, and what the page tells to avoid is found and what it prefers is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ikec_compliance.analysis.lint.kinds import KINDS, REFUSED
from tests.analysis.lint_cases import ids, plain, write_rules

PAGES = Path(__file__).parents[2] / "docs" / "lint"
PARTS = re.compile(r"^## (Vermijd|Liever)\n\n```yaml\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


def test_every_kind_has_a_page_and_every_page_a_kind() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} == set(KINDS)
    listed = (PAGES / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[([a-z-]+)\]", listed, re.MULTILINE) == list(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_a_page_says_what_why_and_how_heavy(name: str) -> None:
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {name}\n\n**{KINDS[name].title}.** ")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Vermijd", "## Liever", "## Waarom"]
    weight = {"error": "fout", "warning": "waarschuwing"}[KINDS[name].severity.value]
    assert f"Zwaarte: {'geweigerd bij het lezen' if name in REFUSED else weight}." in text


@pytest.mark.parametrize("name", KINDS)
def test_the_examples_of_a_page(tmp_path: Path, name: str) -> None:
    parts = dict(PARTS.findall((PAGES / f"{name}.md").read_text(encoding="utf-8")))
    (tmp_path / "vermijd").mkdir()
    (tmp_path / "liever").mkdir()
    avoided = ids(write_rules(tmp_path / "vermijd", plain(parts["Vermijd"])))
    preferred = ids(write_rules(tmp_path / "liever", plain(parts["Liever"])))
    assert name in avoided
    assert name not in preferred
    assert not preferred & set(REFUSED)
