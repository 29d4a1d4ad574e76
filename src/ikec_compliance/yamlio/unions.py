"""``oneOf`` and ``anyOf``: finding the branch that is meant, and saying what is wrong with that one."""

from __future__ import annotations

from typing import Any

from ikec_compliance.model.errors import InternalError
from ikec_compliance.yamlio.checks import Compiled, Shape
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar
from ikec_compliance.yamlio.problems import FORM, KEY, OTHER, VALUE, Problem, Problems, enumeration, label, shown

_BUSY = object()


def compile_union(branches: list[Compiled], exactly_one: bool, wanted: str | None) -> Compiled:
    """The check that one of ``branches`` (exactly one for ``oneOf``) accepts a node; data is that branch's."""
    if not branches:
        raise InternalError("schema: oneOf en anyOf hebben minstens één tak nodig")
    marker = object()

    def run(node: Node, name: str, problems: Problems) -> Any:
        key = (id(marker), id(node))
        known = problems.memo.get(key)
        if known is _BUSY:
            raise InternalError("schema: een definitie bevat zichzelf zonder een niveau dieper te gaan")
        if known is None:
            problems.memo[key] = _BUSY
            # The node goes in too: while it lives, its id is not used again.
            problems.memo[key] = known = (node, *evaluate(node, name, problems))
        _, data, found = known
        problems.items.extend(found)
        return data

    def evaluate(node: Node, name: str, problems: Problems) -> tuple[Any, list[Problem]]:
        fitting = [branch for branch in branches if branch.shape.fits(node)]
        failed: list[list[Problem]] = []
        matches = 0
        data = None
        for branch in fitting:
            attempt = Problems(problems)
            result = branch.run(node, name, attempt)
            if attempt.items:
                failed.append(attempt.items)
                continue
            matches += 1
            if matches == 1:
                data = result
            if not exactly_one:
                break
        if matches == 1:
            return data, []
        if matches:
            words = f"{label(name)}dit past op meer dan één van de toegestane vormen"
            return None, [Problem(node, OTHER, lambda _: words)]
        if not failed:
            for branch in branches:
                attempt = Problems(problems)
                branch.run(node, name, attempt)
                failed.append(attempt.items)
        return None, _explain(node, name, failed, problems.secret > 0)

    def _explain(node: Node, name: str, failed: list[list[Problem]], secret: bool) -> list[Problem]:
        near = [found for found in failed if not any(one.node is node and one.kind in (FORM, VALUE) for one in found)]
        if near:
            return _best(node, near)
        pooled = _pool(failed)
        if pooled and wanted is None:
            return [pooled]
        words = wanted or enumeration(branch.shape.wanted for branch in branches)
        return [Problem(node, FORM, lambda _: f"{label(name)}verwacht {words}, gevonden {shown(node, secret)}")]

    return Compiled(run, Shape(wanted or "een van de toegestane vormen"))


def _best(node: Node, failed: list[list[Problem]]) -> list[Problem]:
    """The problems of the branch that was most likely meant: the fewest wrong keys, then the fewest problems."""
    children = {id(value) for _, value in node.index.values()} if isinstance(node, Mapping) else set()

    def distance(found: list[Problem]) -> tuple[int, int]:
        # A key of another form, or a fixed value (soort: …) of another form, means another branch.
        wrong = sum(
            (one.kind == KEY and one.owner is node) or (one.kind == VALUE and id(one.node) in children) for one in found
        )
        return wrong, len(found)

    least = min(map(distance, failed))
    nearest = [found for found in failed if distance(found) == least]
    if len(nearest) == 1:
        return nearest[0]
    pooled = _pool(nearest)
    return [pooled] if pooled else nearest[0]


def _pool(failed: list[list[Problem]]) -> Problem | None:
    """One problem that offers the choices of all branches, when all of them stumble over the same word."""
    for first in failed[0]:
        if first.kind not in (KEY, VALUE) or not first.choices or not isinstance(first.node, Scalar):
            continue
        same = [
            next((one for one in found if one.node is first.node and one.kind == first.kind and one.choices), None)
            for found in failed
        ]
        if all(same):
            choices = tuple(dict.fromkeys(choice for one in same if one for choice in one.choices))
            return Problem(first.node, first.kind, first.wording, choices, first.owner)
    return None
