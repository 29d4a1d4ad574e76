"""A rule as one CEL expression, and the rules of a subject type as lists of such expressions."""

from __future__ import annotations

from conditions import Condition, Notation, Plain, PlainRule

Unit = tuple[str, list[int], str]
"""Subject type, the numbers of rules, and the list of their verdicts on a fact ``v`` as an expression."""

_NOTATION = Notation(
    lambda kind, texts: "(" + (" && " if kind == "and" else " || ").join(texts) + ")" if texts else _empty(kind),
    lambda text: f"!{text}",
    lambda kind, end, number: f"(v[{end}] {'<=' if kind == 'le' else '>='} {number})",
)


def _empty(kind: str) -> str:
    return "true" if kind == "and" else "false"


def condition(item: Condition) -> str:
    """A condition in CEL."""
    return _NOTATION.write(item)


def expression(rule: PlainRule) -> str:
    """The code of the first step that holds."""
    *steps, (_, last) = rule.chain
    text = str(last)
    for item, code in reversed(steps):
        assert item is not None
        text = f"({condition(item)} ? {code} : {text})"
    return text


def units(work: Plain, most: int) -> list[Unit]:
    """All rules, at most so many to an expression: a fact is handed over once for each expression."""
    by_type: dict[str, list[int]] = {}
    for number, rule in enumerate(work.rules):
        if rule.type in work.rows:
            by_type.setdefault(rule.type, []).append(number)
    return [
        (type, own, "[" + ", ".join(expression(work.rules[number]) for number in own) + "]")
        for type, numbers in by_type.items()
        for own in (numbers[first : first + most] for first in range(0, len(numbers), most))
    ]
