"""``ikec validate``: schema and references of configurations only."""

from __future__ import annotations

from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand


@click.command(
    cls=IkecCommand,
    short_help="Controleer de schrijfwijze van een configuratie.",
    help="Controleer of configuraties goed geschreven zijn: sleutels, waarden en verwijzingen. Toetst geen regels.",
)
@click.argument("centres", type=options.FilePath(), metavar="CENTRUM…", nargs=-1, required=True)
def validate(centres: tuple[Path, ...]) -> int:
    """Validate configurations; the first that is wrong ends the run with exit code 2."""
    from ikec_compliance.app.validate import validate as check

    for name in check(centres):
        click.echo(f"{name}: geldig")
    return 0
