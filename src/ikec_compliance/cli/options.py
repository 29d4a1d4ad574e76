"""Options that several commands share, with their Dutch errors."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from ikec_compliance.app.request import YEARS
from ikec_compliance.cli.errors import DutchUsageError
from ikec_compliance.yamlio.suggest import did_you_mean

F = TypeVar("F", bound=Callable[..., Any])

REGIMES = ("onderwijs", "kinderopvang", "jeugdhulp", "huisregel", "gemeente")
FORMATS = ("text", "json")
GATES = ("sarif", "junit", "github")
PAPERS = ("markdown", "html", "xlsx")
LATER_FORMATS = PAPERS
"""Forms that only reports of a check have: other commands say that they do not have them yet."""

_LONGEST_NAME, _LONGEST_PATH = 255, 4095
"""Bytes, on Linux."""

FAIL_ON = ("violation", "conflict", "warning", "unknown", "review", "none")


class OneOf(click.ParamType):  # type: ignore[type-arg]
    """One of a few words; ``later`` are words that this version does not know yet."""

    name = "woord"

    def __init__(self, words: Sequence[str], later: Sequence[str] = ()) -> None:
        self.words = words
        self.later = later

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, or a usage error that lists what there is."""
        if value in self.words:
            return str(value)
        listing = f"kies uit {', '.join(self.words)}"
        if value in self.later:
            self.fail(f"‘{value}’ is er nog niet; {listing}", param, ctx)
        self.fail(f"onbekende waarde ‘{value}’{did_you_mean(str(value), self.words)}; {listing}", param, ctx)


class Day(click.ParamType):  # type: ignore[type-arg]
    """A date as 2026-11-23."""

    name = "datum"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        if isinstance(value, date):
            return value
        found = parse_day(value)
        if found is None:
            example = "schrijf jjjj-mm-dd (1900 tot en met 2199), bijvoorbeeld 2026-11-23"
            self.fail(f"‘{value}’ is geen datum; {example}", param, ctx)
        return found


class Days(click.ParamType):  # type: ignore[type-arg]
    """A period as 2026-11-23/2026-11-27, both days included."""

    name = "periode"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[date, date]:
        """First and last day, or a usage error."""
        if isinstance(value, tuple):
            return value
        first, last = (parse_day(part) for part in [*value.split("/"), "", ""][:2])
        if first is None or last is None or value.count("/") != 1:
            self.fail(f"‘{value}’ is geen periode; schrijf van/tot, bijvoorbeeld 2026-11-23/2026-11-27", param, ctx)
        if last < first:
            self.fail(f"de laatste dag ({last}) ligt voor de eerste ({first})", param, ctx)
        return first, last


class Several(click.ParamType):  # type: ignore[type-arg]
    """A set of words separated by commas; ``alone`` is a word that stands alone and means the empty set."""

    name = "lijst"

    def __init__(self, words: Sequence[str], alone: str = "") -> None:
        self.words = words
        self.alone = alone

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[str]:
        """The set, or a usage error that lists what there is."""
        if isinstance(value, frozenset):
            return value
        words = [word.strip() for word in value.split(",")]
        for word in words:
            if word not in self.words:
                hint = did_you_mean(word, self.words)
                self.fail(f"onbekende waarde ‘{word}’{hint}; kies uit {', '.join(self.words)}", param, ctx)
        if self.alone in words and len(set(words)) > 1:
            self.fail(f"{self.alone} staat alleen", param, ctx)
        return frozenset(words) - {self.alone}


