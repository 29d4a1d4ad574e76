"""YAML 1.2 core: what a plain scalar means."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.nodes import Mapping, Scalar
from ikec_compliance.yamlio.reader import parse
from ikec_compliance.yamlio.scalars import NumberOutOfRange, number_of, to_plain


def plain(text: str) -> Any:
    value = to_plain(parse(f"x: {text}\n".encode(), "c.yaml"))
    return value["x"]


@pytest.mark.parametrize(
    "text",
    [
        "10:30",
        "24:00",
        "on",
        "off",
        "yes",
        "no",
        "y",
        "n",
        "ja",
        "nee",
        "On",
        "NO",
        "2026-08-31",
        "1_000",
        "0b101",
        "12,5",
        "1.2.3",
        "00AB",
        "e3",
        ".",
        "+.",
        "1e",
        "nUll",
        "tRue",
        "0x",
        "0o8",
        "0xG",
        "nan",
        "inf",
        "NaN",
        "+.nan",
        "12abc",
    ],
)
def test_text_that_yaml_1_1_would_misread(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("true", True),
        ("True", True),
        ("TRUE", True),
        ("false", False),
        ("False", False),
        ("FALSE", False),
        ("0", 0),
        ("-0", 0),
        ("12", 12),
        ("+12", 12),
        ("-12", -12),
        ("007", 7),
        ("0o17", 15),
        ("0xFf", 255),
        ("3.5", 3.5),
        ("-.5", -0.5),
        ("12.", 12.0),
        ("1e3", 1000.0),
        ("1.5E-2", 0.015),
        ("10.30", 10.3),
    ],
)
def test_what_is_not_text(text: str, value: object) -> None:
    found = plain(text)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize("text", ["null", "true", "12", "3.5", "~", ""])
def test_quoted_is_text(text: str) -> None:
    assert plain(f"'{text}'") == text
    assert plain(f'"{text}"') == text


def test_block_text_is_text() -> None:
    assert plain("|\n  12\n") == "12\n"
    assert plain(">-\n  true\n") == "true"


def test_keys_are_text() -> None:
    assert to_plain(parse(b"{4: a, true: b, 1.5: c, null: d, 2026-01-01: e}", "c.yaml")) == {
        "4": "a",
        "true": "b",
        "1.5": "c",
        "null": "d",
        "2026-01-01": "e",
    }


@pytest.mark.parametrize(
    "text",
    [
        "1000000000000000",
        "9" * 5000,
        "0x" + "f" * 30,
        "1e16",
        "1e999999999",
        "1e-16",
        "0.1234567890123456",
        ".inf",
        "-.INF",
        ".nan",
        "0." + "1" * 60,
        "1e" + "9" * 30,
    ],
)
def test_numbers_that_cannot_be_exact_are_refused(text: str) -> None:
    root = parse(f"x: {text}\n".encode(), "c.yaml")
    assert isinstance(root, Mapping)
    value = root.get("x")
    assert isinstance(value, Scalar)
    with pytest.raises(NumberOutOfRange):
        number_of(value)
    with pytest.raises(InputError) as caught:
        to_plain(root)
    assert str(caught.value.location) == "c.yaml:1:4"


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_are_exact(number: int) -> None:
    assert number_of(Scalar(str(number), False, "c", 1, 1)) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-999999, max_value=999999, places=4))
def test_decimals_are_exact(number: Decimal) -> None:
    found = number_of(Scalar(f"{number:f}", False, "c", 1, 1))
    assert isinstance(found, Decimal) and found == number
