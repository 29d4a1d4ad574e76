"""``ikec receipt``: repeat a check from its receipt."""

from __future__ import annotations

from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand, IkecGroup
from ikec_compliance.cli.errors import FOUND
from ikec_compliance.cli.output import emit


@click.group(
    cls=IkecGroup,
    short_help="Herhaal een toets vanaf zijn ontvangstbewijs.",
    help="Werk met ontvangstbewijzen: ‘ikec check --receipt BESTAND’ schrijft er een.",
)
def receipt() -> None:
    """Group of commands on receipts."""


@receipt.command(
    "check",
    cls=IkecCommand,
    short_help="Herhaal de toets en meld wat verschilt.",
    help=(
        "Herhaal de toets die een ontvangstbewijs beschrijft en meld wat verschilt: regels, configuratie, programma, "
        "gelezen wetsteksten, uitkomsten. Exitcode 0 als alles gelijk is, 1 als iets verschilt. Paden in het bewijs "
        "gelden vanuit de map waarin u nu staat; staat iets elders, noem dat dan met een optie."
    ),
)
@click.argument("file", type=options.FilePath(), metavar="BESTAND")
@click.option("--centre", type=options.FilePath(), metavar="CENTRUM", help="Waar het centrum nu staat.")
@click.option("--rules", "rules_dir", type=options.FilePath(), metavar="MAP", help="Waar de regels nu staan.")
@click.option("--extra-rules", type=options.FilePath(), metavar="MAP", help="Waar de lokale regels nu staan.")
@options.format_option
@options.output_option
def check(
    file: Path, centre: Path | None, rules_dir: Path | None, extra_rules: Path | None, form: str, output: Path | None
) -> int:
    """Repeat a check; exit code 1 when it differs from its receipt."""
    from ikec_compliance.app.receipt import repeat
    from ikec_compliance.report.receipt import receipt_json, receipt_text

    found = repeat(file, centre, rules_dir, extra_rules)
    if form == "json":
        text = receipt_json(found.file, found.differences, found.same_results)
    else:
        then = found.then
        text = receipt_text(found.file, then["centre_name"], str(then["on"]), found.differences, found.same_results)
    emit(text, output)
    return FOUND if found.differences else 0
