"""A centre as it would have stood on another day: every date of its configuration moved along with the check."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

_DATE = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")


def moved(day: date, old: date, new: date) -> date:
    """``day`` by as many whole years as lie between the checks; what was done by the old check is done by the new.

    Whole years, because school years, calendar years and dates such as 1 July do not move with a check.
    """
    year = day.year + new.year - old.year
    last_of_february = (day.month, day.day) == (2, 29) and (year % 4 != 0 or (year % 100 == 0 and year % 400 != 0))
    there = date(year, 2, 28) if last_of_february else day.replace(year=year)
    return min(there, new) if day <= old else max(there, new)


def shifted_centre(source: Path, target: Path, old: date, new: date) -> Path:
    """A copy of a folder of configuration with every date in it moved from the check on ``old`` to that on ``new``."""
    shutil.copytree(source, target)
    for path in sorted(target.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        path.write_text(
            _DATE.sub(lambda m: moved(date.fromisoformat(m[0]), old, new).isoformat(), text), encoding="utf-8"
        )
    return target
