"""The fuzzer's targets take its seeds, and a little of what hypothesis makes of them; the fuzzer itself runs in CI."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.run import NAMES, SEEDS
from tests.fuzz.targets import TARGETS

STRANGE = [b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"9" * 5000, b"1e999", b"-0", b".nan", b"[" * 200, b"\x1b[31m",
           "\u202e".encode(), b"0000-00-00", b"9999-12-31", b"<" * 50, b'"', b"=1+1", b"%%%", b"&a", b"*a"]  # fmt: skip


def seeds(name: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((SEEDS / name).iterdir())]


def test_every_target_has_seeds() -> None:
    assert list(TARGETS) == list(NAMES)
    assert all(seeds(name) for name in NAMES)
    assert sum(len(data) for name in NAMES for data in seeds(name)) < 100_000, "the seeds stay small"


@pytest.mark.parametrize("name", NAMES)
def test_seeds_and_their_damaged_forms(name: str) -> None:
    random = Random(name)
    for data in seeds(name):
        TARGETS[name](data)
        for _ in range(6):
            at, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
            TARGETS[name](
                data[:at]
                + random.choice([b"", *STRANGE, data[at:end] * 2])
                + data[end if random.random() < 0.5 else at :]
            )


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=15)
@given(data=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_anything(name: str, data: bytes) -> None:
    TARGETS[name](data)


def test_a_target_refuses_what_is_no_clean_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("not an InputError")

    monkeypatch.setattr("tests.fuzz.targets.parse", broken)
    with pytest.raises(ValueError, match="not an InputError"):
        TARGETS["rules"](b"x: 1")
