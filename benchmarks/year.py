"""A year of rosters for one centre, checked by the whole program on one processor; and how that grows.

Nothing is timed before the answers are right: days drawn from the year are counted again minute by minute, straight
from the plan behind the roster and by the fractions of the tests, without a line of the program.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from rosters import CLOSE, OPEN, QUARTER, WEEKDAYS, Size, centre, counts, late_start
from test_bkr_dagopvang import worked_out

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.check import CheckRequest, check_centre, open_centre

YEAR = Size()
SIZES = {
    "a year, 40 groepen": YEAR,
    "half a year, 40 groepen": replace(YEAR, last=date(2026, 7, 1)),
    "a quarter, 40 groepen": replace(YEAR, last=date(2026, 4, 1)),
    "a year, 20 groepen": replace(YEAR, groups=20),
    "a year, 10 groepen": replace(YEAR, groups=10),
}
_RATIO = worked_out()
_ALLOWED = 180
"""Minutes a day with fewer beroepskrachten than required: the opvang lasts more than ten hours, the plan has frames."""


def prepare(folder: Path) -> None:
    """Write the centres, one folder each."""
    for name, size in SIZES.items():
        place = folder / name
        place.mkdir()
        (place / "centrum.yaml").write_text(centre(size), encoding="utf-8")


def check(folder: Path, name: str, *arguments: str) -> bytes:
    """What ``ikec check`` prints, in a process of its own that keeps to one processor."""
    size = SIZES[name]
    command = [sys.executable, "-m", "ikec_compliance", "check", str(folder / name), "--fail-on", "none"]
    command += ["--period", f"{size.first}/{size.last}", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent / "src")}
    done = subprocess.run(command, env=environment, capture_output=True, check=False, preexec_fn=_one_processor)
    if done.returncode or done.stderr:
        raise SystemExit(f"ikec check ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def _one_processor() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def late(size: Size, group: int, day: date) -> int | None:
    """When the second beroepskracht of a groep comes on a day with a dated line; ``None`` on the other days."""
    week, found = size.mondays().index(day - timedelta(days=day.weekday())), None
    for number in range(size.exceptions_a_week):
        same_day = (week + 2 * number) % 5 == day.weekday()
        if same_day and (week * 7 + number * 11) % size.groups == group:
            found = late_start(number)
    return found


def staff_at(minute: int, dated: int | None) -> int:
    """Beroepskrachten in a groep: each has a break of half an hour, who comes late that day has none."""
    there = 0
    for number, (start, rest, end) in enumerate(((OPEN, 720, 1020), (OPEN + 30, 750, CLOSE), (OPEN + 75, 780, CLOSE))):
        if number == 1 and dated is not None:
            there += dated <= minute < CLOSE
        else:
            there += start <= minute < end and not rest <= minute < rest + 30
    return there


def expected(size: Size, group: int, day: date) -> tuple[str, list[str]]:
    """The verdict on a stamgroep (BKK 7 lid 2 and 4), and the minutes that breach it."""
    short, wrong, dated = 0, [], late(size, group, day)
    pattern = 0 if WEEKDAYS[day.weekday()] in ("ma", "di", "do") else 1
    for minute in range(OPEN, CLOSE):
        quarter = OPEN + (minute - OPEN) // QUARTER * QUARTER
        ages = counts(group, pattern, quarter, True)
        required = _RATIO[tuple(ages.get(age, 0) for age in range(4))][0]
        staff = staff_at(minute, dated)
        if required is None or staff >= required:
            continue
        short += 1
        if short > _ALLOWED or 2 * staff < required:
            wrong.append(f"{minute // 60:02d}:{minute % 60:02d}")
    return ("voldoet_niet" if wrong else "voldoet"), wrong


def agree(folder: Path) -> tuple[int, int]:
    """End the run unless the year's verdicts are those of the plan; how many days were counted again, and breached."""
    period = (YEAR.first, YEAR.last)
    request = CheckRequest(folder / next(iter(SIZES)), period=period, regimes=("kinderopvang",), seconds=0)
    report = check_centre(open_centre(request), open_catalogue(None, None), request)
    verdicts = {line.subject: line for line in report.verdicts if line.rule == "KO-BKR-01"}
    closed = {date(2026, 1, 1), date(2026, 12, 25)}
    days = [YEAR.first + timedelta(days=n) for n in range((YEAR.last - YEAR.first).days + 1)]
    done = breached = 0
    for number, day in enumerate(day for day in days if day.weekday() < 5 and day not in closed):
        for group in range(YEAR.stamgroepen):
            # Every day with a dated line, and of the others one in seven.
            if late(YEAR, group, day) is None and (number + group) % 7:
                continue
            line = verdicts[f"groep:g{group}@{day}"]
            verdict, wrong = expected(YEAR, group, day)
            told = [minute for part in line.intervals for minute in _minutes(part.start, part.end)]
            if (line.verdict.value, told) != (verdict, wrong):
                raise SystemExit(f"the answers differ: {line.subject}")
            done, breached = done + 1, breached + (verdict == "voldoet_niet")
    return done, breached


def _minutes(start: str, end: str) -> list[str]:
    first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (start, end))
    return [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(first, last)]


def runs(folder: Path) -> dict[str, Callable[[], object]]:
    """What to time, by name."""
    return {f"{name}, whole process": lambda name=name: check(folder, name) for name in SIZES}  # type: ignore[misc]
