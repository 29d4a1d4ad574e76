"""The known traps of durable-rules 2.0.28: what is generated steers clear of each, and behaves."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import durable_rules_engine as native
import pytest
from engine_cases import atom, exception, fact, random_rule, rule

from ikec_compliance.engine import DurableEngine, JoinEngine, verify
from ikec_compliance.engine import durable as module
from ikec_compliance.engine.durable import Ruleset
from ikec_compliance.engine.formulas import compile_rule
from ikec_compliance.engine.hashing import fnv1a, require_distinct
from ikec_compliance.engine.limits import (
    BUCKETS,
    CONDITIONS_PER_BUCKET,
    CONDITIONS_PER_RULESET,
    FIELDS_PER_FACT,
    JOINS_PER_CONDITION,
)
from ikec_compliance.engine.literals import Columns
from ikec_compliance.engine.shards import Shard, cut
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.model.expr import And, Op
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import NEG, POS, known
from ikec_compliance.model.verdict import Verdict

LARGEST = CONDITIONS_PER_RULESET


def shards(rules: Sequence[ResolvedRule], aim: int = LARGEST) -> list[Shard]:
    columns = Columns()
    return list(cut({number: compile_rule(item, columns) for number, item in enumerate(rules)}, aim))


def generated() -> Iterator[Shard]:
    for seed in range(40):
        random = Random(seed)
        rules = []
        while len(rules) < 12:
            item = random_rule(random, len(rules))
            try:
                compile_rule(item, Columns())
            except InputError:
                continue
            rules.append(item)
        yield from shards(rules, random.choice((1, 16, LARGEST)))


def conditions(shard: Shard) -> Iterator[list[dict[str, dict[str, object]]]]:
    for body in shard.definition.values():
        assert set(body) == {"all"}, "no count, cap, priority, any or OR"
        (only,) = body["all"]
        assert set(only) == {"m"}, "one fact per condition"
        assert set(only["m"]) == {"$and"}
        yield only["m"]["$and"]


def resident() -> int:
    """Resident memory in bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


