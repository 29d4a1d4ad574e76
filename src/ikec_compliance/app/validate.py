"""Checks configurations against schema and references only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ikec_compliance.centre import load_centre


def validate(paths: Sequence[Path]) -> list[str]:
    """The names of the configurations, all of them valid; ``InputError`` for the first that is not."""
    return [load_centre(path).name for path in paths]
