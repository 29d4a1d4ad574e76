"""``ikec report``: the result of a check as its reader needs it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.output import emit, use_colour, write_file

_AUDIENCES = ("directie", "ggd", "onderwijsinspectie", "igj", "beleid")
_FORMS = ("html", "markdown", "xlsx", "text")
_ENDINGS = {".html": "html", ".htm": "html", ".md": "markdown", ".xlsx": "xlsx"}


@click.command(
    cls=IkecCommand,
    short_help="Maak een rapport voor directie, beleid of een toezichthouder.",
    help=(
        "Maak een rapport voor wie het leest: directie begint met een bladzijde om mee aan de slag te gaan, ggd, "
        "onderwijsinspectie en igj volgen de eigen volgorde van de toezichthouder, beleid bevat alles. "
        "CENTRUM is een bestand of map; zonder is dat het meegeleverde voorbeeld."
    ),
)
@click.argument("centre", type=options.FilePath(), metavar="[CENTRUM]", required=False)
@click.option(
    "--for", "audience", type=options.OneOf(_AUDIENCES), required=True, metavar="LEZER",
    help="Voor wie: directie, ggd, onderwijsinspectie, igj of beleid.",
)  # fmt: skip
@click.option(
    "--voorziening", "facility", default="", metavar="ID",
    help="Alleen het hoofdstuk van deze voorziening (bij ggd, onderwijsinspectie en igj).",
)  # fmt: skip
@options.on_option
@options.period_option
@options.rule_options
@options.verify_option
@click.option(
    "--format", "form", type=options.OneOf(_FORMS), metavar="VORM",
    help="Vorm: html, markdown, xlsx of text. Zonder: naar de naam van --output, anders text.",
)  # fmt: skip
@options.output_option
@options.lang_option
@options.history_option
@click.option(
    "--ics",
    type=options.OutputPath(),
    metavar="BESTAND",
    help="Schrijf wat binnen 90 dagen afloopt ook als agenda (.ics).",
)
def report(
    centre: Path | None,
    audience: str,
    facility: str,
    on: date | None,
    period: tuple[date, date] | None,
    rules_dir: Path | None,
    extra_rules: Path | None,
    verify: bool,
    form: str | None,
    output: Path | None,
    lang: str,
    history: Path | None,
    ics: Path | None,
) -> int:
    """Write a report; exit code 0 whatever it says."""
    from ikec_compliance.app.catalogue import open_catalogue
    from ikec_compliance.app.check import CheckRequest, check_centre, open_centre
    from ikec_compliance.app.history import keep
    from ikec_compliance.app.publish import agenda, check_facility, publish
    from ikec_compliance.app.translation import translated
    from ikec_compliance.cli.wording import wording_of

    form = form or (_ENDINGS.get(output.suffix.lower(), "text") if output is not None else "text")
    request = CheckRequest(centre, on, period, (), rules_dir, extra_rules, verify, overview=True)
    catalogue = open_catalogue(rules_dir, extra_rules)
    result = check_centre(open_centre(request), catalogue, request)
    check_facility(result, audience, facility)
    if history is not None:
        result = keep(result, history)
    wording = wording_of(catalogue.rules, lang, result.receipt.on)
    result = translated(result, catalogue.rules, lang, extra_rules)
    made = publish(result, wording, audience, form, facility, use_colour(output))
    if ics is not None:
        write_file(ics, agenda(result, wording))
    emit(made, output)
    return 0
