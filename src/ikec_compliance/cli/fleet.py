"""``ikec fleet``: many centres at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand, IkecGroup
from ikec_compliance.cli.errors import INTERRUPTED

Progress = Callable[[int, int], None]


class Whole(click.ParamType):  # type: ignore[type-arg]
    """A whole number between two bounds, both included."""

    name = "getal"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a usage error."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 20 and self.least <= int(text) <= self.most):
            self.fail(f"‘{text}’ is geen geheel getal van {self.least} tot en met {self.most}", param, ctx)
        return int(text)


@click.group(
    "fleet",
    cls=IkecGroup,
    short_help="Toets veel centra tegelijk.",
    help="Toets veel centra tegelijk, met een overzicht van welke regels waar niet worden nageleefd; of maak een "
    "verzonnen land om het op te proberen.",
)
def fleet() -> None:
    """Group of the commands about many centres."""


@fleet.command(
    cls=IkecCommand,
    short_help="Toets alle centra van een vloot.",
    help="Toets alle centra van VLOOT: een map met een bestand of map per centrum, of een tabel (.parquet of .csv) met "
    "de kolommen id en configuratie (YAML of JSON), en naar keuze regio. De uitkomsten komen in de map van --output: "
    "de tabellen centra en bevindingen (Parquet), overzicht.html en samenvatting.json. Wat klaar is, blijft bij een "
    "onderbreking bewaard: dezelfde opdracht gaat daar verder. De exitcode is de hoogste van alle centra.",
)
@click.argument("source", type=options.FilePath(), metavar="VLOOT")
@click.option(
    "--output", type=options.FilePath(), required=True, metavar="MAP", help="Map voor de uitkomsten: nieuw, leeg of "
    "van dezelfde toets.",
)  # fmt: skip
@click.option(
    "--workers", type=Whole(1, 512), metavar="AANTAL",
    help="Processen op deze machine. Zonder: een per processor.",
)  # fmt: skip
@click.option(
    "--scheduler", default="", metavar="ADRES",
    help="Laat een cluster werken: het adres van een Dask-planner, als tcp://machine:8786.",
)  # fmt: skip
@options.selection_options
@click.option(
    "--seconds", type=Whole(1, 86_400), default=120, metavar="SECONDEN",
    help="Tijd voor een centrum; daarna wordt het nog een keer geprobeerd. Zonder: 120.",
)  # fmt: skip
@click.option(
    "--memory", type=Whole(256, 1 << 20), metavar="MB",
    help="Geheugen (adresruimte) van een proces. Zonder: geen grens.",
)  # fmt: skip
def check(
    source: Path,
    output: Path,
    workers: int | None,
    scheduler: str,
    on: date | None,
    period: tuple[date, date] | None,
    regimes: tuple[str, ...],
    rules_dir: Path | None,
    extra_rules: Path | None,
    verify: bool,
    seconds: int,
    memory: int | None,
) -> int:
    """Check a fleet; the exit code is the worst of its centres."""
    try:
        from ikec_compliance.fleet.pool import Limits
        from ikec_compliance.fleet.run import PAGE, FleetRequest, check_fleet

        limits = Limits(seconds, (memory or 0) << 20)
        request = FleetRequest(
            source, output, workers or _processors(), scheduler, on, period, regimes,
            _absolute(rules_dir), _absolute(extra_rules), verify, limits,
        )  # fmt: skip
        with _bar("Toetsen") as progress:
            code = check_fleet(request, progress)
    except KeyboardInterrupt:
        click.echo(f"ikec: afgebroken; wat klaar is staat in {output}, dezelfde opdracht gaat daar verder", err=True)
        return INTERRUPTED
    click.echo(f"Geschreven: {output / PAGE}")
    return code


@fleet.command(
    cls=IkecCommand,
    short_help="Maak een verzonnen land.",
    help="Maak een verzonnen land in UITVOER: een tabel (.parquet of .csv) of een nieuwe map. Groottes zijn die van "
    "werkelijke clusters van kinderopvang; personeel, roosters, onderwijs en jeugdhulp zijn verzonnen. Met hetzelfde "
    "begingetal komt hetzelfde land.",
)
@click.argument("output", type=options.FilePath(), metavar="UITVOER")
@click.option("--centres", type=Whole(1, 1_000_000), default=1150, metavar="AANTAL",
              help="Aantal centra. Zonder: 1150.")  # fmt: skip
@click.option(
    "--seed", type=Whole(0, 1 << 62), default=1, metavar="GETAL", help="Begingetal van het toeval. Zonder: 1."
)
@click.option(
    "--data", type=options.FilePath(), metavar="MAP",
    help="Map met lrk-clusters.csv en duo-po-vestigingen-2013.csv. Zonder: die van IKEC_DATA_DIR, of de verdeling van "
    "groottes die het programma meebrengt.",
)  # fmt: skip
def generate(output: Path, centres: int, seed: int, data: Path | None) -> int:
    """Write a made-up country."""
    from ikec_compliance.fleet.generate import generate as write

    named = os.environ.get("IKEC_DATA_DIR")
    folder = data if data is not None else Path(named) if named else None
    with _bar("Maken") as progress:
        write(output, centres, seed, folder, progress)
    click.echo(f"Geschreven: {output}")
    return 0


def _absolute(path: Path | None) -> Path | None:
    return None if path is None else path.absolute()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _bar(label: str) -> Iterator[Progress]:
    """A progress bar on a terminal, and nothing anywhere else."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress
