"""docs/slechte-invoer.md is true: every bad input on it gives that message, one line, exit code 2, and no more."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.yamlio import bounded
from ikec_compliance.yamlio.reader import read
from tests.fuzz.bad_inputs import CENTRUM, MB, PAGE, make, problems, rows, run

ROWS = list(rows(PAGE.read_text(encoding="utf-8")))
START = Location("x", 1, 1)


def test_the_page_covers_what_can_be_read() -> None:
    commands = " ".join(bad.command for _, bad in ROWS)
    for part in ("validate", "--extra-rules", "import x.xlsx", "--mapping", "--lrk", "--duo", "--batch", "--baseline",
                 "receipt check", "--history", "source-check", "diff"):  # fmt: skip
        assert part in commands, part
    assert len(ROWS) > 180
    assert len({(bad.command, tuple(bad.files.items())) for _, bad in ROWS}) == len(ROWS)


@pytest.mark.parametrize(("number", "bad"), ROWS, ids=[f"{number + 1}: {bad.what}" for number, bad in ROWS])
def test_a_row_of_the_page(number: int, bad: object, tmp_path: Path) -> None:
    make(bad, tmp_path)  # type: ignore[arg-type]
    found = run(bad.command, tmp_path)  # type: ignore[attr-defined]
    assert problems(bad, found) == []  # type: ignore[arg-type]
    assert found.message == bad.message  # type: ignore[attr-defined]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(CENTRUM, encoding="utf-8")

    def refused(*_: object, **__: object) -> int:
        raise PermissionError

    # Whoever runs the tests as root may read everything.
    monkeypatch.setattr(bounded.os, "open", refused)
    with pytest.raises(InputError, match="mag niet worden gelezen; controleer de toegangsrechten"):
        read(path)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    with path.open("wb") as stream:
        stream.truncate(100 * MB)
    monkeypatch.setattr(bounded, "_read", lambda *_: pytest.fail("the file was read"))
    with pytest.raises(InputError, match="groter dan 8 MB"):
        read(path)


def test_a_pipe_that_somebody_writes_to_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as stream:
            for part in (CENTRUM[:20], CENTRUM[20:]):
                stream.write(part.encode())
                stream.flush()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert bounded.read_bounded(f"/dev/fd/{reading}", START, MB, "een bestand", "") == CENTRUM.encode()
    finally:
        thread.join()
        os.close(reading)


def test_a_pipe_that_stays_silent_or_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "SECONDS_FOR_A_PIPE", 0.05)
    reading, writing = os.pipe()
    try:
        with pytest.raises(InputError, match="er komt niets uit deze pijp"):
            bounded.read_bounded(f"/dev/fd/{reading}", START, MB, "een bestand", "")
        os.write(writing, b"x" * 2000)
        with pytest.raises(InputError, match="groter dan 0 MB; verdeel"):
            bounded.read_bounded(f"/dev/fd/{reading}", START, 1000, "een bestand", "verdeel het")
    finally:
        os.close(reading)
        os.close(writing)


def test_a_program_of_its_own_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(CENTRUM.encode() + b"a: \x1b[31m\n")
    done = subprocess.run([sys.executable, "-m", "ikec_compliance", "validate", "x.yaml"], cwd=tmp_path, check=False,
                          env={**os.environ, "PYTHONPATH": str(PAGE.parents[1] / "src")}, capture_output=True,
                          text=True, timeout=60)  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("x.yaml:3:4: hier staat een onzichtbaar stuurteken (U+001B)")
    assert done.stderr.count("\n") == 1
