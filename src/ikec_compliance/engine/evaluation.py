"""Rules put to work on facts, in this process or in children that a time limit stops."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ikec_compliance.engine.durable import DurableEngine, Outcome
from ikec_compliance.engine.ends import Asked, Ends, asked
from ikec_compliance.engine.limits import LOOKS_REMEMBERED, RULES_TO_SHARE
from ikec_compliance.engine.plan import Plan, plan_rules
from ikec_compliance.engine.verify import verify
from ikec_compliance.engine.worker import Worker
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict

_VERDICTS = tuple(Verdict)
_CODES = {verdict: code for code, verdict in enumerate(_VERDICTS)}

Row = tuple[Sequence[int], Sequence[Verdict]]
"""Of one rule the places of the facts it is about, and the verdict on each."""


def evaluate(
    rules: Sequence[ResolvedRule],
    facts: Sequence[Fact],
    *,
    seconds: float | None = None,
    check: bool = False,
    plan: Plan | None = None,
) -> list[Outcome]:
    """Every verdict, by rule and then by fact.

    With ``seconds`` durable-rules runs in child processes that are stopped after that time. With ``check`` the
    reference evaluator computes all verdicts again, in this process, and must agree. ``plan`` is the compiled form
    of ``rules`` where there is one already. Raises ``InputError``
    for a rule that is too complicated, ``InternalError`` for any failure of the engine.
    """
    plan = (plan_rules(rules) if plan is None else plan).of_types({fact.type for fact in facts})
    judge = Judge(rules, plan, isolated=seconds is not None)
    try:
        found = judge.rows(facts, seconds)
    finally:
        judge.close()
    outcomes = listed(found)
    if check:
        verify(rules, facts, outcomes)
    return outcomes


def listed(rows: Mapping[int, Row]) -> list[Outcome]:
    """The verdicts one by one, by rule and then by fact."""
    return [Outcome(rule, *item) for rule, row in rows.items() for item in zip(*row, strict=True)]


class Judge:
    """Rules kept at work: compiled once, for the facts of any number of centres.

    When ``isolated`` the engine runs in child processes, which start compiling at ``start`` and are stopped when they
    do not answer in time; else in this process. Threads take turns. Close it.
    """

    def __init__(self, rules: Sequence[ResolvedRule], plan: Plan, *, isolated: bool) -> None:
        self._rules, self._plan, self._isolated = rules, plan, isolated
        self._engine: DurableEngine | None = None
        self._workers: list[tuple[tuple[int, ...], Worker]] = []
        self._turn = threading.Lock()

    def start(self) -> None:
        """Have the rules compiled, without waiting for it."""
        with self._turn:
            self._start()

    def rows(
        self, facts: Sequence[Fact], seconds: float | None = None, meanwhile: Callable[[], None] | None = None
    ) -> dict[int, Row]:
        """Per rule, in order, its facts with a verdict on each. ``meanwhile`` is done while the children are at work.

        ``seconds`` is what they may take. Raises ``InternalError`` for any failure of the engine.
        """
        with self._turn:
            asks = asked({name: self._plan.columns[name] for name in self._plan.types}, facts)
            ends = {name: list(own.ends) for name, own in asks.items()}
            found = self._apart(ends, seconds or 0, meanwhile) if self._isolated else self._here(ends, meanwhile)
            return {rule: self._row(asks[self._rules[rule].head.subject], found[rule]) for rule in sorted(found)}

    def close(self) -> None:
        """Free what was compiled and stop the children. It can be used again, and starts anew then."""
        for _, worker in self._workers:
            worker.close()
        self._workers.clear()
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def __del__(self) -> None:
        self.close()

    def _start(self) -> None:
        if not self._isolated:
            if self._engine is None:
                self._engine = DurableEngine(self._rules, plan=self._plan, remember=LOOKS_REMEMBERED)
            return
        if not (self._workers and all(worker.usable for _, worker in self._workers)):
            self.close()
            several = len(self._plan.rules) >= RULES_TO_SHARE and _processors() > 2
            for share in self._plan.shares(2 if several else 1):
                self._workers.append((tuple(share.rules), Worker(partial(_compiled, self._rules, share))))

    def _here(
        self, ends: Mapping[str, Sequence[Ends]], meanwhile: Callable[[], None] | None
    ) -> dict[int, Sequence[Verdict]]:
        self._start()
        if self._engine is None:
            raise InternalError("de regelmachine is niet gestart")
        found = dict(self._engine.rows(ends))
        if meanwhile is not None:
            meanwhile()
        return found

    def _apart(
        self, ends: Mapping[str, Sequence[Ends]], seconds: float, meanwhile: Callable[[], None] | None
    ) -> dict[int, Sequence[Verdict]]:
        self._start()
        found: dict[int, Sequence[Verdict]] = {}
        try:
            for _, worker in self._workers:
                worker.send(ends, time.monotonic() + seconds)
            if meanwhile is not None:
                meanwhile()
            deadline = time.monotonic() + seconds
            for numbers, worker in self._workers:
                self._unpack(numbers, ends, worker.receive(deadline, seconds), found)
        except BaseException:
            # An answer that was not waited for must not pass for the next one.
            self.close()
            raise
        return found

    def _unpack(
        self,
        numbers: Sequence[int],
        ends: Mapping[str, Sequence[Ends]],
        packed: bytes,
        found: dict[int, Sequence[Verdict]],
    ) -> None:
        """One byte per verdict, by rule and then by ends, into ``found``."""
        counts = {number: len(ends.get(self._rules[number].head.subject, ())) for number in numbers}
        if len(packed) != sum(counts.values()):
            raise InternalError(
                f"de regelmachine gaf {len(packed)} oordelen, verwacht werden er {sum(counts.values())}"
            )
        start = 0
        for number, count in counts.items():
            if count:
                found[number] = [_VERDICTS[code] for code in packed[start : start + count]]
            start += count

    @staticmethod
    def _row(own: Asked, verdicts: Sequence[Verdict]) -> Row:
        return own.numbers, [verdicts[place] for place in own.places]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _compiled(rules: Sequence[ResolvedRule], plan: Plan) -> Callable[[Mapping[str, Sequence[Ends]]], bytes]:
    """In the child: the rules of a share compiled, and what answers for them."""
    engine = DurableEngine(rules, plan=plan, remember=LOOKS_REMEMBERED)

    def answer(ends: Mapping[str, Sequence[Ends]]) -> bytes:
        return bytes([_CODES[verdict] for _, verdicts in engine.rows(ends) for verdict in verdicts])

    return answer
