"""A second, different centre through the template: its findings are those worked out by hand."""

from __future__ import annotations

from pathlib import Path

import yaml

from ikec_compliance.app.check import check
from ikec_compliance.app.exchange import import_workbook, template_book
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.verdict import Verdict
from tests.importers.second_centre import fill_template

EXPECTED = yaml.safe_load((Path(__file__).with_name("kindcentrum_verwacht.yaml")).read_text(encoding="utf-8"))


def test_the_filled_template_gives_the_findings_of_the_law(tmp_path: Path) -> None:
    book = tmp_path / "regenboog.xlsx"
    book.write_bytes(fill_template(template_book()))
    import_workbook(book, tmp_path / "regenboog")
    report = check(CheckRequest(tmp_path / "regenboog"))
    verdicts = {(line.rule, line.subject): line.verdict for line in report.verdicts}
    found = {key for key, verdict in verdicts.items() if verdict is Verdict.FAILS}
    assert found == {(item["regel"], item["onderwerp"]) for item in EXPECTED["bevindingen"]}
    for item in EXPECTED["voldoet"]:
        assert verdicts[item["regel"], item["onderwerp"]] is Verdict.PASSES, item
    assert [conflict.id for conflict in report.conflicts if conflict.state == "open"] == []
