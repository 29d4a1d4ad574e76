"""``ikec init``: a first configuration to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand


@click.command(
    cls=IkecCommand,
    short_help="Maak een eerste configuratie.",
    help="Maak in MAP een eerste configuratie (centrum.yaml) die al een rapport geeft. Overschrijft niets.",
)
@click.argument("folder", type=options.FilePath(), metavar="MAP")
def init(folder: Path) -> int:
    """Write a first configuration."""
    from ikec_compliance.app.init import init as write

    path = write(folder)
    click.echo(f"Geschreven: {path}")
    click.echo(f"Vul het aan en toets het met: ikec check {folder}")
    return 0
