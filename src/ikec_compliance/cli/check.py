"""``ikec check``: one centre against every rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.output import emit, use_colour, write_file


@click.command(
    cls=IkecCommand,
    short_help="Toets een centrum aan alle regels.",
    help=(
        "Toets een centrum aan alle regels en meld wat niet voldoet, waar regels botsen en wat nog ontbreekt. "
        "CENTRUM is een bestand of map; zonder is dat het meegeleverde voorbeeld."
    ),
)
@click.argument("centre", type=options.FilePath(), metavar="[CENTRUM]", required=False)
@options.selection_options
@options.format_option
@options.output_option
@options.lang_option
@click.option(
    "--fail-on", type=options.Several(options.FAIL_ON, alone="none"), default="violation,conflict", metavar="LIJST",
    help="Waarvoor exitcode 1 geldt: violation, conflict, warning, unknown, review (met komma's) of none. "
    "Zonder: violation,conflict.",
)  # fmt: skip
@click.option(
    "--receipt", type=options.OutputPath(), metavar="BESTAND",
    help="Schrijf apart op waarmee is getoetst (versie, kenmerken, datums), als JSON.",
)  # fmt: skip
@options.later("--baseline")
@options.later("--history")
def check(
    centre: Path | None,
    on: date | None,
    period: tuple[date, date] | None,
    regimes: tuple[str, ...],
    rules_dir: Path | None,
    extra_rules: Path | None,
    verify: bool,
    form: str,
    output: Path | None,
    lang: str,
    fail_on: frozenset[str],
    receipt: Path | None,
) -> int:
    """Check a centre; exit code 1 when something in ``--fail-on`` was found."""
    from ikec_compliance.app.catalogue import open_catalogue
    from ikec_compliance.app.check import CheckRequest, check_centre, exit_code, open_centre

    request = CheckRequest(centre, on, period, regimes, rules_dir, extra_rules, verify)
    catalogue = open_catalogue(rules_dir, extra_rules)
    report = check_centre(open_centre(request), catalogue, request)
    if form == "json":
        from ikec_compliance.report.json_report import render_json

        text = render_json(report)
    else:
        from ikec_compliance.cli.wording import wording_of
        from ikec_compliance.report.text import render_text

        text = render_text(report, wording_of(catalogue.rules, lang, report.receipt.on), use_colour(output))
    if receipt is not None:
        from ikec_compliance.report.json_report import render_receipt

        write_file(receipt, render_receipt(report.receipt))
    emit(text, output)
    return exit_code(report, fail_on)
