"""The questions of a report: the one on which most hangs comes first, and says how many rules it makes decidable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import product

import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import check_centre
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import Report
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.text import render_text
from ikec_compliance.report.wording import Wording
from tests.fuzz_unknown import MONDAY, example, rule_set
from tests.variants import Key, Path, facts, put, verdicts

ANSWERS = {"activiteit": ("jeugdhulp", "preventie"), "verantwoordelijkheid": ("college", "anders"),
           "geneeskundig": (True, False)}  # fmt: skip
EXAMPLES = ("ikec-hoorn", "ikec-hoorn-op-orde")


def gate(centre: Centre, name: str) -> Path:
    number = next(n for n, item in enumerate(centre.records("voorzieningen")) if item.get("soort") == "jeugdhulp")
    return ("voorzieningen", number, "poort", name)


def removed(name: str, gates: Sequence[str]) -> Centre:
    centre = example(name)
    for one in gates:
        centre = put(centre, gate(centre, one), None)
    return centre


@cache
def report(name: str, gates: tuple[str, ...]) -> Report:
    request = CheckRequest(regimes=() if gates == ("activiteit",) else ("jeugdhulp",))
    return check_centre(removed(name, gates), open_catalogue(None, None), request)


def text(found: Report) -> str:
    return " ".join(render_text(found, Wording()).split())


def outcomes(centre: Centre) -> dict[Key, Verdict]:
    """Presence has no gate, so no day is checked."""
    types = rule_set().vocabulary.types
    rules = [rule for rule in rule_set().on(MONDAY).rules if not types[rule.head.subject].per_day]
    return verdicts(facts(centre, rule_set(), MONDAY, []), rules)


def made_decidable(name: str, gates: Sequence[str], answered: str) -> set[str]:
    """Rules with a verdict that is open now and settled by every answer to one gate."""
    without = removed(name, gates)
    before = outcomes(without)
    after = [outcomes(put(without, gate(without, answered), answer)) for answer in ANSWERS[answered]]
    return {
        rule for (rule, subject), found in before.items()
        if found is Verdict.UNDECIDED and all(one[rule, subject] is not Verdict.UNDECIDED for one in after)
    }  # fmt: skip


@pytest.mark.parametrize(("name", "missing"), list(product(EXAMPLES, ("activiteit", "verantwoordelijkheid"))))
def test_an_unanswered_gate_is_asked_first_with_the_rules_it_frees(name: str, missing: str) -> None:
    found = report(name, (missing,))
    first = found.questions[0]
    assert (first.subject, first.path) == ("voorziening:jeugdhulp", f"poort_{missing}")
    freed = made_decidable(name, (missing,), missing)
    assert len(freed) > 20
    assert first.rules == len(freed)
    assert f"(beantwoord dit en {len(freed)} regels worden beslisbaar)" in text(found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_rules_behind_a_gate_are_open_and_nothing_else_changes(name: str) -> None:
    whole, without = outcomes(example(name)), outcomes(removed(name, ("activiteit",)))
    changed = {key for key in whole if whole[key] is not without[key]}
    assert changed and {without[key] for key in changed} == {Verdict.UNDECIDED}
    assert {rule[:3] for rule, _ in changed} == {"JH-"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_gates_that_only_decide_together_still_come_first(name: str) -> None:
    found = report(name, ("activiteit", "verantwoordelijkheid"))
    paths = [(question.subject, question.path) for question in found.questions[:2]]
    assert sorted(paths) == [
        ("voorziening:jeugdhulp", f"poort_{one}") for one in ("activiteit", "verantwoordelijkheid")
    ]
    assert all(question.helps > 0 for question in found.questions[:2])


def test_a_question_that_frees_one_rule_says_so() -> None:
    found = report("ikec-hoorn-op-orde", ("activiteit",))
    (one,) = [question for question in found.questions if question.path == "geschillencommissie"]
    assert one.rules == 1
    assert f"{one.question} (beantwoord dit en 1 regel wordt beslisbaar)" in text(replace(found, questions=(one,)))
