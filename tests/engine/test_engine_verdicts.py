"""The five verdicts against tables written out by hand."""

from itertools import product

import pytest
from engine_cases import atom, exception, fact, rule

from ikec_compliance.engine import DurableEngine, harmless, verdict
from ikec_compliance.model.rule import Evidence
from ikec_compliance.model.value import FALSE, TRUE, UNKNOWN_FLAG
from ikec_compliance.model.verdict import Verdict

VALUE = {"T": TRUE, "U": UNKNOWN_FLAG, "F": FALSE}
CODE = {
    "+": Verdict.PASSES,
    "-": Verdict.FAILS,
    "?": Verdict.UNDECIDED,
    "o": Verdict.REVIEW,
    ".": Verdict.NOT_APPLICABLE,
}

# Rows: applies, lapses (T U F each). Columns: require T, U, F.
CLOSED = {
    "TT": "...",
    "TU": "+??",
    "TF": "+?-",
    "UT": "...",
    "UU": "???",
    "UF": "???",
    "FT": "...",
    "FU": "...",
    "FF": "...",
}
OPEN = {
    "TT": "...",
    "TU": "???",
    "TF": "o?-",
    "UT": "...",
    "UU": "???",
    "UF": "???",
    "FT": "...",
    "FU": "...",
    "FF": "...",
}
UNCONFIRMED = {
    "TT": "...",
    "TU": "o??",
    "TF": "o?o",
    "UT": "...",
    "UU": "???",
    "UF": "???",
    "FT": "...",
    "FU": "...",
    "FF": "...",
}
# Rows: does the replacing exception hold, what it asks. Columns: the requirement it replaces T, U, F.
REPLACED = {
    "TT": "TTT",
    "TU": "UUU",
    "TF": "FFF",
    "UT": "TUU",
    "UU": "UUU",
    "UF": "UUF",
    "FT": "TUF",
    "FU": "TUF",
    "FF": "TUF",
}
ALL = "TUF"


@pytest.mark.parametrize(
    ("table", "options"),
    [
        (CLOSED, {}),
        (OPEN, {"open_norm": "redelijkheid"}),
        (UNCONFIRMED, {"evidence": Evidence.UNCONFIRMED}),
    ],
)
def test_every_combination(table: dict[str, str], options: dict[str, object]) -> None:
    item = rule(atom("r"), atom("a"), [exception(atom("e")), exception(atom("k"), atom("s"), "u2")], **options)
    cases = list(product(ALL, repeat=5))
    facts = [fact(dict(zip("aekrs", map(VALUE.__getitem__, case), strict=True))) for case in cases]
    with DurableEngine([item]) as engine:
        found = engine.evaluate(facts)
    assert len(found) == 243
    for (_, number, durable), case in zip(found, cases, strict=True):
        applies, lapses, holds, required, instead = case
        weighed = REPLACED[holds + instead][ALL.index(required)]
        expected = CODE[table[applies + lapses][ALL.index(weighed)]]
        assert (case, durable) == (case, expected)
        assert (case, verdict(item, facts[number])) == (case, expected)


def test_two_replacements_the_first_that_holds_wins() -> None:
    item = rule(atom("r"), exceptions=[exception(atom("k"), atom("s")), exception(atom("l"), atom("t"), "u2")])
    for first, second, *asked in product(ALL, repeat=5):
        instead, other, required = asked
        inner = REPLACED[second + other][ALL.index(required)]
        weighed = REPLACED[first + instead][ALL.index(inner)]
        values = dict(zip("klstr", map(VALUE.__getitem__, (first, second, *asked)), strict=True))
        assert verdict(item, fact(values)) is CODE[CLOSED["TF"][ALL.index(weighed)]]


def test_a_purely_open_norm() -> None:
    item = rule(None, atom("a"), [exception(atom("e"))], open_norm="redelijkheid")
    table = {"TT": ".", "TU": "?", "TF": "o", "UT": ".", "UU": "?", "UF": "?", "FT": ".", "FU": ".", "FF": "."}
    for key, code in table.items():
        item_fact = fact({"a": VALUE[key[0]], "e": VALUE[key[1]]})
        assert verdict(item, item_fact) is CODE[code]
        assert not harmless(item, item_fact)


def test_one_of_two_lapsing_exceptions_is_enough() -> None:
    item = rule(atom("r"), exceptions=[exception(atom("d")), exception(atom("e"), id="u2")])
    for first, second in product(ALL, repeat=2):
        lapsed = "T" if "T" in (first, second) else "U" if "U" in (first, second) else "F"
        found = verdict(item, fact({"d": VALUE[first], "e": VALUE[second], "r": FALSE}))
        assert found is CODE[CLOSED["T" + lapsed][2]]


@pytest.mark.parametrize("evidence", [Evidence.OLDER, Evidence.SECONDARY])
def test_weaker_evidence_still_decides(evidence: Evidence) -> None:
    assert verdict(rule(atom("r"), evidence=evidence), fact({"r": 1})) is Verdict.PASSES
    assert verdict(rule(atom("r"), evidence=evidence), fact({"r": 0})) is Verdict.FAILS


@pytest.mark.parametrize(
    ("applies", "required", "expected"),
    [
        ("U", "T", True),
        ("U", "U", False),
        ("U", "F", False),
        ("T", "T", False),
        ("T", "U", False),
        ("F", "T", False),
    ],
)
def test_harmless_is_met_but_perhaps_not_applicable(applies: str, required: str, expected: bool) -> None:
    values = {"a": VALUE[applies], "r": VALUE[required]}
    assert harmless(rule(atom("r"), atom("a")), fact(values)) is expected
    assert not harmless(rule(atom("r"), atom("a"), open_norm="redelijkheid"), fact(values))
