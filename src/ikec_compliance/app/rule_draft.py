"""A rule as a policy officer describes it, and its text in the layout of the rule files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ikec_compliance.analysis.proposals import Proposal
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.vocabulary import FieldKind, Vocabulary
from ikec_compliance.rules.periods import parse_date, parse_period
from ikec_compliance.yamlio.suggest import did_you_mean

OPERATORS = {
    "is": "is", "is_niet": "is_not", "hoogstens": "at_most", "ten_minste": "at_least", "minder_dan": "less_than",
    "meer_dan": "more_than", "een_van": "one_of", "geen_van": "none_of", "bevat": "contains",
    "bevat_alle": "contains_all",
}  # fmt: skip
"""Dutch words for the operators of the rule language; the English ones are understood as well."""

_MANY = ("one_of", "none_of", "contains_all")
_SHIFTED = re.compile(r"(\S+) ([+-]) (.+)")
_PLAIN = re.compile(r"[^\W\d_][\w .;()/%+'’-]*")
_NOT_PLAIN = ("null", "true", "false", "nan", "inf")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new rule says. ``when`` and ``require`` are conditions as ``VELD BEWERKING WAARDE``."""

    regime: str
    theme: str
    id: str
    title: str
    nl: str
    en: str
    law: str
    article: str
    lid: str
    state: date
    evidence: str
    binding: str
    first: date
    from_known: bool
    severity: str
    subject: str
    when: tuple[str, ...]
    require: tuple[str, ...]
    who: str
    what: str


def condition(text: str, subject: str, vocabulary: Vocabulary) -> dict[str, Any]:
    """``kindplaatsen hoogstens 20`` as the rule language writes it; ``InputError`` for what it cannot say."""
    parts = text.split(None, 2)
    if len(parts) < 3:
        raise InputError(
            f"schrijf een voorwaarde als VELD BEWERKING WAARDE, bijvoorbeeld ‘soort is bso’, niet ‘{text}’"
        )
    path, word, rest = parts
    operator = OPERATORS.get(word, word)
    if operator not in OPERATORS.values():
        hint = did_you_mean(word, OPERATORS)
        raise InputError(f"onbekende bewerking ‘{word}’{hint}; kies uit {', '.join(OPERATORS)}")
    head, _, tail = path.partition(".")
    known = vocabulary.types[subject]
    if head not in known.partners and head not in known.fields:
        raise InputError(f"onbekend veld ‘{path}’ bij {subject}{did_you_mean(head, [*known.fields, *known.partners])}")
    field = _field(path, subject, vocabulary)
    if field is None:
        owner = vocabulary.types[known.partners[head].type] if head in known.partners else known
        raise InputError(f"onbekend veld ‘{path}’ bij {subject}{did_you_mean(tail, owner.fields)}")
    if operator in _MANY:
        return {"field": path, operator: [_literal(item.strip()) for item in rest.split(",")]}
    return {"field": path, operator: _operand(rest.strip(), field, subject, vocabulary)}


def _operand(text: str, kind: FieldKind, subject: str, vocabulary: Vocabulary) -> Any:
    if kind not in (FieldKind.NUMBER, FieldKind.DATE):
        return _literal(text)
    moved = _SHIFTED.fullmatch(text)
    name = moved[1] if moved else text
    if _field(name, subject, vocabulary) is None:
        return _literal(text)
    if moved is None:
        return {"field": name}
    return {"field": name, "plus" if moved[2] == "+" else "minus": _literal(moved[3])}


def _field(path: str, subject: str, vocabulary: Vocabulary) -> FieldKind | None:
    owner = vocabulary.types[subject]
    steps = path.split(".")
    for step in steps[:-1]:
        if step not in owner.partners:
            return None
        owner = vocabulary.types[owner.partners[step].type]
    if len(steps) > 1 and steps[-1] == "aanwezig":
        return FieldKind.BOOLEAN
    found = owner.fields.get(steps[-1])
    return found.kind if found else None


def _literal(text: str) -> Any:
    if re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    if re.fullmatch(r"-?[0-9]+[.,][0-9]+", text):
        return Decimal(text.replace(",", "."))
    return parse_date(text) or text


def rule_text(draft: Draft, vocabulary: Vocabulary, tests: Sequence[Proposal]) -> str:
    """The rule as it is added to its file."""
    source = {"law": draft.law, "article": draft.article, "lid": draft.lid, "state": draft.state}
    valid = {"from": draft.first, "from_known": "ja" if draft.from_known else "nee"}
    lines = [
        f"  - id: {draft.id}",
        f"    title: {scalar(draft.title)}",
        "    text:",
        f"      nl: {scalar(draft.nl)}",
        f"      en: {scalar(draft.en)}",
        "    source:",
        f"      - {flow({key: value for key, value in source.items() if value != ''})}",
        f"    evidence: {draft.evidence}",
        f"    binding: {draft.binding}",
        f"    valid: {flow(valid)}",
        "    status: published",
        f"    severity: {draft.severity}",
        f"    subject: {draft.subject}",
        *_conditions("applies_when", draft.when, draft.subject, vocabulary),
        *_conditions("require", draft.require, draft.subject, vocabulary),
        f"    repair: {flow({'who': draft.who, 'what': draft.what})}",
        "    tests:" if tests else "    tests: []",
    ]
    for test in tests:
        entry = {"name": test.name, "date": test.date, "given": dict(test.given), "expect": test.expect}
        lines.append(f"      - {flow(entry)}")
    return "\n".join(lines) + "\n"


def _conditions(key: str, texts: Sequence[str], subject: str, vocabulary: Vocabulary) -> list[str]:
    found = [condition(text, subject, vocabulary) for text in texts]
    if not found:
        return []
    if len(found) == 1:
        return [f"    {key}: {flow(found[0])}"]
    return [f"    {key}:", "      all:", *(f"        - {flow(item)}" for item in found)]


def flow(value: Any) -> str:
    """A value on one line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def scalar(value: Any) -> str:
    """A single value: text in quotes where YAML would read something else."""
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, date) else str(value)
    text = " ".join(value.split())
    periods = parse_period(text) is not None
    if periods or (_PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN and text == text.strip()):
        return text
    return "'" + text.replace("'", "''") + "'"
