"""The documentation site: a page for every rule and collision, and a strict build without network."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from docs.generate.markdown import plain
from docs.generate.site import inside, navigation, pages
from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.cli import main

ROOT = Path(__file__).resolve().parents[2]
BUILDABLE = importlib.util.find_spec("mkdocs") is not None and importlib.util.find_spec("material") is not None


@cache
def made() -> dict[str, str]:
    return dict(pages(ROOT))


def test_every_rule_and_every_collision_has_a_page() -> None:
    catalogue = open_catalogue(ROOT / "rules", None)
    rules = {f"regels/{head.id}.md" for head in catalogue.rules.heads}
    collisions = {f"botsingen/{item.id}.md" for item in catalogue.frictions}
    assert rules | collisions <= set(made())
    assert len(rules) > 400
    for head in catalogue.rules.heads:
        text = made()[f"regels/{head.id}.md"]
        assert text.startswith(f"# {head.id}: ")
        assert "## Bron" in text
        assert "## Wat te doen" in text


def test_a_rule_page_says_what_the_rule_says() -> None:
    text = made()["regels/KO-BKR-01.md"]
    for part in (
        "Besluit kwaliteit kinderopvang art. 7 lid 2", "https://wetten.overheid.nl/BWBR0039936/",
        "aanwezige beroepskrachten die meetellen is ten minste vereist aantal beroepskrachten",
        "Drie-uursregeling", "| afwijking hele dag | 180 minuten |", "## Eerdere versies",
        "| drie uur afwijken tot en met de laatste minuut |",
    ):  # fmt: skip
        assert part in text, part


def test_a_collision_and_its_rules_point_to_each_other() -> None:
    assert "../botsingen/CF-34.md" in made()["regels/JH-DOS-02.md"]
    text = made()["botsingen/CF-34.md"]
    assert "## Wat wel mag" in text
    assert "## Bronnen" in text
    assert "{" not in text.replace("\\{", "")


def test_every_command_is_on_the_page_of_commands() -> None:
    text = made()["opdrachten.md"]
    for name in main.commands:
        assert f"### ikec {name}\n" in text
    assert "#### ikec receipt check\n" in text


def test_every_law_and_subject_is_explained() -> None:
    rules = open_catalogue(ROOT / "rules", None).rules
    for law in rules.laws.by_code.values():
        assert plain(law.title) in made()["wetten.md"]
    for subject in rules.vocabulary.types.values():
        assert f"{{#{subject.name}}}" in made()["begrippen.md"]


def test_pages_are_dutch_and_show_no_code() -> None:
    for path, text in made().items():
        if path.startswith(("regels/", "botsingen/")):
            assert not re.search(r"\bNone\b|voldoet_niet|niet_te_bepalen|oudere_tekst|\bTrue\b", text), path


def test_text_holds_no_markup_of_its_own() -> None:
    assert plain("a|b <i>c</i> *d* [e](f) {g}\nh") == r"a\|b &lt;i&gt;c&lt;/i&gt; \*d\* \[e\](f) \{g\} h"
    assert inside("zie [x](../README.md) en [y](ci.md)") == "zie x (`README.md`) en [y](ci.md)"


def test_the_menu_holds_every_page_that_is_no_single_rule() -> None:
    written = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")
               if not path.relative_to(ROOT / "docs").parts[0].startswith("voorbeeld-")]  # fmt: skip
    there = [*made(), *written]
    listed = re.findall(r"[\w./-]+\.md", repr(navigation(there)))
    assert len(listed) == len(set(listed))
    missing = {path for path in there if path not in listed}
    assert all(re.fullmatch(r"regels/[A-Z]{2}-.*\.md", path) for path in missing), missing


@pytest.mark.skipif(not BUILDABLE, reason="mkdocs-material is not installed (needs Python 3.11: requirements-dev.txt)")
def test_the_site_builds_strictly_and_fetches_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    # No proxy leads anywhere: whatever would be fetched while building fails.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "src"),
                   "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": ""}  # fmt: skip
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("index.html", "regels/KO-BKR-01.html", "botsingen/CF-34.html", "begrippen.html", "ci.html"):
        text = (site / name).read_text(encoding="utf-8")
        assert '<html lang="nl"' in text
        fetched = re.findall(r"<(?:script|img|iframe)\b[^>]*\bsrc=\"?(https?:[^\" >]*)", text)
        fetched += re.findall(
            r"<link\b[^>]*\brel=\"?(?:stylesheet|preconnect|icon)\"?[^>]*href=\"?(https?:[^\" >]*)", text
        )
        assert fetched == [], name
    assert not list(site.rglob("*.py"))
    assert not (site / "voorbeeld-ci").exists()
