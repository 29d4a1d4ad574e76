"""The facts say what is; what must be stands in the rules alone."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from ikec_compliance.facts.base import FactBase, derive
from ikec_compliance.model.fact import Absent, Fact
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.model.vocabulary import FieldKind
from ikec_compliance.rules.loader import load_rules
from ikec_compliance.rules.periods import parse_date, parse_period
from ikec_compliance.rules.ruleset import RuleSet
from tests.fuzz_unknown import MONDAY, WEEK, example, rule_set
from tests.variants import verdicts

Values = dict[tuple[str, str, int], dict[str, Any]]


def all_values(rules: RuleSet) -> Values:
    """Every value of every fact of the example, by type, subject and slice."""
    base: FactBase = derive(example("ikec-hoorn"), rules.vocabulary, MONDAY, WEEK, rules.folder)
    found: Values = {}
    for name, subject in rules.vocabulary.types.items():
        for number, fact in enumerate(base.of_type(name)):
            fields = [n for n, field in subject.fields.items() if field.kind is not FieldKind.LIST]
            found[name, fact.subject, number] = {
                **{field: fact.value(field) for field in fields},
                "partners": _partners(fact),
                "interval": fact.interval,
            }
    return found


def _partners(fact: Fact) -> dict[str, Any]:
    return {name: other.known if isinstance(other, Absent) else other.subject for name, other in fact.partners.items()}


def changed_constants(raw: Any) -> Any:
    """A condition in which every number, date and period is another one."""
    if isinstance(raw, dict):
        return {key: value if key in ("field", "param") else changed_constants(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [changed_constants(item) for item in raw]
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float | Decimal):
        return raw + 3
    if isinstance(raw, date):
        return raw + timedelta(days=30)
    if isinstance(raw, str) and (period := parse_period(raw)):
        return f"{abs(period.months) + 1} maanden" if period.months else f"{period.days + 5} dagen"
    if isinstance(raw, str) and (day := parse_date(raw)):
        return (day + timedelta(days=30)).isoformat()
    return raw


def _conditions(rule: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    for owner in (rule, *rule.get("exceptions", ())):
        if "require" in owner:
            yield owner, "require"


def mutated(folder: Path) -> RuleSet:
    """The shipped rules with every constant in every ``require`` changed, and every parameter they use."""
    target = folder / "rules"
    shutil.copytree(rules_dir(), target)
    for regime in ("onderwijs", "kinderopvang", "jeugdhulp"):
        for path in (target / regime).glob("*.yaml"):
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            if data.get("schema") != "ikec-regels/v1":
                continue
            for rule in data["rules"]:
                for owner, key in _conditions(rule):
                    owner[key] = changed_constants(copy.deepcopy(owner[key]))
            for parameter in data.get("parameters", {}).values():
                for value in parameter["values"]:
                    value["value"] = changed_constants(value["value"])
            path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load_rules(target)


@pytest.fixture(scope="module")
def other_rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    return mutated(tmp_path_factory.mktemp("regels"))


def test_changing_every_constant_in_require_changes_no_fact(other_rules: RuleSet) -> None:
    shipped, other = all_values(rule_set()), all_values(other_rules)
    assert len(shipped) > 500
    assert shipped.keys() == other.keys()
    assert [key for key in shipped if shipped[key] != other[key]] == []


def test_but_it_changes_verdicts(other_rules: RuleSet) -> None:
    found = []
    for rules in (rule_set(), other_rules):
        base = derive(example("ikec-hoorn"), rules.vocabulary, MONDAY, WEEK[:1], rules.folder)
        found.append(verdicts(base, rules.on(MONDAY).rules))
    assert found[0].keys() == found[1].keys()
    assert sum(found[0][key] is not found[1][key] for key in found[0]) > 10


def test_every_rule_with_a_number_was_changed(other_rules: RuleSet) -> None:
    before = {rule.id: rule for rule in rule_set().on(MONDAY).rules}
    same = []
    for rule in other_rules.on(MONDAY).rules:
        old = before[rule.id]
        if _bare(old) == _bare(rule) and _has_constant(rule_set(), rule.id):
            same.append(rule.id)
    assert same == []


def _bare(rule: Any) -> str:
    """The requirements without places, as text."""
    return repr([_stripped(item) for item in (rule.require, *(e.require for e in rule.exceptions))])


def _stripped(expr: Any) -> Any:
    if expr is None:
        return None
    if hasattr(expr, "items"):
        return type(expr).__name__, [_stripped(item) for item in expr.items]
    if hasattr(expr, "item"):
        return "Not", _stripped(expr.item)
    return replace(expr, place=None, text="")


def _has_constant(rules: RuleSet, id_: str) -> bool:
    raws = [version.raw for version in rules.versions if version.head.id == id_]
    return any(changed_constants(owner[key]) != owner[key] for raw in raws for owner, key in _conditions(dict(raw)))
