"""What the commands of ``ikec rules`` share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click

from ikec_compliance.cli import options


def format_option(*words: str) -> Callable[[options.F], options.F]:
    """``--format`` for a command that has these forms; the first is the usual one."""
    listing = f"{', '.join(words[:-1])} of {words[-1]}"
    return click.option(
        "--format", "form", type=options.OneOf(words), default=words[0], metavar="VORM",
        help=f"Vorm van de uitvoer: {listing}. Zonder: {words[0]}.",
    )  # fmt: skip


def shown_base(rules_dir: Path | None) -> str:
    """What goes before ``rules/…`` to find a rule file from where the command runs."""
    if rules_dir is None:
        return ""
    parent = os.path.relpath(rules_dir.resolve().parent)
    return "" if parent == "." else f"{parent}/"
