"""The quick writer of JSON writes what the standard library writes."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.json_text import indented

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.sampled_from(list(Verdict))
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=20
)


def usual(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


@settings(max_examples=150)
@given(VALUES)
def test_every_value_as_the_library_writes_it(value: Any) -> None:
    assert indented(value, str) == usual(value)


def test_what_stands_in_several_places_and_depths() -> None:
    shared = [{"wet": "WEC", "lid": None}, []]
    value = {"a": shared, "b": [shared, {"c": shared, "d": (), "e": (1, shared)}], "f": {}, "g": date(2026, 11, 23)}
    assert indented(value, str) == usual(value)


def test_signs_that_need_care() -> None:
    value = {'"\\\n\t\u2028é\x00\x7f': ["\ud800", "\x1b[31m", "</script>"], "": [1e30, -0.0, 10**40, True]}
    assert indented(value, str) == usual(value)


def test_a_key_that_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="sleutel"):
        indented({1: "x"}, str)
