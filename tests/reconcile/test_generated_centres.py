"""Collisions planted in the rules of a generated centre: from configuration to conflict, all are found and no other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import pytest
from reconcile_cases import centre_facts, rule, rule_set

from ikec_compliance.centre import load_centre
from ikec_compliance.centre.editing import edited_texts
from ikec_compliance.facts.base import derive
from ikec_compliance.model.expr import And, Atom, Expr, Op, Ref, Term
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.model.rule import Norm, NormQuantity, ResolvedRule
from ikec_compliance.model.vocabulary import FieldDef, FieldKind
from ikec_compliance.reconcile import check_certificates, reconcile

# Who asks, and of which voorziening of the small centre.
PARTIES = {"WEC": "so", "WPO": "sbo", "BKK": "dagopvang", "JW": "jeugdhulp"}
MERGE = "[{id: g, soort: gebouw, deelt: [so, sbo, dagopvang, jeugdhulp]}]"
ALONE = {"kinds": "[schoolplan]", "facilities": "[so]", "title": "Schoolplan"}


@cache
def numbers() -> list[FieldDef]:
    """Fields of a voorziening that are numbers: the quantities that are planted in."""
    fields = rule_set().vocabulary.types["voorziening"].fields.values()
    return [field for field in fields if field.kind is FieldKind.NUMBER and field.path]


@dataclass
class Planted:
    """Rules with collisions in them, and which rules those are."""

    rules: list[ResolvedRule]
    cores: set[frozenset[str]]


def kind_is(kind: str) -> Expr:
    choices = rule_set().vocabulary.types["voorziening"].fields["soort"].choices
    return Atom(Term(((1, Ref("soort")),)), Op.EQ, choices.index(kind))


def planted(random: Random, collisions: int, total: int) -> Planted:
    """``total`` rules of which ``collisions`` sets of two to four cannot hold together."""
    fields = list(numbers())
    random.shuffle(fields)
    made: list[ResolvedRule] = []
    cores = set()

    def add(*parts: tuple[list[tuple[int, FieldDef]], Op, int]) -> str:
        act = list(PARTIES)[len(made) % len(PARTIES)]
        used = {field.name: field for terms, _, _ in parts for _, field in terms}
        # Two fields may share a title; punctuation in one must not spoil a certificate.
        quantities = tuple(
            NormQuantity(f"{field.title} ({name})", field.unit, "telregel", name) for name, field in used.items()
        )
        atoms = [Atom(Term(tuple((n, Ref(f.name)) for n, f in terms)), op, bound) for terms, op, bound in parts]
        own = Norm(act, "wie", "gebod", ("gebouw",), quantities, And(tuple(atoms)), "eis")
        made.append(rule(f"PL-{len(made):03d}", own, applies=kind_is(PARTIES[act])))
        return made[-1].id

    for number in range(collisions):
        base = random.randint(5, 40)
        if number % 3 == 0 or len(fields) < 3 * (collisions - number):  # at most this, at least that
            x = fields.pop()
            core = [add(([(1, x)], Op.LE, base)), add(([(1, x)], Op.GE, base + random.randint(1, 5)))]
        elif number % 3 == 1:  # one for eight, one at most, and more than eight
            x, y = fields.pop(), fields.pop()
            core = [
                add(([(8, x), (-1, y)], Op.GE, 0)), add(([(1, x)], Op.LE, base)), add(([(1, y)], Op.GE, 8 * base + 1)),
            ]  # fmt: skip
        else:  # each one more than the next, from three upwards, and the first at most four
            x, y, z = fields.pop(), fields.pop(), fields.pop()
            core = [
                add(([(1, x), (-1, y)], Op.GE, 1)), add(([(1, y), (-1, z)], Op.GE, 1)),
                add(([(1, z)], Op.GE, 3)), add(([(1, x)], Op.LE, 4)),
            ]  # fmt: skip
        cores.add(frozenset(core))
    while len(made) < total:  # what is well: between wide bounds
        x = random.choice(fields)
        add(*random.choice([[([(1, x)], Op.LE, 1000)], [([(1, x)], Op.GE, 10)]]))
    random.shuffle(made)
    return Planted(made, cores)


@pytest.mark.parametrize(("number", "seed"), [(0, 1), (12, 3), (40, 4)])
def test_all_that_is_planted_is_found_and_nothing_else(tmp_path: Path, number: int, seed: int) -> None:
    assert len(numbers()) > 45
    made = planted(Random(seed), number, 300)
    facts = centre_facts(tmp_path, merges=MERGE, **ALONE)
    found = reconcile(made.rules, facts, ())
    assert check_certificates(found) == []
    wrong = [line for line in found if line.conflict_class == "tegenstrijdig"]
    assert {frozenset(line.certificate.core) for line in wrong} == made.cores
    assert len(wrong) == number
    assert {line.state for line in wrong} <= {"open"}
    if not wrong:
        return
    # Each smallest split of the building, written and read again, leaves nothing of its collision.
    path = tmp_path / "centrum.yaml"
    before = path.read_text(encoding="utf-8")
    for line in wrong[:2]:
        repair = next(repair for repair in line.repairs if repair.applicable)
        (text,) = edited_texts(path, repair.edits).values()
        path.write_text(text, encoding="utf-8")
        centre = load_centre(path)
        after = reconcile(made.rules, derive(centre, rule_set().vocabulary, facts.context.on, [], rules_dir()), ())
        path.write_text(before, encoding="utf-8")
        core = set(line.certificate.core)
        assert not any(core <= {norm.rule for norm in other.norms} for other in after if other.state == "open")
        assert not any(set(other.certificate.core) & core for other in after)
