"""The HTML report: one inert file, readable by everyone, whatever the texts in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from ikec_compliance.app.publish import publish
from ikec_compliance.model.result import Report
from ikec_compliance.report.words import Language
from tests.report.sample_overview import FULL, OVERVIEW, wording
from tests.report.sample_report import DOSSIER, PRESENCE

AUDIENCES = ("directie", "ggd", "onderwijsinspectie", "igj", "beleid")
TEMPLATES = Path(__file__).parents[2] / "src/ikec_compliance/report/document/templates"
EVIL = "</title></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}&lt;"
VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """Tags in order with their attributes; fails when tags do not close."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.headings: list[int] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def html(audience: str = "beleid", report: Report = FULL, language: Language = "nl") -> str:
    made = publish(report, wording(language), audience, "html")
    assert isinstance(made, str)
    return made


@pytest.mark.parametrize("audience", AUDIENCES)
def test_is_one_file_without_script(audience: str) -> None:
    page = Page(html(audience))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "foreignobject", "image"}
    for _, attributes in page.tags:
        assert not any(name.startswith("on") for name in attributes)
        assert "src" not in attributes and "xlink:href" not in attributes and "style" not in attributes
    assert "url(http" not in html(audience) and "@import" not in html(audience)
    assert "default-src 'none'" in page.all("meta")[2]["content"]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_structure_for_everyone(audience: str, language: Language) -> None:
    page = Page(html(audience, language=language))
    assert page.all("html")[0]["lang"] == language
    assert page.headings.count(1) == 1 and page.headings[0] == 1
    levels = page.headings
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [len(page.all(tag)) for tag in ("main", "header", "nav", "footer")] == [1, 1, 1, 1]
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    # Every link within the page arrives, the skip link first of all.
    inner = [attributes["href"][1:] for attributes in page.all("a") if attributes["href"].startswith("#")]
    assert inner[0] == "inhoud" and set(inner) <= set(ids)
    assert all(attributes["scope"] in ("col", "row") for attributes in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(attributes.get("role") == "img" and attributes["aria-label"] for attributes in page.all("svg"))


def test_every_link_outward_is_a_source_of_law() -> None:
    links = [attributes["href"] for attributes in Page(html()).all("a")]
    assert {link.partition("#")[0] for link in links if not link.startswith("#")} == {
        f"https://wetten.overheid.nl/{law}" for law in ("BKK", "WEC", "CAO", "JW", "POR")
    }


def _evil() -> Report:
    return replace(
        FULL,
        receipt=replace(FULL.receipt, centre_name=EVIL, centre_path=EVIL),
        verdicts=tuple(
            replace(line, title=EVIL, subject_title=EVIL, message=EVIL, repair_what=EVIL, repair_who=EVIL,
                    source=(replace(line.source[0], url="javascript:alert(1)", article=EVIL),))
            for line in FULL.verdicts
        ),
        conflicts=(replace(DOSSIER, title=EVIL, explanation=EVIL, resolutions=(EVIL,), sources=(EVIL,)),),
        questions=tuple(replace(item, question=EVIL, subject_title=EVIL) for item in FULL.questions),
        notices=(EVIL,),
        overview=replace(
            OVERVIEW,
            glossary={EVIL: {"onderwijs": EVIL, "kinderopvang": EVIL}},
            facilities=tuple(replace(item, title=EVIL, number=EVIL, address=EVIL) for item in OVERVIEW.facilities),
            papers=tuple(replace(item, title=EVIL) for item in OVERVIEW.papers),
            days=tuple(replace(item, title=EVIL) for item in OVERVIEW.days),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("audience", AUDIENCES)
def test_markup_in_any_text_stays_text(audience: str) -> None:
    made = html(audience, _evil())
    page, plain = Page(made), Page(html(audience))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags}
    assert "<script" not in made and "<img" not in made and "javascript:" not in made
    assert EVIL in "".join(page.words)  # as it was written, the template braces too
    assert "49" not in "".join(re.findall(r"\{\{.*?\}\}", "".join(page.words)))


def test_text_of_a_megabyte_is_shown_and_does_not_multiply() -> None:
    long = "x" * 1_000_000
    report = replace(
        FULL,
        receipt=replace(FULL.receipt, centre_name=long),
        verdicts=tuple(replace(line, subject_title=long, message=long) for line in FULL.verdicts * 20),
    )
    made = html("beleid", report)
    assert "x" * 100 in made and "1000000 tekens, hier ingekort" in made
    assert len(made) < 3_000_000
    assert "overflow-wrap: anywhere" in made


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_of_text_stand_out() -> None:
    style = (TEMPLATES / "rapport.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", style))
    assert set(colours) >= {"ink", "pale", "bad", "warn", "ask", "good", "calm", "link"}
    for name, colour in colours.items():
        if name != "line":
            assert _contrast(colour, "#ffffff") >= 4.5, name


def test_colours_of_text_in_pictures_stand_out() -> None:
    from ikec_compliance.report.picture import canvas as c

    for fill in (c.PAPER, c.BAD_PALE, c.WARN_PALE, c.GOOD_PALE, c.THERE, c.UNKNOWN):
        assert _contrast(c.INK, fill) >= 4.5
    assert (
        _contrast(c.BAD, c.PAPER) >= 4.5 and _contrast(c.PALE, c.PAPER) >= 4.5 and _contrast(c.BAD, c.BAD_PALE) >= 4.5
    )


def test_a_breach_is_marked_by_more_than_colour() -> None:
    made = html("ggd")
    assert "✕ 08:30–12:30" in made and "✕ 16:30–17:00" in made and "<pattern" in made
    assert "? rooster niet volledig" in made
    assert PRESENCE.rule in made