class FilePath(click.ParamType):  # type: ignore[type-arg]
    """A file or folder; whether it is there is checked where it is read, which gives the better message."""

    name = "pad"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a usage error when it is empty or no path at all."""
        if isinstance(value, Path):
            return value
        if not value or "\0" in value:
            self.fail("een leeg pad; geef de naam van een bestand of map", param, ctx)
        # Beyond this every question about the path is an error of the system.
        written = os.fsencode(value)
        if len(written) > _LONGEST_PATH or any(len(part) > _LONGEST_NAME for part in written.split(b"/")):
            self.fail(f"‘{value[:40]}…’ is te lang voor de naam van een bestand", param, ctx)
        return Path(value)


class OutputPath(FilePath):
    """A file to write: its folder must be there, so that long work is not done in vain."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a usage error."""
        path = super().convert(value, param, ctx)
        if not path.parent.is_dir():
            self.fail(f"de map {path.parent} bestaat niet; maak haar eerst", param, ctx)
        if path.is_dir():
            self.fail(f"{path} is een map; geef een bestandsnaam", param, ctx)
        return path


def parse_day(text: str) -> date | None:
    """An ISO date of a year in which a check makes sense, or ``None``."""
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found is not None and found.year in YEARS else None


def apply(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Several decorators as one; the help lists them in this order."""

    def all_of_them(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return all_of_them


def refuse_later(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Callback of an option of the design that this version does not have."""
    if value is not None and value is not False:
        known = [opt for other in ctx.command.params if not getattr(other, "hidden", False)
                 for opt in other.opts if opt.startswith("--")]  # fmt: skip
        name = param.opts[0]
        raise DutchUsageError(f"de optie {name} is er nog niet; deze versie kent {', '.join(known)}", ctx)


def later(name: str, flag: bool = False) -> Callable[[F], F]:
    """A hidden option that is refused with what there is instead."""
    if flag:
        return click.option(name, is_flag=True, hidden=True, expose_value=False, callback=refuse_later)
    return click.option(name, hidden=True, expose_value=False, callback=refuse_later)


on_option = click.option(
    "--on",
    type=Day(),
    metavar="DATUM",
    help="Peildatum, als 2026-11-23. Zonder: de peildatum van het centrum of vandaag.",
)
period_option = click.option(
    "--period", type=Days(), metavar="VAN/TOT", help="Dagen waarvan het rooster wordt getoetst, beide inbegrepen."
)
regime_option = click.option(
    "--regime", "regimes", type=OneOf(REGIMES), multiple=True, metavar="REGIME",
    help=f"Alleen de regels van dit regime ({', '.join(REGIMES)}); mag vaker.",
)  # fmt: skip
rules_option = click.option(
    "--rules", "rules_dir", type=FilePath(), metavar="MAP",
    help="Map met de regels. Zonder: ./rules als die er is, anders de meegeleverde regels.",
)  # fmt: skip
extra_rules_option = click.option(
    "--extra-rules", type=FilePath(), metavar="MAP", help="Map met lokale regels (huisregel of gemeente)."
)
output_option = click.option(
    "--output", type=OutputPath(), metavar="BESTAND", help="Schrijf de uitvoer naar dit bestand."
)
history_option = click.option(
    "--history", type=FilePath(), metavar="MAP",
    help="Bewaar de uitkomst in deze map en laat zien wat er sinds de vorige is veranderd.",
)  # fmt: skip
lang_option = click.option(
    "--lang", type=OneOf(("nl", "en")), default="nl", metavar="TAAL", help="Taal van de tekst: nl of en. Zonder: nl."
)
format_option = click.option(
    "--format", "form", type=OneOf(FORMATS, (*GATES, *PAPERS)), default="text", metavar="VORM",
    help="Vorm van de uitvoer: text of json. Zonder: text.",
)  # fmt: skip
check_format_option = click.option(
    "--format", "form", type=OneOf((*FORMATS, *GATES, *PAPERS)), default="text", metavar="VORM",
    help="Vorm van de uitvoer: text, json, sarif, junit, github, markdown, html of xlsx. Zonder: text.",
)  # fmt: skip
verify_option = click.option(
    "--verify", is_flag=True, help="Reken elke uitkomst na met een tweede, onafhankelijke berekening."
)
rule_options = apply(rules_option, extra_rules_option)
selection_options = apply(on_option, period_option, regime_option, rule_options, verify_option)
