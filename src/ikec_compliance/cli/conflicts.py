"""``ikec conflicts``: only where regimes collide."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ikec_compliance.app.request import CheckRequest
from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.output import emit, use_colour
from ikec_compliance.model.errors import InputError


@click.command(
    cls=IkecCommand,
    short_help="Laat zien waar regels botsen.",
    help=(
        "Laat zien waar de regels van onderwijs, kinderopvang en jeugdhulp botsen, met het bewijs en wat wel mag. "
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
    help="Waarvoor exitcode 1 geldt: conflict, warning (met komma's) of none. Zonder: conflict.",
)  # fmt: skip
@click.option(
    "--check-certificates", is_flag=True, help="Reken elk bewijs na; een bewijs dat niet klopt geeft exitcode 3."
)
@click.option("--unlisted", is_flag=True, help="Alleen de botsingen die in geen beschreven frictie staan.")
@click.option(
    "--joint", "joint_subject", metavar="ONDERWERP",
    help="Wat voor een groep of medewerker (groep:ID of medewerker:ID) van alle regimes samen geldt, en wie begrenst.",
)  # fmt: skip
def conflicts(
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
    check_certificates: bool,
    unlisted: bool,
    joint_subject: str | None,
) -> int:
    """Show the conflicts; exit code 1 when one is open. The joint requirement of a subject ends with 0."""
    from ikec_compliance.app.catalogue import open_catalogue
    from ikec_compliance.app.check import exit_code
    from ikec_compliance.app.conflicts import conflicts as find_conflicts
    from ikec_compliance.app.translation import translated

    request = CheckRequest(centre, on, period, regimes, rules_dir, extra_rules, verify)
    if joint_subject is not None:
        if unlisted or check_certificates:
            raise InputError("--joint staat alleen: geef --unlisted en --check-certificates apart")
        emit(_joint(request, joint_subject, form, lang, output), output)
        return 0
    report = find_conflicts(request, check_certificates, unlisted)
    rules = open_catalogue(rules_dir, extra_rules).rules
    report = translated(report, rules, lang, extra_rules)
    if form == "json":
        from ikec_compliance.report.json_report import render_json

        text = render_json(report)
    else:
        from ikec_compliance.cli.wording import wording_of
        from ikec_compliance.report.text import render_conflicts

        wording = wording_of(rules, lang, report.receipt.on)
        text = render_conflicts(report, wording, use_colour(output))
    emit(text, output)
    return exit_code(report, fail_on)


def _joint(request: CheckRequest, subject: str, form: str, lang: str, output: Path | None) -> str:
    from ikec_compliance.app.catalogue import open_catalogue
    from ikec_compliance.app.joint import joint
    from ikec_compliance.app.translation import translated
    from ikec_compliance.report.joint import joint_json, joint_text

    catalogue = open_catalogue(request.rules, request.extra_rules)
    found = translated(joint(request, subject), catalogue.rules, lang, request.extra_rules)
    if form == "json":
        return joint_json(found)
    from ikec_compliance.cli.wording import wording_of

    return joint_text(found, wording_of(catalogue.rules, lang, found.receipt.on), use_colour(output))
