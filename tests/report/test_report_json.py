from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ikec_compliance.model.resources import schema_dir
from ikec_compliance.report.json_report import render_json, render_receipt
from tests.report.sample_report import REPORT

DATA: dict[str, Any] = json.loads(render_json(REPORT))
SCHEMA_FILE: Path = schema_dir() / "v1" / "report.schema.json"


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_report_is_valid_against_the_published_schema(validator: jsonschema.Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(DATA)] == []


def test_schema_is_closed_and_requires_every_key(validator: jsonschema.Draft202012Validator) -> None:
    for key in DATA:
        less = {name: value for name, value in DATA.items() if name != key}
        assert list(validator.iter_errors(less)), key
    assert list(validator.iter_errors(DATA | {"extra": 1}))
    verdict = DATA["verdicts"][0]
    for changed in (verdict | {"extra": 1}, verdict | {"location": None}, verdict | {"verdict": "anders"},
                    verdict | {"source": []}):  # fmt: skip
        assert list(validator.iter_errors(DATA | {"verdicts": [changed]}))


def test_keys_are_those_of_the_contract() -> None:
    assert list(DATA) == ["schema", "receipt", "summary", "verdicts", "conflicts", "questions", "repairs", "notices",
                          "stale_acceptances", "not_in_force", "without_subject"]  # fmt: skip
    assert DATA["schema"] == "ikec-report/v1"
    assert list(DATA["verdicts"][0]) == [
        "rule", "regime", "subject", "verdict", "severity", "evidence", "binding", "message", "source", "missing",
        "clauses", "intervals", "slices", "valid_until", "harmless", "exceptions", "oordeel", "accepted", "location",
        "fingerprint",
    ]  # fmt: skip
    assert list(DATA["conflicts"][0]) == [
        "id", "class", "state", "severity", "evidence", "binding", "bindt", "reason", "subject", "norms", "certificate",
        "resolutions", "location", "fingerprint",
    ]  # fmt: skip


def test_values_are_those_of_the_report() -> None:
    plan, presence = DATA["verdicts"][:2]
    assert plan["accepted"] == {"reason": "inspectie is op de hoogte", "by": "directie", "until": "2027-01-31"}
    assert presence["verdict"] == "voldoet_niet"
    assert presence["location"] == {"file": "/home/ikec/centrum/rooster.yaml", "line": 12, "column": 5}
    assert presence["intervals"][0]["start"] == "08:30"
    assert (presence["slices"], presence["valid_until"]) == (9, None)
    assert DATA["verdicts"][3]["valid_until"] == "2027-01-15"
    assert DATA["verdicts"][4]["oordeel"]["door"] == "GGD"
    assert DATA["conflicts"][0]["class"] == "tegenstrijdig"
    assert DATA["conflicts"][0]["bindt"] == ["WEC", "JW"]
    assert DATA["receipt"]["on"] == "2026-11-23"
    assert len(DATA["questions"]) == 12  # all of them, unlike the text


def test_text_is_readable_and_ends_with_one_line_end() -> None:
    text = render_json(REPORT)
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert "\\u" not in text  # Dutch letters stand as they are
    assert '\n  "receipt": {' in text


def test_receipt_alone() -> None:
    receipt = json.loads(render_receipt(REPORT.receipt))
    assert receipt["schema"] == "ikec-receipt/v1"
    assert receipt | {"schema": "x"} == DATA["receipt"] | {"schema": "x"}
    schema = json.loads((SCHEMA_FILE.parent / "receipt.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(receipt)] == []
    assert list(validator.iter_errors(receipt | {"extra": 1}))
