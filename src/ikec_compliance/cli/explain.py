"""``ikec explain``: why one rule gives its verdict for one subject."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.output import emit, use_colour


@click.command(
    cls=IkecCommand,
    short_help="Leg een uitkomst uit.",
    help=(
        "Leg een uitkomst uit: elk onderdeel van de regel, de gelezen waarden met hun plaats, en de artikelen. "
        "REGEL is een kenmerk als KO-BKR-01, ONDERWERP een kenmerk als groep:sg-vossen@2026-11-24; "
        "beide staan in het rapport van ‘ikec check’."
    ),
)
@click.argument("centre", type=options.FilePath(), metavar="CENTRUM")
@click.argument("rule", metavar="REGEL")
@click.argument("subject", metavar="ONDERWERP")
@options.on_option
@options.period_option
@options.rule_options
@options.format_option
@options.output_option
@options.lang_option
def explain(
    centre: Path,
    rule: str,
    subject: str,
    on: date | None,
    period: tuple[date, date] | None,
    rules_dir: Path | None,
    extra_rules: Path | None,
    form: str,
    output: Path | None,
    lang: str,
) -> int:
    """Explain one verdict; exit code 0 whatever it is."""
    from ikec_compliance.app.catalogue import open_catalogue
    from ikec_compliance.app.check import CheckRequest
    from ikec_compliance.app.explain import explain as find
    from ikec_compliance.app.translation import translated

    request = CheckRequest(centre, on, period, (), rules_dir, extra_rules)
    line = find(request, rule, subject)
    loaded = open_catalogue(rules_dir, extra_rules).rules
    shown = translated(line, loaded, lang, extra_rules)
    if form == "json":
        from ikec_compliance.report.json_report import render_verdict

        text = render_verdict(shown)
    else:
        from ikec_compliance.cli.wording import wording_of
        from ikec_compliance.report.explanation import render_explanation

        # The version that gave the verdict, known by its source: the date of the check may come from the configuration.
        days = [head.valid.first for head in loaded.heads if head.id == rule and head.source == line.source]
        wording = wording_of(loaded, lang, on or max(days))
        text = render_explanation(shown, wording, use_colour(output))
    emit(text, output)
    return 0
