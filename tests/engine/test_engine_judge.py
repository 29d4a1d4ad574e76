"""Rules at work for one centre after the other, in this process and in children."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from random import Random

import psutil
import pytest
from engine_cases import atom, fact, random_fact, random_rule, rule

from ikec_compliance.engine import Judge, evaluate, listed
from ikec_compliance.engine import durable as module
from ikec_compliance.engine.durable import DurableEngine
from ikec_compliance.engine.plan import plan_rules
from ikec_compliance.engine.worker import Worker
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.verdict import Verdict

TYPES = ("groep", "document")
RULES = [random_rule(Random(number), number, TYPES, 1) for number in range(12)]


def judge_of(isolated: bool) -> Judge:
    return Judge(RULES, plan_rules(RULES), isolated=isolated)


@pytest.fixture(params=[False, True], ids=["here", "apart"])
def judge(request: pytest.FixtureRequest) -> Iterator[Judge]:
    made = judge_of(request.param)
    yield made
    made.close()


_before: set[int] = set()


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children()}


@pytest.fixture(autouse=True)
def _those_of_others() -> None:
    """What earlier tests left at work in this process is not counted."""
    _before.clear()
    _before.update(children())


def no_children() -> bool:
    return children() <= _before


def test_one_centre_after_the_other(judge: Judge) -> None:
    random = Random(4)
    judge.start()
    for _ in range(5):
        facts = [random_fact(random, n, random.choice((*TYPES, "ruimte"))) for n in range(random.randrange(12))]
        assert listed(judge.rows(facts, 60)) == evaluate(RULES, facts)
    judge.close()
    assert no_children()
    assert listed(judge.rows(facts, 60)) == evaluate(RULES, facts)


def test_what_is_done_meanwhile_is_done_once(judge: Judge) -> None:
    done: list[int] = []
    judge.rows([fact({"x": 1}, type="ruimte")], 60, lambda: done.append(1))
    assert done == [1]


def test_a_look_that_was_seen_before_is_not_matched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asserted: list[int] = []
    matches = module.Ruleset.matches

    def counting(self: module.Ruleset, facts: list[str], most: int = 0) -> list[str]:
        asserted.append(len(facts))
        return matches(self, facts, most)

    with DurableEngine([rule(atom("x"))], remember=3) as engine:
        monkeypatch.setattr(module.Ruleset, "matches", counting)
        for numbers, fresh in (((0, 1), [2]), ((1, 0, 2), [1]), ((0, 1, 2), []), ((3, 0), [1]), ((0,), [1])):
            asserted.clear()
            found = engine.evaluate([fact({"x": number}) for number in numbers])
            assert [item.verdict is Verdict.PASSES for item in found] == [number == 1 for number in numbers]
            assert asserted == fresh, numbers  # the fourth look of all made it forget


def test_a_child_that_died_is_an_error_once() -> None:
    judge, facts = judge_of(True), [random_fact(Random(1), 1, "groep")]
    expected = evaluate(RULES, facts)
    assert listed(judge.rows(facts, 60)) == expected
    os.kill(judge._workers[0][1]._child, signal.SIGKILL)
    with pytest.raises(InternalError, match="SIGKILL"):
        judge.rows(facts, 60)
    assert no_children()
    assert listed(judge.rows(facts, 60)) == expected
    judge.close()
    assert no_children()


def test_a_failure_meanwhile_leaves_no_answer_behind() -> None:
    judge, random = judge_of(True), Random(2)
    one, two = ([random_fact(random, n, "groep") for n in range(size)] for size in (3, 5))

    def failing() -> None:
        raise ValueError("onderweg")

    with pytest.raises(ValueError, match="onderweg"):
        judge.rows(one, 60, failing)
    assert no_children()
    assert listed(judge.rows(two, 60)) == evaluate(RULES, two)
    judge.close()


def test_a_judge_that_is_dropped_takes_its_child_along() -> None:
    judge = judge_of(True)
    judge.start()
    assert not no_children()
    del judge
    assert no_children()


def test_a_child_that_takes_no_request_is_stopped_in_time() -> None:
    worker = Worker(lambda: time.sleep(60))
    start = time.monotonic()
    worker.send(bytes(8 << 20), start + 0.3)
    with pytest.raises(InternalError, match="niet klaar"):
        worker.receive(start + 0.3, 0.3)
    assert time.monotonic() - start < 5
    assert no_children() and not worker.usable


def test_a_failing_preparation_is_told_at_the_first_answer() -> None:
    def broken() -> None:
        raise InternalError("de regels passen niet")

    worker = Worker(broken)
    worker.send(1, time.monotonic() + 20)
    with pytest.raises(InternalError, match=r"^de regels passen niet$"):
        worker.receive(time.monotonic() + 20, 20)
    assert no_children()
