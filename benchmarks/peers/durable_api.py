"""durable-rules through its documented API (``durable.lang``), as far as that goes without trouble.

Used so, the library stops with an error when a fact meets more than 64 conditions at once, and two threads of its own
take part; so rules are spread over rulesets of at most ``CONDITIONS`` conditions, facts are asserted one by one, and
after the last one the verdicts that another thread has yet to deliver are waited for. No joins are needed here: with
joins this API crashes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import reduce
from operator import and_

from conditions import Answers, Plain
from durable import lang

VERSION_OF = "durable_rules"
CONDITIONS = 48
_PATIENCE = 10.0


def build(work: Plain) -> tuple[Callable[[], object], Callable[[object], Answers]]:
    found: list[tuple[int, int, int]] = []
    rulesets: list[tuple[str, str, set[int]]] = []
    for type in work.rows:
        batch: list[int] = []
        size = 0
        for number, rule in enumerate(work.rules):
            if rule.type == type:
                if batch and size + len(rule.clauses) > CONDITIONS:
                    rulesets.append(_ruleset(work, type, batch, found))
                    batch, size = [], 0
                batch.append(number)
                size += len(rule.clauses)
        if batch:
            rulesets.append(_ruleset(work, type, batch, found))
    lang.get_host()
    expected = sum(len(work.rows.get(rule.type, ())) for rule in work.rules)
    session = 0

    def run() -> object:
        nonlocal session
        session += 1
        found.clear()
        for name, type, ends in rulesets:
            for number, row in enumerate(work.rows[type]):
                fact = {"sid": session, "id": number + 1, "n": number, "t": 1, **{f"e{end}": row[end] for end in ends}}
                lang.assert_fact(name, fact)
        until = time.monotonic() + _PATIENCE
        while len(set(found)) < expected and time.monotonic() < until:
            time.sleep(0.001)
        return list(found)

    def read(result: object) -> Answers:
        answers: Answers = [[-1] * len(work.rows.get(rule.type, ())) for rule in work.rules]
        for rule, row, code in result:  # type: ignore[attr-defined]
            answers[rule][row] = code
        return answers

    return run, read


def _ruleset(
    work: Plain, type: str, numbers: list[int], found: list[tuple[int, int, int]]
) -> tuple[str, str, set[int]]:
    name, ends = f"{type}{numbers[0]}", set()
    with lang.ruleset(name):
        for number in numbers:
            for code, clause in work.rules[number].clauses:
                ends |= {end for end, _, _ in clause}
                parts = [lang.m.t == 1]
                for end, upper, bound in clause:
                    field = getattr(lang.m, f"e{end}")
                    parts.append(field <= bound if upper else field >= bound)

                lang.when_all(reduce(and_, parts))(_answer(found, number, code))
    return name, type, ends


def _answer(found: list[tuple[int, int, int]], number: int, code: int) -> Callable[[object], None]:
    # The library wants a function of one parameter.
    def answer(c: object) -> None:
        found.append((number, c.m.n, code))  # type: ignore[attr-defined]

    return answer
