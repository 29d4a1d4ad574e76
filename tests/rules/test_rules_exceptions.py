"""Exceptions as they are written in a rule file, from the file to the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from ikec_compliance.model.result import VerdictLine
from tests.rule_files import changed, folder, places, rules_text, run, write

LAPSES = ("lid 2", "{field: aantal_kinderen, at_most: 5}", "vervalt", "")
REPLACES = ("lid 3", "{field: aantal_kinderen, at_most: 5}", "vervangt", "{field: kindplaatsen, at_most: 30}")


def line(tmp_path: Path, exception: tuple[str, str, str, str], count: int | None, children: int | None) -> VerdictLine:
    lid, when, effect, then = exception
    rules = folder(tmp_path)
    item = (
        "    exceptions:\n"
        f"      - id: KO-PRF-01-u1\n        source: [{{law: BKK, article: 10, lid: '{lid[-1]}', state: 2024-07-01}}]\n"
        f"        text: Kleine centra.\n        applies_when: {when}\n        effect: {effect}\n"
        + (f"        require: {then}\n" if then else "")
    )
    write(rules, rules_text(changed(repair=item + "    repair: {who: houder, what: Doe iets.}\n")))
    data = places(count)
    data["voorzieningen"][0]["aantal_kinderen"] = children
    (found,) = run(rules, data, verify=True).verdicts
    return found


@pytest.mark.parametrize(
    ("count", "children", "verdict"),
    [
        (20, 9, "voldoet"),
        (21, 9, "voldoet_niet"),
        (21, 5, "niet_van_toepassing"),
        (20, 5, "niet_van_toepassing"),
        (21, None, "niet_te_bepalen"),
        (20, None, "voldoet"),  # met either way, or no norm at all: nothing to find out
        (None, 9, "niet_te_bepalen"),
        (None, 5, "niet_van_toepassing"),
        (None, None, "niet_te_bepalen"),
    ],
)
def test_one_that_lapses_the_norm(count: int | None, children: int | None, verdict: str, tmp_path: Path) -> None:
    assert line(tmp_path, LAPSES, count, children).verdict.value == verdict


@pytest.mark.parametrize(
    ("count", "children", "verdict"),
    [
        (20, 9, "voldoet"),
        (21, 9, "voldoet_niet"),
        (30, 5, "voldoet"),
        (31, 5, "voldoet_niet"),
        (21, None, "niet_te_bepalen"),
        (20, None, "voldoet"),  # both outcomes agree
        (31, None, "voldoet_niet"),
        (None, 5, "niet_te_bepalen"),
    ],
)
def test_one_that_replaces_it(count: int | None, children: int | None, verdict: str, tmp_path: Path) -> None:
    assert line(tmp_path, REPLACES, count, children).verdict.value == verdict


@pytest.mark.parametrize(("children", "state"), [(5, "geldt"), (None, "onbekend")])
def test_an_exception_that_holds_or_may_hold_names_itself(children: int | None, state: str, tmp_path: Path) -> None:
    (item,) = line(tmp_path, REPLACES, 31, children).exceptions
    assert (item.id, item.state, item.text) == ("KO-PRF-01-u1", state, "Kleine centra.")
    assert [str(source) for source in item.source] == ["BKK art. 10 lid 3"]


def test_one_that_does_not_hold_is_not_named(tmp_path: Path) -> None:
    assert line(tmp_path, REPLACES, 31, 9).exceptions == ()


def test_the_question_is_the_one_that_decides(tmp_path: Path) -> None:
    found = line(tmp_path, LAPSES, 21, None)
    assert [(item.subject, item.path) for item in found.missing] == [("voorziening:kdv", "aantal_kinderen")]
    assert found.missing[0].question == "Hoeveel kinderen worden in dit kindercentrum opgevangen?"
