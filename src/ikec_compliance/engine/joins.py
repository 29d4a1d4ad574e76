"""Pairs of facts that agree on some fields and differ on another, found as joins in durable-rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import TracebackType

from ikec_compliance.engine.durable import Ruleset
from ikec_compliance.engine.hashing import require_distinct
from ikec_compliance.engine.limits import CONDITIONS_PER_BUCKET, FACTS_PER_JOIN, FIELDS_PER_FACT, JOINS_PER_CONDITION
from ikec_compliance.engine.shards import FACT_TYPE, bucket
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.value import NEG, POS

# The library reads past the end of a condition whose join comparison is false, unless the condition
# ends in a group of its own.
TAIL: Mapping[str, object] = {"$and": [{"$ex": {"t": 1}}]}

_MATCH = re.compile(r'\{"d\d+":\{"a1":\{"id":"(\d+)",[^{}]*\},"a2":\{"id":"(\d+)",[^{}]*\}\}\}')


class JoinEngine:
    """Finds pairs with all ``equal`` fields equal and at least one of ``differ_any`` different.

    Raises ``InternalError`` when there are more fields than a condition can hold.
    """

    def __init__(self, equal: Sequence[str], differ_any: Sequence[str]) -> None:
        self._fields = tuple(dict.fromkeys([*equal, *differ_any]))
        names = {name: f"f{number}" for number, name in enumerate(self._fields)}
        # Each alternative is a rule of its own: an OR over joins gives wrong matches both ways.
        differing = list(dict.fromkeys(differ_any))
        if (
            len(set(equal)) + 2 > JOINS_PER_CONDITION
            or 2 * len(differing) > CONDITIONS_PER_BUCKET
            or len(self._fields) + 4 > FIELDS_PER_FACT
        ):
            raise InternalError("een vergelijking van normen past niet in de regelmachine")
        require_distinct(["id", "sid", "$s", "t", "key", bucket(0), *names.values()])
        self._template = (
            ",".join(
                [
                    '{"id":"%d"',
                    f'"t":{FACT_TYPE}',
                    f'"{bucket(0)}":1',
                    '"key":%d',
                    *(f'"{n}":%d' for n in names.values()),
                ]
            )
            + "}"
        )
        self._ruleset = Ruleset(
            {
                f"d{number}": _rule([names[name] for name in dict.fromkeys(equal)], names[name])
                for number, name in enumerate(differing)
            }
        )
        self._alternatives = len(differing)

    def pairs(self, facts: Sequence[Mapping[str, int]]) -> list[tuple[int, int]]:
        """Positions (first < second) of each pair, once, in order.

        Raises ``InternalError`` for a missing field, for anything but bounded integers and for more facts than one
        session holds.
        """
        if len(facts) > FACTS_PER_JOIN:
            raise InternalError(f"meer dan {FACTS_PER_JOIN} normen om te vergelijken")
        require_distinct(map(str, range(len(facts))))
        assertions = [self._assertion(number, fact) for number, fact in enumerate(facts)]
        most = self._alternatives * len(facts) * len(facts)
        found: set[tuple[int, int]] = set()
        for match in self._ruleset.matches(assertions, most=most) if self._alternatives else ():
            parsed = _MATCH.fullmatch(match)
            if parsed is None:
                raise InternalError(f"de regelmachine antwoordt onleesbaar: {match[:60]!r}")
            found.add((int(parsed[1]), int(parsed[2])))
        return sorted(found)

    def close(self) -> None:
        """Free the compiled rules. Closing twice is harmless."""
        self._ruleset.close()

    def __enter__(self) -> JoinEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _assertion(self, number: int, fact: Mapping[str, int]) -> str:
        try:
            values = [fact[name] for name in self._fields]
        except KeyError as error:
            raise InternalError(f"een norm mist het veld {error.args[0]}") from None
        if values and (set(map(type, values)) != {int} or min(values) < NEG or max(values) > POS):
            raise InternalError("een norm voor de regelmachine bevat iets anders dan begrensde gehele getallen")
        return self._template % (number, number, *values)


def pairs(facts: Sequence[Mapping[str, int]], equal: Sequence[str], differ_any: Sequence[str]) -> list[tuple[int, int]]:
    """``JoinEngine.pairs`` for a single use."""
    with JoinEngine(equal, differ_any) as engine:
        return engine.pairs(facts)


def _rule(equal: Sequence[str], differ: str) -> dict[str, object]:
    # A join on a missing field stops the library, so each condition first asks that its fields exist.
    # ``key`` repeats the id: the library joins on ids it has already freed.
    head: list[Mapping[str, object]] = [
        {"t": FACT_TYPE},
        *({"$ex": {name: 1}} for name in (bucket(0), "key", *equal, differ)),
    ]
    joined: list[Mapping[str, object]] = [
        *({name: {"a1": name}} for name in equal),
        {"$neq": {differ: {"a1": differ}}},
        {"$gt": {"key": {"a1": "key"}}},
        TAIL,
    ]
    return {"all": [{"a1": {"$and": head}}, {"a2": {"$and": [*head, *joined]}}]}
