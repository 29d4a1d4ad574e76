"""The command ``ikec``. Commands import what they run only when they run: ``ikec --help`` stays quick."""

from __future__ import annotations

import click

from ikec_compliance import __version__
from ikec_compliance.cli.bkr import bkr
from ikec_compliance.cli.check import check
from ikec_compliance.cli.conflicts import conflicts
from ikec_compliance.cli.diff import diff
from ikec_compliance.cli.dutch import IkecGroup
from ikec_compliance.cli.excel import export, export_template, import_
from ikec_compliance.cli.explain import explain
from ikec_compliance.cli.fleet import fleet
from ikec_compliance.cli.init import init
from ikec_compliance.cli.receipt import receipt
from ikec_compliance.cli.repair import repair
from ikec_compliance.cli.report import report
from ikec_compliance.cli.rules import rules
from ikec_compliance.cli.serve import serve
from ikec_compliance.cli.validate import validate

__all__ = ["main"]


@click.group(
    "ikec",
    cls=IkecGroup,
    help="Toetst een IKEC aan de regels voor onderwijs, kinderopvang en jeugdhulp, en laat zien waar die botsen.",
    epilog=(
        "Exitcodes: 0 niets gevonden, 1 bevindingen, 2 fout in invoer, regels of optie, 3 interne fout. "
        "‘ikec check’ zonder meer toetst het meegeleverde voorbeeld."
    ),
)
@click.version_option(__version__, prog_name="ikec", message="%(prog)s %(version)s", help="Toon de versie en stop.")
def main() -> None:
    """Group of all commands."""


_COMMANDS = (check, report, conflicts, repair, explain, diff, receipt, validate, bkr, rules, init,
             export_template, export, import_, serve, fleet)  # fmt: skip
for _command in _COMMANDS:
    main.add_command(_command)
