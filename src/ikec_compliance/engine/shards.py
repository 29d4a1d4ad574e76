"""Rules of one subject type cut into rulesets that fit durable-rules, as its raw JSON.

A condition is always ``t ==`` (or the library's own state fact would match), then the flag of its
bucket (so that no fact matches more than a bucket at once), then bounds on integer fields. There is no
join, no negation, no OR and no text in it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter

from ikec_compliance.engine.formulas import Formula
from ikec_compliance.engine.hashing import require_distinct
from ikec_compliance.engine.limits import (
    BUCKETS,
    COLUMN_ENDS_PER_RULESET,
    CONDITIONS_AIMED_AT,
    CONDITIONS_PER_BUCKET,
    CONDITIONS_PER_RULESET,
    FIELDS_PER_FACT,
    RULES_PER_RULESET,
)
from ikec_compliance.engine.literals import Literal
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import NEG, POS
from ikec_compliance.model.verdict import Verdict

FACT_TYPE = 1
"""The value of ``t`` in every fact; the sentinel has 0."""

_START = f'{{"t":{FACT_TYPE}}}'

Projection = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shard:
    """One ruleset: the rules it decides, the column ends its facts carry and its definition."""

    rules: tuple[int, ...]
    ends: tuple[int, ...]
    """Per field of a fact: twice the number of its column, plus one for the high end."""
    texts: Mapping[str, str]
    """Name of a condition to its raw JSON, written at once: every name and number in it is our own."""
    conditions: Mapping[str, tuple[int, Verdict]]
    """Name of a condition to the rule and the verdict it proves."""
    project: Callable[[Sequence[int]], Projection]
    """What this shard reads of a fact, given the low and high ends of all columns of its type."""
    template: str
    """A fact as JSON, with ``%d`` for its number and each of its fields."""

    @property
    def definition(self) -> dict[str, object]:
        """The conditions as data, to look into."""
        return {name: json.loads(text) for name, text in self.texts.items()}

    def assertion(self, number: int, projection: Projection) -> str:
        """A fact as JSON. Raises ``InternalError`` for anything but bounded integers."""
        if projection and (set(map(type, projection)) != {int} or min(projection) < NEG or max(projection) > POS):
            raise InternalError("een feit voor de regelmachine bevat iets anders dan begrensde gehele getallen")
        return self.template % (number, *projection)


def bucket(index: int) -> str:
    """Name of the flag field of the bucket that holds condition ``index``."""
    return f"_b{index // CONDITIONS_PER_BUCKET}"


def cut(formulas: Mapping[int, Formula], aim: int = CONDITIONS_AIMED_AT) -> Iterator[Shard]:
    """Shards for rules of one subject type, given by number, in order of number.

    A shard gets no further rule once it would hold more than ``aim`` conditions.
    """
    aim = min(aim, CONDITIONS_PER_RULESET)
    batch: list[int] = []
    ends: set[tuple[int, bool]] = set()
    count = 0
    for number in sorted(formulas):
        clauses = [clause for part in formulas[number].values() for clause in part]
        own = {(literal.column, literal.high) for clause in clauses for literal in clause}
        if batch and (count + len(clauses) > aim or len(ends | own) > COLUMN_ENDS_PER_RULESET):
            yield _shard({item: formulas[item] for item in batch})
            batch, ends, count = [], set(), 0
        batch.append(number)
        ends |= own
        count += len(clauses)
    if batch:
        yield _shard({item: formulas[item] for item in batch})


def _shard(formulas: Mapping[int, Formula]) -> Shard:
    entries = [
        (clause, rule, verdict)
        for rule, formula in formulas.items()
        for verdict, clauses in formula.items()
        for clause in clauses
    ]
    uses = Counter(literal for clause, _, _ in entries for literal in clause)
    # Numbering by first use and putting the commonest literal first lets conditions share their prefix.
    number = {literal: index for index, (literal, _) in enumerate(uses.most_common())}
    ordered = sorted(
        ((sorted(number[literal] for literal in clause), rule, verdict) for clause, rule, verdict in entries),
        key=lambda entry: entry[:2],
    )
    literals = list(number)
    ends = tuple(dict.fromkeys(2 * literal.column + literal.high for literal in literals))
    field = {end: f"{'h' if end % 2 else 'l'}{end // 2}" for end in ends}
    bounds = [_bound(literal, field) for literal in literals]
    texts: dict[str, str] = {}
    conditions: dict[str, tuple[int, Verdict]] = {}
    for index, (numbers, rule, verdict) in enumerate(ordered):
        name = f"c{index}"
        conditions[name] = (rule, verdict)
        parts = [_START, f'{{"$ex":{{"{bucket(index)}":1}}}}', *[bounds[item] for item in numbers]]
        texts[name] = f'{{"all":[{{"m":{{"$and":[{",".join(parts)}]}}}}]}}'
    buckets = list(dict.fromkeys(bucket(index) for index in range(len(ordered))))
    names = ["id", "t", *buckets, *field.values()]
    _check(len(ordered), len(buckets), names)
    template = ",".join(
        ['{"id":"%d"', f'"t":{FACT_TYPE}', *(f'"{name}":1' for name in buckets), *(f'"{f}":%d' for f in field.values())]
    )
    return Shard(
        rules=tuple(formulas),
        ends=ends,
        texts=texts,
        project=_projector(ends),
        conditions=conditions,
        template=template + "}",
    )


def _projector(ends: Sequence[int]) -> Callable[[Sequence[int]], Projection]:
    if len(ends) > 1:
        return itemgetter(*ends)
    return partial(_few, tuple(ends))


def _few(ends: tuple[int, ...], values: Sequence[int]) -> Projection:
    return tuple([values[index] for index in ends])


def _bound(literal: Literal, field: Mapping[int, str]) -> str:
    name = field[2 * literal.column + literal.high]
    return f'{{"{"$lte" if literal.upper else "$gte"}":{{"{name}":{literal.bound:d}}}}}'


def _check(conditions: int, buckets: int, names: Sequence[str]) -> None:
    """The cut keeps within every limit; this proves it for each ruleset that is made."""
    if (
        conditions > CONDITIONS_PER_RULESET
        or conditions + 1 > RULES_PER_RULESET
        or buckets > BUCKETS
        or len(names) > FIELDS_PER_FACT
    ):
        raise InternalError("een verzameling regels past niet in de regelmachine")
    require_distinct([*names, "sid", "$s"])
