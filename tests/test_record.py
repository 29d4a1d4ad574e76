"""The quick ``dataclass`` makes the classes that the standard library makes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from ikec_compliance.model.record import dataclass as quick


def classes(make: Callable[..., Any]) -> dict[str, Any]:
    """The same classes made by ``make``, named by what is special about them."""

    @make(frozen=True, slots=True)
    class Frozen:
        """With defaults of every sort."""

        a: int
        b: str = "b"
        c: dict[str, int] = dataclasses.field(default_factory=dict, compare=False)
        d: int = dataclasses.field(init=False, compare=False, repr=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "d", self.a * 2)

        @property
        def double(self) -> int:
            return self.d

    @make(frozen=True, slots=True, order=True)
    class Ordered:
        months: int = 0
        days: int = 0

    @make(slots=True)
    class Open:
        a: list[int] = dataclasses.field(default_factory=list)
        b: int = 3

    @make(slots=True, eq=False)
    class Same:
        a: int

    @make(frozen=True, eq=False)
    class Loose:
        a: int
        b: int = 2

    @make(frozen=True, slots=True)
    class Empty:
        pass

    @make(frozen=True, slots=True)
    class Own:
        a: int

        def __repr__(self) -> str:
            return "eigen"

        def __hash__(self) -> int:
            return 7

    found = {"Frozen": Frozen, "Ordered": Ordered, "Open": Open, "Same": Same, "Loose": Loose, "Empty": Empty}
    return {**found, "Own": Own}


QUICK, USUAL = classes(quick), classes(dataclasses.dataclass)
CALLS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Frozen", (1,), {}), ("Frozen", (1, "x"), {"c": {"n": 1}}), ("Frozen", (2,), {"b": "x"}), ("Ordered", (), {}),
    ("Ordered", (1, 2), {}), ("Ordered", (), {"days": 9}), ("Open", (), {}), ("Open", ([1],), {"b": 4}),
    ("Same", (1,), {}), ("Loose", (1,), {}), ("Empty", (), {}), ("Own", (5,), {}),
]  # fmt: skip


def made(kinds: dict[str, Any]) -> list[Any]:
    return [kinds[name](*args, **options) for name, args, options in CALLS]


def test_fields_and_text_are_equal() -> None:
    for one, two in zip(made(QUICK), made(USUAL), strict=True):
        names = [item.name for item in dataclasses.fields(two)]
        assert [item.name for item in dataclasses.fields(one)] == names
        assert [getattr(one, name) for name in names] == [getattr(two, name) for name in names]
        assert repr(one) == repr(two)
        assert type(one).__match_args__ == type(two).__match_args__
        assert hasattr(one, "__dict__") == hasattr(two, "__dict__")


def test_comparisons_and_hashes_are_equal() -> None:
    ours, theirs = [*made(QUICK), *made(QUICK)], [*made(USUAL), *made(USUAL)]
    for i, (one, two) in enumerate(zip(ours, theirs, strict=True)):
        assert [one == other for other in ours] == [two == other for other in theirs]
        assert (type(one).__hash__ is None) == (type(two).__hash__ is None)
        for j in range(len(ours)):
            if type(one).__hash__ is not None and type(ours[j]).__hash__ is not None and one == ours[j]:
                assert hash(one) == hash(ours[j]), (i, j)
    kind = QUICK["Ordered"]
    assert sorted([kind(2, 1), kind(1, 9), kind(1, 2)]) == [kind(1, 2), kind(1, 9), kind(2, 1)]
    assert kind(1) <= kind(1) and kind(1) >= kind(1) and kind(2) > kind(1, 5)
    with pytest.raises(TypeError):
        assert kind(1) < QUICK["Frozen"](1)


def test_what_is_frozen_stays() -> None:
    for name in ("Frozen", "Loose", "Empty"):
        record = QUICK[name](*(() if name == "Empty" else (1,)))
        with pytest.raises(dataclasses.FrozenInstanceError):
            record.a = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del record.a
    record = QUICK["Open"]()
    record.b = 9
    assert record.b == 9
    with pytest.raises(AttributeError):
        record.other = 1


def test_wrong_arguments_are_refused() -> None:
    for args, options in (((), {}), ((1, "b", {}, 4), {}), ((1,), {"d": 1}), ((1,), {"x": 1})):
        with pytest.raises(TypeError):
            QUICK["Frozen"](*args, **options)


def test_defaults_are_not_shared() -> None:
    one, two = QUICK["Open"](), QUICK["Open"]()
    one.a.append(1)
    assert two.a == []


def test_copies_and_replacements() -> None:
    record = QUICK["Frozen"](1, "x", {"n": 1})
    assert dataclasses.replace(record, a=4) == QUICK["Frozen"](4, "x")
    assert dataclasses.replace(record, a=4).double == 8
    assert dataclasses.is_dataclass(QUICK["Frozen"])
    for other in (copy.copy(record), copy.deepcopy(record)):
        assert other == record and other.double == 2 and other.c == {"n": 1}


@quick(frozen=True, slots=True)
class Kept:
    """At the top of a module, where pickles find it."""

    a: int
    b: tuple[int, ...] = ()


def test_a_record_travels() -> None:
    for protocol in (2, pickle.HIGHEST_PROTOCOL):
        assert pickle.loads(pickle.dumps(Kept(1, (2, 3)), protocol)) == Kept(1, (2, 3))