class TestGeneratedForm:
    def test_every_condition_is_type_then_bucket_then_integer_bounds(self) -> None:
        count = 0
        for shard in generated():
            for first, second, *rest in conditions(shard):
                assert first == {"t": 1}
                assert list(second) == ["$ex"] and re.fullmatch(r"_b\d+", next(iter(second["$ex"])))
                for bound in rest:
                    ((operator, body),) = bound.items()
                    ((field, number),) = body.items()
                    assert operator in ("$lte", "$gte")
                    assert re.fullmatch(r"[lh]\d+", field)
                    assert type(number) is int and NEG <= number <= POS
                count += 1
        assert count > 2000

    def test_limits_hold_in_every_ruleset(self) -> None:
        for shard in generated():
            buckets = Counter(next(iter(second["$ex"])) for _, second, *_ in conditions(shard))
            assert max(buckets.values()) <= CONDITIONS_PER_BUCKET
            assert len(buckets) <= BUCKETS
            assert len(buckets) - 1 + CONDITIONS_PER_BUCKET <= 64
            asserted = json.loads(shard.assertion(7, (1,) * len(shard.ends)))
            assert len(asserted) <= FIELDS_PER_FACT
            assert asserted["id"] == "7" and set(buckets) <= set(asserted)
            read = {field for _, _, *rest in conditions(shard) for b in rest for v in b.values() for field in v}
            assert set(asserted) == {"id", "t", *buckets, *read}, "only what the ruleset reads"

    def test_joins_end_in_the_tail_and_never_touch_ids(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[dict[str, object]] = []
        monkeypatch.setattr("ikec_compliance.engine.joins.Ruleset", seen.append)
        JoinEngine(["onderwerp", "grootheid"], ["minimum", "maximum"])
        (definition,) = seen
        assert len(definition) == 2, "one rule per alternative, no OR over joins"
        for body in definition.values():
            one, two = body["all"]
            assert not [part for part in one["a1"]["$and"] if "a1" in json.dumps(part)]
            parts = two["a2"]["$and"]
            assert parts[-1] == {"$and": [{"$ex": {"t": 1}}]}
            assert parts[0] == {"t": 1} == one["a1"]["$and"][0]
            joined = [part for part in parts if '"a1"' in json.dumps(part)]
            assert joined and not re.search(r'"(id|sid)"', json.dumps(definition))
            fields = set(re.findall(r'"a1": "(\w+)"', json.dumps(parts)))
            asked = {next(iter(part["$ex"])) for part in parts if "$ex" in part}
            assert fields <= asked, "a join on a missing field stops the library"


class TestBehaviour:
    def test_trap_1_false_joins_under_a_changing_heap(self) -> None:
        random = Random(3)
        with JoinEngine(["a", "b"], ["c", "d"]) as engine:
            for _ in range(150):
                facts = [{name: random.randrange(-1, 2) for name in "abcd"} for _ in range(random.randrange(14))]
                _churn = [bytes(random.randrange(1, 5000)) for _ in range(50)]
                assert engine.pairs(facts) == [
                    (i, j)
                    for i in range(len(facts))
                    for j in range(i + 1, len(facts))
                    if all(facts[i][n] == facts[j][n] for n in "ab") and any(facts[i][n] != facts[j][n] for n in "cd")
                ]

    def test_trap_2_sessions_in_which_nothing_fires(self) -> None:
        condition = {"all": [{"m": {"$and": [{"t": 1}, {"$ex": {"_b0": 1}}, {"$gte": {"l0": 5}}]}}]}
        with Ruleset({"c0": condition}) as ruleset:
            for _ in range(2000):
                assert ruleset.matches([]) == []
            with pytest.raises(InternalError, match="code 1"):
                ruleset.matches(['{"id":"0","t":1,"_b0":1,"l0":4}'], most=1)
            assert len(ruleset.matches(['{"id":"0","t":1,"_b0":1,"l0":5}'], most=1)) == 1

    def test_trap_4_facts_go_one_by_one_and_are_integers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def forbidden(*_: object) -> None:
            raise AssertionError("assert_facts drops facts without a word")

        monkeypatch.setattr(native, "assert_facts", forbidden)
        with DurableEngine([rule(atom("x"))]) as engine:
            assert engine.evaluate([fact({"x": 1})]) == [(0, 0, Verdict.PASSES)]
            for value in (1e-7, 1.0, True, "1", 10**16):
                with pytest.raises((InternalError, TypeError)):
                    engine._decide(*engine._shards["groep"][0], [(value,) * len(engine._shards["groep"][0][0].ends)])

    def test_trap_5_far_more_than_64_conditions_on_one_fact(self) -> None:
        rules = [rule(atom("x", Op.GE, -n), id=f"KO-{n:03d}") for n in range(250)]
        assert [len(shard.conditions) for shard in shards(rules)] == [750]
        with DurableEngine(rules, aim=LARGEST) as engine:
            assert {item.verdict for item in engine.evaluate([fact({"x": 0})])} == {Verdict.PASSES}
            assert len(engine.evaluate([fact({"x": 0})])) == 250

    def test_six_hundred_rules_of_one_type(self) -> None:
        rules = [rule(atom(f"x{n % 300}", Op.LE, n), atom("a"), id=f"KO-{n:03d}") for n in range(600)]
        values = {f"x{n}": n + (n % 3 == 0) for n in range(300)}
        facts = [fact({**values, "a": 1}), fact({**values, "a": 0}), fact({**values, "a": (0, 1)})]
        with DurableEngine(rules, aim=LARGEST) as engine:
            found = engine.evaluate(facts)
        assert verify(rules, facts, found) == 1800
        first = [item.verdict for item in found if item.fact == 0]
        assert first.count(Verdict.FAILS) == 100

    def test_trap_6_identical_conditions(self) -> None:
        rules = [rule(atom("x"), id=f"KO-{n:03d}") for n in range(300)]
        with DurableEngine(rules, aim=LARGEST) as engine:
            found = engine.evaluate([fact({"x": 1}), fact({"x": 0}), fact({"x": (0, 1)})])
        assert Counter(item.verdict for item in found) == {
            Verdict.PASSES: 300,
            Verdict.FAILS: 300,
            Verdict.UNDECIDED: 300,
        }

    def test_trap_7_more_than_512_distinct_children(self) -> None:
        rules = [rule(atom("x", Op.LE, n), id=f"KO-{n:03d}") for n in range(700)]
        with DurableEngine(rules, aim=LARGEST) as engine:
            found = engine.evaluate([fact({"x": 350})])
        assert [item.verdict for item in found] == [Verdict.FAILS] * 350 + [Verdict.PASSES] * 350

    def test_trap_8_ids_and_names_with_one_hash(self) -> None:
        assert fnv1a("staff-666257") == fnv1a("staff-1335800")
        assert fnv1a("") == 0x811C9DC5 and fnv1a("a") == 0xE40C292C and fnv1a("foobar") == 0xBF9CF968
        with pytest.raises(InternalError, match="staff-666257"):
            require_distinct(["x", "staff-666257", "staff-1335800"])
        with pytest.raises(InternalError, match="ASCII"):
            require_distinct(["één"])
        facts = [fact({"x": 1}, "medewerker:staff-666257"), fact({"x": 0}, "medewerker:staff-1335800")]
        with DurableEngine([rule(atom("x"))]) as engine:
            assert engine.evaluate(facts) == [(0, 0, Verdict.PASSES), (0, 1, Verdict.FAILS)]

    def test_trap_9_any_error_code_stops_the_session(self) -> None:
        condition = {"all": [{"m": {"$and": [{"t": 1}, {"$ex": {"_b0": 1}}]}}]}
        good = '{"id":"0","t":1,"_b0":1}'
        with Ruleset({"c0": condition}) as ruleset:
            for bad in ("{", "", '{"id":"1","t":1e-7,"_b0":1}', good):
                with pytest.raises(InternalError, match="regelmachine"):
                    ruleset.matches([good, bad], most=9)
                assert ruleset.matches([good], most=1) == ['{"c0":{"m":' + good + "}}"]
            with pytest.raises(InternalError, match="meer dan er te vinden is"):
                ruleset.matches([good], most=0)
            assert len(ruleset.matches([good], most=1)) == 1

    def test_trap_10_what_does_not_fit_is_refused(self) -> None:
        with pytest.raises(InternalError, match="past niet"):
            JoinEngine([f"e{n}" for n in range(JOINS_PER_CONDITION - 1)], ["d"])
        with pytest.raises(InternalError, match="past niet"):
            JoinEngine([], [f"d{n}" for n in range(CONDITIONS_PER_BUCKET // 2 + 1)])
        with pytest.raises(InternalError, match="past niet"):
            Ruleset({f"c{n}": {} for n in range(5000)})
        with pytest.raises(InternalError, match="weigert"):
            Ruleset({"c0": {"all": [{"m": {"$and": [{"t": 1}, {"$bestaat_niet": {"x": 1}}]}}]}})
        assert JoinEngine([f"e{n}" for n in range(JOINS_PER_CONDITION - 2)], ["d"]).pairs([]) == []

    def test_trap_11_one_live_session(self) -> None:
        for shard in generated():
            assert "sid" not in shard.template
        assert module._SESSION == "0"

    def test_long_conditions(self) -> None:
        item = rule(And(tuple(atom(f"x{n}", Op.LE, n) for n in range(60))))
        just = fact({f"x{n}": n for n in range(60)})
        over = fact({f"x{n}": n + (n == 59) for n in range(60)})
        with DurableEngine([item]) as engine:
            assert engine.evaluate([just, over]) == [(0, 0, Verdict.PASSES), (0, 1, Verdict.FAILS)]

    def test_extreme_integers(self) -> None:
        rules = [rule(atom("x", Op.GE, bound), id=f"KO-{n}") for n, bound in enumerate((NEG, NEG + 1, 0, POS, POS + 1))]
        facts = [fact({"x": known(number)}) for number in (NEG, NEG + 1, -1, 0, POS - 1, POS)]
        with DurableEngine(rules) as engine:
            assert verify(rules, facts, engine.evaluate(facts)) == 30


def test_memory_stays_flat_over_five_thousand_centres() -> None:
    random = Random(8)
    rules = [
        rule(atom("x", Op.GE, n), atom("f"), [exception(atom("g"))] if n % 2 else [], id=f"KO-{n}") for n in range(5)
    ]
    centres = [
        [fact({"x": random.randrange(6), "f": random.randrange(2), "g": (0, 1)}) for _ in range(8)] for _ in range(50)
    ]
    compliant = [fact({"x": 9, "f": 1, "g": 0})]
    with DurableEngine(rules, aim=LARGEST) as engine:
        for number in range(500):
            engine.evaluate(centres[number % 50])
        before = resident()
        for number in range(5000):
            found = engine.evaluate(compliant if number % 10 == 0 else centres[number % 50])
            assert len(found) == (5 if number % 10 == 0 else 40)
        assert resident() - before < 10_000_000


def test_memory_stays_flat_over_many_engines() -> None:
    rules = [rule(atom("x", Op.GE, n), atom("f"), id=f"KO-{n}") for n in range(10)]
    facts = [fact({"x": 3, "f": 1})]
    for _ in range(50):
        with DurableEngine(rules) as engine:
            engine.evaluate(facts)
    before = resident()
    for _ in range(400):
        with DurableEngine(rules) as engine:
            engine.evaluate(facts)
    assert resident() - before < 10_000_000
