"""The batch: a CSV in, the same CSV with three columns more out."""

from __future__ import annotations

import csv
import io
import time
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikec_compliance.facts.bkr import bkr_dagopvang_2019
from ikec_compliance.facts.bkr_batch import batch
from ikec_compliance.model.errors import InputError

ON = date(2026, 11, 22)


def run(text: str, kind: str = "dagopvang", on: date = ON) -> str:
    out = io.StringIO()
    batch(kind, io.StringIO(text, newline=""), "groepen.csv", out, on)
    return out.getvalue()


def test_dagopvang():
    text = "n0,n1,n2,n3\n2,3,4,2\n6,0,0,1\n0,6,0,1\n9,5,0,0\n0,0,0,0\n"
    assert run(text) == (
        "n0,n1,n2,n3,required,allowed,basis\n"
        "2,3,4,2,2,true,tabel\n"
        "6,0,0,1,3,true,formule\n"
        "0,6,0,1,2,true,een-kind-regel\n"
        "9,5,0,0,,false,geen\n"
        "0,0,0,0,0,true,geen\n"
    )


def test_bso_follows_the_date():
    text = "n4_6,n7plus\n9,2\n18,5\n"
    assert run(text, "bso") == "n4_6,n7plus,required,allowed,basis\n9,2,2,true,formule\n18,5,3,true,formule\n"
    assert run(text, "bso", date(2024, 6, 30)) == (
        "n4_6,n7plus,required,allowed,basis\n9,2,1,true,tabel\n18,5,,false,geen\n"
    )


def test_other_columns_and_order_are_kept():
    text = 'groep,n3,n2,n1,n0,opmerking\r\n"Vlinders, klein",2,4,3,2,"zegt ""ja"""\r\n\r\nBijen,0,0,0,0,\r\n'
    assert run(text) == (
        "groep,n3,n2,n1,n0,opmerking,required,allowed,basis\n"
        '"Vlinders, klein",2,4,3,2,"zegt ""ja""",2,true,tabel\n'
        "Bijen,0,0,0,0,,0,true,geen\n"
    )


def test_semicolons_and_byte_order_mark():
    assert run("\ufeffn4_6;n7plus\n10;0\n", "bso") == "n4_6;n7plus;required;allowed;basis\n10;0;1;true;formule\n"


def test_only_a_header_gives_only_a_header():
    assert run("n4_6,n7plus\n", "bso") == "n4_6,n7plus,required,allowed,basis\n"


def test_returns_the_number_of_rows():
    assert batch("bso", io.StringIO("n4_6,n7plus\n1,2\n\n3,4\n"), "x.csv", io.StringIO(), ON) == 2


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("", "1:1", "leeg bestand; verwacht een kop met n0,n1,n2,n3"),
        ("n0,n1,n2\n", "1:1", "kolom ‘n3’ ontbreekt"),
        ("n4_6,n7plus\n1,2\n", "1:1", "kolom ‘n0’ ontbreekt"),
        ("n0,n1,n2,n3,n1\n", "1:13", "kolom ‘n1’ staat er twee keer"),
        ("n0,n1,n2,n3,basis\n", "1:13", "kolom ‘basis’ wordt door het programma toegevoegd"),
        ("n0,n1,n2,n3\n1,2,3\n", "2:1", "3 velden en de kop 4"),
        ("n0,n1,n2,n3\n1,2,3,4,5\n", "2:1", "5 velden en de kop 4"),
        ("n0,n1,n2,n3\n1,2,3,4\n10,twee,0,0\n", "3:4", "kolom n1: ‘twee’ is geen geheel getal"),
        ("n0,n1,n2,n3\n1,2,-3,4\n", "2:5", "kolom n2: ‘-3’"),
        ("n0,n1,n2,n3\n1,2,3.0,4\n", "2:5", "kolom n2: ‘3.0’"),
        ("n0,n1,n2,n3\n1,2,3,\n", "2:7", "kolom n3: ‘’"),
        ("n0,n1,n2,n3\n1,10001,3,4\n", "2:3", "kolom n1: ‘10001’"),
        ("n0,n1,n2,n3\n٣,1,3,4\n", "2:1", "kolom n0"),
        ('groep,n0,n1,n2,n3\n"a,\nb",1,x,3,4\n', "3:6", "kolom n1: ‘x’"),
        ('n0,n1,n2,n3\n1,"2,3,4\n', "2:1", "geen geldige CSV"),
    ],
)
def test_bad_input_is_refused_with_its_place(text, place, part):
    out = io.StringIO()
    with pytest.raises(InputError) as caught:
        batch("dagopvang", io.StringIO(text, newline=""), "groepen.csv", out, ON)
    assert str(caught.value).startswith(f"groepen.csv:{place}: ")
    assert part in caught.value.message
    assert out.getvalue() == "", "nothing is written when a line is wrong"


def test_bytes_that_are_not_utf8():
    for data in (b"n0,n1,n2,n3\n1,2,3,\xff\n", b"\xff\xfe"):
        stream = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
        with pytest.raises(InputError, match="geen UTF-8"):
            batch("dagopvang", stream, "x.csv", io.StringIO(), ON)


@given(st.text(max_size=80))
def test_any_text_is_answered_or_refused_in_one_line(text):
    try:
        run("n0,n1,n2,n3\n" + text)
    except InputError as error:
        assert "\n" not in error.message and error.location is not None


def test_all_groups_in_one_batch():
    groups = [group for group in product(range(17), repeat=4) if sum(group) <= 16]
    text = "n0,n1,n2,n3\n" + "".join(",".join(map(str, group)) + "\n" for group in groups)
    started = time.perf_counter()
    written = run(text)
    assert time.perf_counter() - started < 2.5, "0,5 s on an idle machine"
    rows = list(csv.DictReader(io.StringIO(written)))
    assert len(rows) == 4845
    for group, row in zip(groups, rows, strict=True):
        found = bkr_dagopvang_2019(*group)
        assert row["required"] == ("" if found.required is None else str(found.required))
        assert (row["allowed"], row["basis"]) == (str(found.allowed).lower(), found.basis)
