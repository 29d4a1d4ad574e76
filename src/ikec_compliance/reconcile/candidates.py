"""Which rules can meet another at all: a quick look at what they read, before any fact is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ikec_compliance.model.expr import refs
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.reconcile.parties import possible_families
from ikec_compliance.reconcile.sharing import field_key
from ikec_compliance.reconcile.solver import components


def meeting_rules(rules: Sequence[ResolvedRule], vocabulary: Vocabulary) -> list[ResolvedRule]:
    """Every rule with a norm, and the others that read a field which a rule of another family reads as well.

    Rules that hang together with such a rule through a field stay too: three of them may collide where no two do.
    """
    reads: dict[int, set[str]] = {}
    for number, rule in enumerate(rules):
        found = {key for key, _ in fields_read(rule, vocabulary)}
        if found or rule.norm is not None:
            reads[number] = found
    kept = []
    for group in components(reads):
        meets = False
        for key in {key for number in group for key in reads[number]}:
            readers = [rules[number] for number in group if key in reads[number]]
            families = frozenset[str]().union(*(possible_families(rule) for rule in readers))
            meets |= len(readers) > 1 and len(families) > 1
        kept += [number for number in group if meets or rules[number].norm is not None]
    return [rules[number] for number in sorted(kept)]


def fields_read(rule: ResolvedRule, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """What a rule asks values of, by ``field_key``, with the list of the configuration that it stands in.

    Not calendar days, nor whether something exists.
    """
    exprs = [rule.require, *(item.require for item in rule.exceptions)]
    if rule.norm is not None:
        exprs.append(rule.norm.constraint)
    for path in sorted({ref.path for expr in exprs if expr is not None for ref in refs(expr)}):
        if path.startswith("="):
            continue
        owner, rest = vocabulary.types[rule.head.subject], path.partition("~")[0]
        while "." in rest:
            head, _, rest = rest.partition(".")
            owner = vocabulary.types[owner.partners[head].type]
        field = owner.fields.get(rest)
        if field is not None and not field.derivation.startswith(("peildatum", "begin_", "een_juni")):
            yield field_key(owner.name, owner.list_key, field), owner.list_key
