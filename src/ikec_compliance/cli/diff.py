"""``ikec diff``: what a change of configuration flips."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.errors import FOUND
from ikec_compliance.cli.output import append_file, emit, use_colour

FORMATS = ("text", "json", "github", "markdown")


@click.command(
    cls=IkecCommand,
    short_help="Laat zien wat een wijziging omgooit.",
    help=(
        "Vergelijk twee configuraties: welke uitkomsten en botsingen veranderen. OUD en NIEUW zijn elk een bestand, "
        "een map of een JSON-rapport van ‘ikec check’; een rapport houdt de opties waarmee het is gemaakt. "
        "Exitcode 1 als een uitkomst slechter is geworden of een nieuw onderwerp een bevinding heeft; wat is "
        "geaccepteerd telt niet."
    ),
)
@click.argument("old", type=options.FilePath(), metavar="OUD")
@click.argument("new", type=options.FilePath(), metavar="NIEUW")
@options.selection_options
@click.option(
    "--format", "form", type=options.OneOf(FORMATS, (*options.GATES, *options.LATER_FORMATS)), default="text",
    metavar="VORM", help="Vorm van de uitvoer: text, json, github of markdown. Zonder: text.",
)  # fmt: skip
@options.output_option
@options.lang_option
def diff(
    old: Path,
    new: Path,
    on: date | None,
    period: tuple[date, date] | None,
    regimes: tuple[str, ...],
    rules_dir: Path | None,
    extra_rules: Path | None,
    verify: bool,
    form: str,
    output: Path | None,
    lang: str,
) -> int:
    """Compare two configurations; exit code 1 when something became worse."""
    from ikec_compliance.app.diff import diff as find
    from ikec_compliance.app.request import CheckRequest
    from ikec_compliance.app.translation import DUTCH

    found = find(old, new, CheckRequest(None, on, period, regimes, rules_dir, extra_rules, verify))
    if lang != DUTCH:
        from ikec_compliance.app.catalogue import open_catalogue
        from ikec_compliance.app.translation import translated

        found = translated(found, open_catalogue(rules_dir, extra_rules).rules, lang, extra_rules)
    if form == "json":
        from ikec_compliance.report.diff import diff_json

        text = diff_json(found)
    else:
        from ikec_compliance.report.diff import diff_text
        from ikec_compliance.report.diff_gates import diff_github, diff_markdown
        from ikec_compliance.report.wording import Wording
        from ikec_compliance.report.words import LANGUAGES, Words

        wording = Wording(Words(next(item for item in LANGUAGES if item == lang)), base=os.getcwd())
        if form == "text":
            text = diff_text(found, wording, use_colour(output))
        elif form == "markdown":
            text = diff_markdown(found, wording)
        else:
            text = diff_github(found, wording)
            summary = os.environ.get("GITHUB_STEP_SUMMARY")
            if summary:
                append_file(Path(summary), diff_markdown(found, wording))
    emit(text, output)
    return FOUND if found.worsens else 0
