"""``ikec rules coverage --format html``: one page with every unit, that needs nothing else and runs nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from click.testing import CliRunner

from ikec_compliance.cli import main
from ikec_compliance.model.place import Location
from ikec_compliance.report.coverage_html import coverage_html
from ikec_compliance.rules.laws import Law
from ikec_compliance.rules.ledger import Claim, Cover, Covered, Unit

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Every element with what it is in; an element that is not closed in order is an error."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1] and {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


class Ledger:
    def __init__(self, regime: str, units: tuple[Covered, ...] | None) -> None:
        self.regime = regime
        self.units = units


PLACE = Location("rules/kinderopvang/eenheden.yaml", 3, 5)


def unit(article: str, name: str, *claims: Claim) -> Covered:
    return Covered(Unit("BKK", article, name, date(2024, 7, 1), PLACE), claims)


def test_every_unit_with_its_claims_and_nothing_from_outside() -> None:
    law = Law("BKK", "Besluit <kwaliteit> & meer", "BWBR0039936", "kinderopvang", "GGD", "amvb", date(2024, 7, 1))
    units = (
        unit(
            "10", "1", Claim(Cover.RULED, ("KO-RUI-01",), "", "", PLACE), Claim(Cover.OPEN, (), "Oordeel.", "", PLACE)
        ),
        unit("10", "2", Claim(Cover.UNREADABLE, (), "<script>alert(1)</script>", "de tabel", PLACE)),
        unit("bijlage 1", "-"),
    )
    text = coverage_html([Ledger("kinderopvang", units), Ledger("jeugdhulp", None)], {"BKK": law})
    page = Page(text)
    assert page.rows[1] == ["Besluit <kwaliteit> & meer", "3", "1", "0", "0", "0", "1", "1"]
    details = [row for row in page.rows if row[0].startswith(("lid", "geheel"))]
    assert details == [
        ["lid 1", "regels", "regels: KO-RUI-01open norm: Oordeel."],
        ["lid 2", "niet leesbaar", "niet leesbaar: <script>alert(1)</script>; in de plaats: de tabel"],
        ["geheel", "ongelezen", "niemand heeft deze eenheid nog gelezen"],
    ]
    tags = {tag for tag, _ in page.seen}
    assert not tags & {"script", "img", "link", "iframe", "object"}
    assert not any(name in attrs for _, attrs in page.seen for name in ("src", "onclick", "style"))
    assert all(str(attrs["href"]).startswith("#") for tag, attrs in page.seen if tag == "a")
    anchors = {attrs["id"] for _, attrs in page.seen if "id" in attrs}
    assert all(str(attrs["href"])[1:] in anchors for tag, attrs in page.seen if tag == "a")
    assert all(attrs.get("scope") in ("col", "row") for tag, attrs in page.seen if tag == "th")
    assert page.seen[0] == ("html", {"lang": "nl"})
    levels = [int(tag[1]) for tag, _ in page.seen if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_of_the_shipped_rules_has_as_many_units_as_the_report(tmp_path: Path) -> None:
    output = tmp_path / "dekking.html"
    result = CliRunner().invoke(main, ["rules", "coverage", "--format", "html", "--output", str(output)])
    data = json.loads(CliRunner().invoke(main, ["rules", "coverage", "--format", "json"]).output)
    assert result.exit_code == (1 if data["unclaimed"] else 0)
    page = Page(output.read_text(encoding="utf-8"))
    marks = [attrs for tag, attrs in page.seen if tag == "span" and str(attrs.get("class", "")).startswith("merk ")]
    assert len(marks) == sum(len(regime["units"]) for regime in data["regimes"]) > 0
