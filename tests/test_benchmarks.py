"""What the benchmarks stand on: every engine is given the same work, and no answer goes unseen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def on_path() -> Iterator[None]:
    kept = list(sys.path)
    sys.path.insert(0, str(BENCHMARKS))
    yield
    sys.path[:] = kept


@pytest.fixture(scope="module")
def work(on_path: None) -> ModuleType:
    import work

    return work


def holds(condition, row) -> bool:
    """A condition on a row, read from its definition alone."""
    kind = condition[0]
    if kind == "and":
        return all(holds(item, row) for item in condition[1])
    if kind == "or":
        return any(holds(item, row) for item in condition[1])
    if kind == "not":
        return not holds(condition[1], row)
    return row[condition[1]] <= condition[2] if kind == "le" else row[condition[1]] >= condition[2]


def by_chain(rule, row) -> int:
    return next(code for condition, code in rule.chain if condition is None or holds(condition, row))


def by_clauses(rule, row) -> set[int]:
    return {
        code
        for code, clause in rule.clauses
        if all(row[end] <= bound if upper else row[end] >= bound for end, upper, bound in clause)
    }


@pytest.fixture(scope="module", params=["example", "synthetic"])
def made(request, work):
    return work.example(60, 30) if request.param == "example" else work.synthetic(120, 20, seed=3)


def test_the_plain_form_of_a_rule_gives_the_verdicts_of_the_reference_evaluator(made):
    for rule, expected in zip(made.plain.rules, made.answers, strict=True):
        rows = made.plain.rows[rule.type]
        assert [by_chain(rule, row) for row in rows] == expected
        assert [by_clauses(rule, row) for row in rows] == [{code} for code in expected]


def test_no_fact_comes_twice_and_every_verdict_occurs(made):
    assert all(len(set(rows)) == len(rows) for rows in made.plain.rows.values())
    codes = {code for row in made.answers for code in row}
    assert codes >= {0, 1, 2, 3, 4} if made.name != "a choice from the example centre" else len(codes) > 2


def test_the_same_seed_gives_the_same_work(work):
    one, two, other = (work.synthetic(50, 5, seed=seed) for seed in (1, 1, 2))
    assert (one.plain, one.answers) == (two.plain, two.answers)
    assert one.plain != other.plain


def test_engines_are_timed_in_turn_and_what_fails_says_why(work):
    import desk

    small = work.synthetic(50, 4)
    absent = desk.Peer("no_such_engine", "none such")
    results = desk.side_by_side(small, [desk.IKEC, desk.PEERS[1], absent], rounds=2, limit=60)
    ikec, reference, nothing = results
    assert [len(item.processor) for item in results] == [2, 2, 0]
    assert ikec.beside(ikec) == 1 and reference.beside(ikec) > 0
    assert nothing.why.startswith("absent: ")
    lines = desk.table(small, results).splitlines()
    assert lines[0] == "**50 synthetic rules**: 50 rules, 4 facts, 200 verdicts"
    assert "| none such |  | absent: No module named 'peers.no_such_engine'" in lines[-1]


def test_a_wrong_answer_ends_the_run(work):
    import desk

    small = work.synthetic(50, 4)
    wrong = [*small.answers[:-1], [4 - code if code != 2 else 0 for code in small.answers[-1]]]
    changed = work.Work(small.name, small.own, small.plain, wrong)
    with pytest.raises(SystemExit, match="the answers differ: ikec"):
        desk.side_by_side(changed, [desk.IKEC], rounds=1, limit=60)


def test_the_ratio_in_the_benchmark_is_worked_out_by_fractions():
    import bkr_speed

    groups, answers = bkr_speed.drawn("bso", 50)
    assert answers[:50] == [-(-(100 * young + 83 * old) // 1000) for young, old in groups]
    assert set(bkr_speed.drawn("dagopvang", 4000)[1]) - {0} == {bkr_speed.REFUSED, 1, 2, 3, 4}
