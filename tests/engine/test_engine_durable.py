from random import Random

import pytest
from engine_cases import atom, fact, random_fact, random_rule, rule
from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.engine import DurableEngine, Outcome, evaluate, verdict, verify
from ikec_compliance.engine import durable as module
from ikec_compliance.engine.limits import FACTS_PER_SESSION
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.model.expr import And, Op
from ikec_compliance.model.value import UNKNOWN_FLAG
from ikec_compliance.model.verdict import Verdict


@settings(max_examples=120, deadline=None)
@given(random=st.randoms(use_true_random=False), aim=st.sampled_from([1, 16, 60, 768]))
def test_durable_rules_and_the_reference_agree(random: Random, aim: int) -> None:
    types = ("groep", "medewerker")
    rules = [random_rule(random, number, types) for number in range(random.randrange(1, 6))]
    facts = [random_fact(random, n, random.choice((*types, "ruimte"))) for n in range(random.randrange(12))]
    try:
        engine = DurableEngine(rules, aim=aim)
    except InputError:
        return
    with engine:
        found = engine.evaluate(facts)
    expected = [
        Outcome(r, f, verdict(rules[r], facts[f]))
        for r in range(len(rules))
        for f in range(len(facts))
        if facts[f].type == rules[r].head.subject
    ]
    assert found == expected
    assert verify(rules, facts, found) == len(expected)


def test_every_rule_meets_every_fact_of_its_type_and_no_other() -> None:
    rules = [
        rule(atom("x"), id="KO-001"),
        rule(atom("x"), id="JH-001", subject="dossier"),
        rule(atom("y"), id="KO-002"),
    ]
    facts = [fact({"x": 1, "y": UNKNOWN_FLAG}), fact({"x": 0}, type="dossier"), fact({}, type="ruimte")]
    with DurableEngine(rules) as engine:
        assert engine.evaluate(facts) == [
            (0, 0, Verdict.PASSES),
            (1, 1, Verdict.FAILS),
            (2, 0, Verdict.UNDECIDED),
        ]
        assert engine.evaluate([]) == []
        assert engine.evaluate(facts[:1]) == [(0, 0, Verdict.PASSES), (2, 0, Verdict.UNDECIDED)]
    with DurableEngine([]) as engine:
        assert engine.evaluate(facts) == []


def test_equal_facts_are_asserted_once_and_counted_each(monkeypatch: pytest.MonkeyPatch) -> None:
    asserted: list[int] = []
    matches = module.Ruleset.matches

    def counting(self: module.Ruleset, facts: list[str], most: int = 0) -> list[str]:
        asserted.append(len(facts))
        return matches(self, facts, most)

    facts = [fact({"x": number % 2, "unread": number}) for number in range(3000)]
    with DurableEngine([rule(atom("x"))]) as engine:
        monkeypatch.setattr(module.Ruleset, "matches", counting)
        found = engine.evaluate(facts)
    assert asserted == [2]
    assert [item.verdict for item in found] == [Verdict.FAILS, Verdict.PASSES] * 1500
    assert [item.fact for item in found] == list(range(3000))


def test_batches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    asserted: list[int] = []
    matches = module.Ruleset.matches

    def counting(self: module.Ruleset, facts: list[str], most: int = 0) -> list[str]:
        asserted.append(len(facts))
        return matches(self, facts, most)

    facts = [fact({"x": number}) for number in range(1200)]
    with DurableEngine([rule(atom("x", Op.GE, 600))]) as engine:
        monkeypatch.setattr(module.Ruleset, "matches", counting)
        found = engine.evaluate(facts)
    assert asserted == [FACTS_PER_SESSION, FACTS_PER_SESSION, 1200 - 2 * FACTS_PER_SESSION]
    assert [item.fact for item in found if item.verdict is Verdict.PASSES] == list(range(600, 1200))


def test_a_missing_field_names_its_subject() -> None:
    with DurableEngine([rule(atom("x"))]) as engine, pytest.raises(InternalError, match=r"groep:g1.*veld x"):
        engine.evaluate([fact({"y": 1})])


def test_a_verdict_too_few_or_too_many_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    rules, facts = [rule(And((atom("x"), atom("y"))))], [fact({"x": 1, "y": 1})]
    matches = module.Ruleset.matches
    with DurableEngine(rules) as engine:
        monkeypatch.setattr(module.Ruleset, "matches", lambda self, facts, most=0: [])
        with pytest.raises(InternalError, match="KO-001 geen oordeel"):
            engine.evaluate(facts)
        monkeypatch.setattr(
            module.Ruleset,
            "matches",
            lambda self, facts, most=0: [f'{{"c{n}":{{"m":{{"id":"0","t":1}}}}}}' for n in range(5)],
        )
        with pytest.raises(InternalError, match="twee oordelen"):
            engine.evaluate(facts)
        monkeypatch.setattr(module.Ruleset, "matches", lambda self, facts, most=0: ["{}"])
        with pytest.raises(InternalError, match="onleesbaar"):
            engine.evaluate(facts)
        monkeypatch.setattr(module.Ruleset, "matches", matches)
        assert engine.evaluate(facts) == [(0, 0, Verdict.PASSES)]


def test_a_closed_engine_answers_nothing() -> None:
    engine = DurableEngine([rule(atom("x"))])
    engine.close()
    engine.close()
    with pytest.raises(InternalError, match="gesloten"):
        engine.evaluate([fact({"x": 1})])


def test_verify_names_the_difference() -> None:
    rules, facts = [rule(atom("x"))], [fact({"x": 1}), fact({"x": 0})]
    right = [Outcome(0, 0, Verdict.PASSES), Outcome(0, 1, Verdict.FAILS)]
    assert verify(rules, facts, right) == 2
    with pytest.raises(InternalError, match="KO-001 voor groep:g1: voldoet tegenover voldoet_niet"):
        verify(rules, facts, [right[0], Outcome(0, 1, Verdict.PASSES)])
    with pytest.raises(InternalError, match="1 oordelen, verwacht werden er 2"):
        verify(rules, facts, right[:1])
    with pytest.raises(InternalError, match="verwacht werden er 2"):
        verify(rules, facts, [right[0], right[0]])


def test_evaluate_in_a_child_gives_the_same() -> None:
    random = Random(11)
    rules = [random_rule(random, number) for number in range(6)]
    facts = [random_fact(random, number) for number in range(40)]
    here = evaluate(rules, facts)
    assert evaluate(rules, facts, seconds=30, check=True) == here
    assert len(here) == 240


def test_evaluate_reports_a_bad_rule_from_the_child() -> None:
    many = And(tuple(atom(f"x{n}", Op.LE) for n in range(120)))
    with pytest.raises(InputError, match="splits haar") as caught:
        evaluate([rule(many)], [], seconds=30)
    assert caught.value.location is not None
