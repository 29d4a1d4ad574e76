from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.engine import JoinEngine, pairs
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.value import NEG, POS

NUMBERS = st.sampled_from([NEG, -1, 0, 1, 2, POS])
NORM = st.fixed_dictionaries({name: NUMBERS for name in ("onderwerp", "regime", "laag", "hoog")})
FACTS = st.lists(NORM, max_size=12)


@settings(max_examples=80, deadline=None)
@given(facts=FACTS, equal=st.integers(0, 2), differ=st.integers(0, 2))
def test_pairs_are_exactly_those_of_the_definition(facts: list[dict[str, int]], equal: int, differ: int) -> None:
    same, other = ["onderwerp", "laag"][:equal], ["regime", "hoog"][:differ]
    expected = [
        (one, two)
        for one in range(len(facts))
        for two in range(one + 1, len(facts))
        if all(facts[one][name] == facts[two][name] for name in same)
        and any(facts[one][name] != facts[two][name] for name in other)
    ]
    assert pairs(facts, same, other) == expected


def test_a_field_may_be_asked_twice_and_others_are_ignored() -> None:
    facts = [{"s": 1, "r": 1, "key": 5, "t": 9}, {"s": 1, "r": 2, "key": 5, "t": 9}]
    assert pairs(facts, ["s", "s", "key"], ["r", "r"]) == [(0, 1)]
    assert pairs(facts, ["s"], ["s"]) == []


def test_one_engine_serves_many_centres() -> None:
    random = Random(4)
    with JoinEngine(["s"], ["r"]) as engine:
        for _ in range(300):
            facts = [{"s": random.randrange(3), "r": random.randrange(2)} for _ in range(random.randrange(8))]
            found = engine.pairs(facts)
            assert all(facts[i]["s"] == facts[j]["s"] and facts[i]["r"] != facts[j]["r"] for i, j in found)
            total = sum(
                one["s"] == two["s"] and one["r"] != two["r"]
                for number, one in enumerate(facts)
                for two in facts[number + 1 :]
            )
            assert len(found) == total


def test_a_thousand_norms() -> None:
    facts = [{"s": number // 4, "r": number % 4} for number in range(1000)]
    assert len(pairs(facts, ["s"], ["r"])) == 250 * 6


def test_bad_norms_are_errors_of_the_program() -> None:
    with pytest.raises(InternalError, match="mist het veld r"):
        pairs([{"s": 1}], ["s"], ["r"])
    with pytest.raises(InternalError, match="begrensde gehele getallen"):
        pairs([{"s": 1, "r": 10**16}], ["s"], ["r"])
    with pytest.raises(InternalError, match="begrensde gehele getallen"):
        pairs([{"s": 1, "r": True}], ["s"], ["r"])
    with pytest.raises(InternalError, match="normen om te vergelijken"):
        pairs([{"s": 1, "r": 1}] * 8193, ["s"], ["r"])
