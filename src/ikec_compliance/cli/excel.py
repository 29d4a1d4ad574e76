"""``ikec export-template``, ``ikec export`` and ``ikec import``: Excel in and out, and facts from registers."""

from __future__ import annotations

from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.errors import DutchUsageError
from ikec_compliance.model.errors import InputError


class NewWorkbook(options.OutputPath):
    """A workbook to write: it is never written over another file."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a usage error."""
        path = super().convert(value, param, ctx)
        if path.suffix.lower() != ".xlsx":
            self.fail(f"{path} is geen naam van een Excel-bestand; laat de naam eindigen op .xlsx", param, ctx)
        return path


class NewFolder(options.FilePath):
    """A folder to make: the folder it stands in must be there."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, or a usage error."""
        path = super().convert(value, param, ctx)
        if not path.parent.is_dir():
            self.fail(f"de map {path.parent} bestaat niet; maak haar eerst", param, ctx)
        return path


def _write(path: Path, content: bytes) -> None:
    from ikec_compliance.cli.output import write_file

    _refuse_existing(path)
    write_file(path, content)
    click.echo(f"Geschreven: {path}")


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise InputError(f"{path} bestaat al en wordt niet overschreven; kies een andere naam")


@click.command(
    "export-template",
    cls=IkecCommand,
    short_help="Maak een lege Excel-werkmap om in te vullen.",
    help="Maak een lege Excel-werkmap om in te vullen, met uitleg, keuzelijsten en controles. Overschrijft niets.",
)
@click.argument("path", type=NewWorkbook(), metavar="XLSX")
def export_template(path: Path) -> int:
    """Write the empty workbook."""
    from ikec_compliance.app.exchange import template_book

    _refuse_existing(path)
    _write(path, template_book())
    click.echo(f"Vul haar in en lees haar in met: ikec import {path} --output MAP")
    return 0


@click.command(
    cls=IkecCommand,
    short_help="Schrijf een configuratie als Excel-werkmap.",
    help="Schrijf de configuratie CENTRUM (bestand of map) als Excel-werkmap. Overschrijft niets.",
)
@click.argument("centre", type=options.FilePath(), metavar="CENTRUM")
@click.argument("path", type=NewWorkbook(), metavar="XLSX")
def export(centre: Path, path: Path) -> int:
    """Write a configuration as a workbook."""
    from ikec_compliance.app.exchange import centre_workbook

    _refuse_existing(path)
    _write(path, centre_workbook(centre))
    return 0


@click.command(
    "import",
    cls=IkecCommand,
    short_help="Lees een Excel-werkmap of gegevens van LRK en DUO in.",
    help=(
        "Lees BRON in: een Excel-werkmap, die met --output een nieuwe configuratiemap wordt; of een configuratie, om "
        "met --lrk en --duo te vergelijken met de registers. Wat ontbreekt vult --output in een nieuwe map aan, of "
        "--into in de bestanden zelf; zonder die twee wordt niets geschreven. Een verschil wordt gemeld en nooit "
        "overschreven."
    ),
)
@click.argument("source", type=options.FilePath(), metavar="[BRON]", required=False)
@click.option("--output", type=NewFolder(), metavar="MAP", help="Nieuwe map voor de configuratie.")
@click.option("--mapping", type=options.FilePath(), metavar="BESTAND",
              help="Kolommenbestand (YAML): hoe bladen en kolommen van een bestaande export hier heten.")  # fmt: skip
@click.option("--base", type=options.FilePath(), metavar="CENTRUM",
              help="Configuratie waaruit komt wat de werkmap niet heeft.")  # fmt: skip
@click.option("--lrk", type=options.FilePath(), metavar="BESTAND", help="Open data van het LRK (CSV).")
@click.option("--duo", type=options.FilePath(), metavar="BESTAND", help="Lijst van schoolvestigingen van DUO (CSV).")
@click.option("--into", type=options.FilePath(), metavar="CENTRUM",
              help="Configuratie die in haar eigen bestanden wordt aangevuld uit --lrk en --duo.")  # fmt: skip
@click.pass_context
def import_(
    ctx: click.Context, source: Path | None, output: Path | None, mapping: Path | None, base: Path | None,
    lrk: Path | None, duo: Path | None, into: Path | None,
) -> int:  # fmt: skip
    """Read a workbook or the registers; exit code 0 when it answered."""
    from ikec_compliance.app import exchange
    from ikec_compliance.importers.registered_text import registered_text

    registers = lrk is not None or duo is not None
    if into is not None and (source is not None or output is not None):
        raise DutchUsageError("--into staat zonder BRON en zonder --output: het vult de genoemde configuratie aan", ctx)
    if into is not None or (source is not None and exchange.is_configuration(source)):
        if not registers:
            raise DutchUsageError("noem ook --lrk of --duo: daaruit wordt de configuratie aangevuld", ctx)
        if mapping is not None or base is not None:
            raise DutchUsageError("--mapping en --base horen bij een Excel-werkmap", ctx)
        path = into or source
        assert path is not None
        done = exchange.import_facts(path, lrk, duo, output, in_place=into is not None)
    elif source is None:
        raise DutchUsageError("noem een BRON: een Excel-werkmap of een configuratie", ctx)
    elif output is None:
        raise DutchUsageError("noem met --output de nieuwe map voor de configuratie", ctx)
    else:
        done = exchange.import_workbook(source, output, mapping, base, lrk, duo)
    if registers:
        click.echo(registered_text(done.facts), nl=False)
    if done.files:
        click.echo(f"Geschreven in {done.folder}: {', '.join(done.files)}")
        click.echo(f"Toets met: ikec check {done.folder}")
    elif done.folder is not None or registers:
        click.echo("Er is niets geschreven.")
    return 0
