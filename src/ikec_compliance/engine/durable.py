"""The engine of record: every verdict of every rule, proved by a match of durable-rules.

This is the only module that touches the library. Its documented API drops facts and crashes on ordinary
input; its C module does neither when it is used as ``Ruleset`` uses it: one live session, facts one by
one, a sentinel rule that always fires, and the state deleted after every session but never before an
action has started.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import TracebackType
from typing import NamedTuple

import durable_rules_engine as native

from ikec_compliance.engine.ends import Ends, asked
from ikec_compliance.engine.hashing import require_distinct
from ikec_compliance.engine.limits import CONDITIONS_AIMED_AT, FACTS_PER_SESSION, RULES_PER_RULESET
from ikec_compliance.engine.plan import Plan, plan_rules
from ikec_compliance.engine.shards import Projection, Shard
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict

SENTINEL = "$end"
_SESSION = "0"
_SENTINEL_RULE = {"all": [{"z": {"t": 0}}], "pri": 65000}
_SENTINEL_FACT = '{"id":"$end","t":0}'
_SENTINEL_MATCH = '{"$end":'

# Every name and number in a match was generated here, so its start has one form only.
_MATCHES = re.compile(r'^\{"(c\d+)":\{"m":\{"id":"(\d+)","t":', re.MULTILINE)


class Ruleset:
    """A handle on one ruleset. Not for use by several threads at once.

    ``definition`` maps condition names to raw durable-rules JSON, as data or already as text, of which each
    condition starts with ``{"t": n}``, n > 0. Raises ``InternalError`` when the library refuses it.
    """

    def __init__(self, definition: Mapping[str, object]) -> None:
        self._handle: int | None = None
        if SENTINEL in definition or len(definition) >= RULES_PER_RULESET:
            raise InternalError("een verzameling regels past niet in de regelmachine")
        text = (
            "{"
            + ",".join(
                f'"{name}":{part if isinstance(part, str) else json.dumps(part, separators=(",", ":"))}'
                for name, part in [*definition.items(), (SENTINEL, _SENTINEL_RULE)]
            )
            + "}"
        )
        try:
            self._handle = native.create_ruleset("ikec", text)
        except (native.error, MemoryError) as error:
            raise InternalError(f"de regelmachine weigert een verzameling regels: {error}") from error
        try:
            # The library frees uninitialised memory when a state is deleted in which no action ever
            # started. One empty session initialises it for good.
            self.matches(())
        except InternalError:
            self.close()
            raise

    def matches(self, facts: Sequence[str], most: int = 0) -> list[str]:
        """Assert ``facts`` (JSON objects with distinct ids) in a fresh session; return every match.

        A match is the library's JSON, ``{"name":{"alias":{fact}}}``, in no particular order. ``most`` is
        the number of matches that cannot be exceeded. Raises ``InternalError`` on any error code, on a fact
        that no condition looks at, and when the matches do not end.
        """
        handle = self._open_handle()
        found: list[str] = []
        ended = False
        try:
            for fact in facts:
                code, _ = native.assert_fact(handle, fact)
                if code:
                    raise InternalError(f"de regelmachine heeft een feit niet aangenomen (code {code})")
            code, state = native.assert_fact(handle, _SENTINEL_FACT)
            if code:
                raise InternalError(f"de regelmachine heeft het slotfeit niet aangenomen (code {code})")
            started = native.start_action_for_state(handle, state)
            match = started[1] if started else None
            while match is not None:
                if match.startswith(_SENTINEL_MATCH):
                    if ended:
                        raise InternalError("de regelmachine sluit een zitting twee keer af")
                    ended = True
                else:
                    found.append(match)
                    if len(found) > most:
                        raise InternalError("de regelmachine vindt meer dan er te vinden is")
                match = native.complete_and_start_action(handle, state)
        except (native.error, MemoryError) as error:
            raise InternalError(f"de regelmachine meldt een fout: {error}") from error
        finally:
            self._delete_state(handle)
        if not ended:
            raise InternalError("de regelmachine is niet tot het einde gekomen")
        return found

    def close(self) -> None:
        """Give the handle back. Closing twice is harmless."""
        handle, self._handle = self._handle, None
        if handle is not None:
            native.delete_ruleset(handle)

    def __enter__(self) -> Ruleset:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open_handle(self) -> int:
        if self._handle is None:
            raise InternalError("de regelmachine is al gesloten")
        return self._handle

    @staticmethod
    def _delete_state(handle: int) -> None:
        try:
            native.delete_state(handle, _SESSION)
        except native.error as error:
            raise InternalError(f"de regelmachine kan haar zitting niet opruimen: {error}") from error


class Outcome(NamedTuple):
    """One verdict: positions of the rule and the fact in the sequences given."""

    rule: int
    fact: int
    verdict: Verdict


class DurableEngine:
    """Rules compiled once, facts evaluated any number of times. Use it in one thread and close it.

    ``aim`` is the number of conditions at which a ruleset gets no further rule; it changes no verdict. ``plan``
    is the compiled form of ``rules``, or of some of them, where there is one already. Of each ruleset the outcomes of
    up to ``remember`` looks of a fact are kept: a later fact that looks the same to it is not matched again.
    Raises ``InputError`` for a rule that is too complicated, ``InternalError`` when the library fails.
    """

    def __init__(
        self,
        rules: Sequence[ResolvedRule],
        *,
        aim: int = CONDITIONS_AIMED_AT,
        plan: Plan | None = None,
        remember: int = 0,
    ) -> None:
        require_distinct([*map(str, range(FACTS_PER_SESSION)), SENTINEL, "sid-0"])
        plan = plan_rules(rules, aim) if plan is None else plan
        self._rules = tuple(rules)
        self._closed = False
        self._columns = plan.columns
        self._remember = remember
        self._shards: dict[str, list[tuple[Shard, Ruleset]]] = {}
        self._known: dict[Shard, dict[Projection, tuple[Verdict, ...]]] = {}
        try:
            for part in plan.parts:
                shard = part.unpacked()
                self._shards.setdefault(part.type, []).append((shard, Ruleset(shard.texts)))
        except BaseException:
            self.close()
            raise

    def evaluate(self, facts: Sequence[Fact]) -> list[Outcome]:
        """Exactly one verdict for each rule and each fact of its subject type, by rule and then by fact.

        Facts that look the same to a ruleset are matched once and counted as often as they occur.
        """
        asks = asked({name: self._columns[name] for name in self._shards}, facts)
        outcomes: list[Outcome] = []
        for rule, verdicts in self.rows({name: list(own.ends) for name, own in asks.items()}):
            own = asks[self._rules[rule].head.subject]
            outcomes += [
                Outcome(rule, *item) for item in zip(own.numbers, (verdicts[n] for n in own.places), strict=True)
            ]
        return outcomes

    def rows(self, ends: Mapping[str, Sequence[Ends]]) -> Iterator[tuple[int, Sequence[Verdict]]]:
        """By rule its number and a verdict for each of the ``ends`` given for its subject type (see ``ends_of``)."""
        if self._closed:
            raise InternalError("de regelmachine is al gesloten")
        found: dict[int, Sequence[Verdict]] = {}
        for name, own in ends.items():
            for shard, ruleset in self._shards.get(name, ()):
                decided = self._of(shard, ruleset, [shard.project(row) for row in own])
                found.update(zip(shard.rules, zip(*decided, strict=True), strict=True))
        yield from sorted(found.items())

    def _of(self, shard: Shard, ruleset: Ruleset, looks: Sequence[Projection]) -> list[tuple[Verdict, ...]]:
        """For each look at a fact the verdicts of the rules of one ruleset."""
        known = self._known.setdefault(shard, {})
        fresh = [look for look in dict.fromkeys(looks) if look not in known]
        for batch in _batches(fresh, FACTS_PER_SESSION):
            verdicts = self._decide(shard, ruleset, batch)
            for item, look in enumerate(batch):
                known[look] = tuple([verdicts[rule, item] for rule in shard.rules])
        found = [known[look] for look in looks]
        if len(known) > self._remember:
            known.clear()
        return found

    def close(self) -> None:
        """Free the compiled rules. Closing twice is harmless."""
        self._closed = True
        for compiled in self._shards.values():
            for _, ruleset in compiled:
                ruleset.close()
        self._shards.clear()
        self._known.clear()

    def __enter__(self) -> DurableEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _decide(self, shard: Shard, ruleset: Ruleset, batch: Sequence[Projection]) -> dict[tuple[int, int], Verdict]:
        """Verdict per (rule, position in ``batch``)."""
        assertions = [shard.assertion(number, projection) for number, projection in enumerate(batch)]
        matches = ruleset.matches(assertions, most=len(batch) * len(shard.conditions))
        parsed = _MATCHES.findall("\n".join(matches))
        if len(parsed) != len(matches):
            raise InternalError("de regelmachine antwoordt onleesbaar")
        decided: dict[tuple[int, int], Verdict] = {}
        for name, item in parsed:
            rule, verdict = shard.conditions[name]
            key = (rule, int(item))
            other = decided.setdefault(key, verdict)
            if other is not verdict:
                raise InternalError(
                    f"de regelmachine geeft voor regel {self._rules[rule].id} twee oordelen: "
                    f"{other.value} en {verdict.value}"
                )
        if len(decided) != len(batch) * len(shard.rules):
            silent = next(rule for rule in shard.rules for item in range(len(batch)) if (rule, item) not in decided)
            raise InternalError(f"de regelmachine geeft voor regel {self._rules[silent].id} geen oordeel")
        return decided


def _batches(items: Sequence[Projection], size: int) -> Iterator[list[Projection]]:
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
