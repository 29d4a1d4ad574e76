"""``ikec repair``: the smallest changes of the centre's own choices that mend what is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ikec_compliance.app.request import CheckRequest
from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.output import emit, use_colour


@click.command(
    cls=IkecCommand,
    short_help="Zoek de kleinste wijzigingen die bevindingen verhelpen.",
    help=(
        "Zoek de kleinste wijzigingen van eigen keuzes en aantallen die bevindingen en botsingen verhelpen, met wie "
        "erover beslist. Een plicht uit de wet wordt nooit gewijzigd. CENTRUM is een bestand of map; zonder is dat het "
        "meegeleverde voorbeeld."
    ),
)
@click.argument("centre", type=options.FilePath(), metavar="[CENTRUM]", required=False)
@options.selection_options
@click.option(
    "--apply", "out", type=options.FilePath(), metavar="UIT",
    help="Schrijf de goedkoopste wijzigingen naar deze nieuwe map (of dit nieuwe bestand) en toets die.",
)  # fmt: skip
@options.format_option
@options.output_option
@options.lang_option
def repair(
    centre: Path | None,
    on: date | None,
    period: tuple[date, date] | None,
    regimes: tuple[str, ...],
    rules_dir: Path | None,
    extra_rules: Path | None,
    verify: bool,
    out: Path | None,
    form: str,
    output: Path | None,
    lang: str,
) -> int:
    """Show the repairs, and write them with ``--apply``; exit code 0 when it answered."""
    from ikec_compliance.app.catalogue import open_catalogue
    from ikec_compliance.app.repair import repair as find_repairs
    from ikec_compliance.app.translation import translated
    from ikec_compliance.report.repairs import plan_json, plan_text

    plan = find_repairs(CheckRequest(centre, on, period, regimes, rules_dir, extra_rules, verify), out)
    rules = open_catalogue(rules_dir, extra_rules).rules
    plan = translated(plan, rules, lang, extra_rules)
    if form == "json":
        emit(plan_json(plan), output)
        return 0
    from ikec_compliance.cli.wording import wording_of

    wording = wording_of(rules, lang, plan.receipt.on)
    emit(plan_text(plan, wording, use_colour(output)), output)
    return 0
