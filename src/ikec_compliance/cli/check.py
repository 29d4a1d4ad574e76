"""``ikec check``: one centre against every rule."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.output import append_file, emit, use_colour, write_file

if TYPE_CHECKING:
    from ikec_compliance.app.catalogue import Rules
    from ikec_compliance.model.result import Report


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
@options.check_format_option
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
@click.option(
    "--baseline", type=options.FilePath(), metavar="BESTAND",
    help="Een basislijn of eerder JSON-rapport: wat daarin stond blijft zichtbaar en verandert de exitcode niet.",
)  # fmt: skip
@click.option(
    "--write-baseline", type=options.OutputPath(), metavar="BESTAND",
    help="Schrijf de bevindingen van nu als basislijn op, een per regel, om later met --baseline te gebruiken.",
)  # fmt: skip
@options.history_option
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
    baseline: Path | None,
    write_baseline: Path | None,
    history: Path | None,
) -> int:
    """Check a centre; exit code 1 when something in ``--fail-on`` was found."""
    from ikec_compliance.app.baseline import read_baseline
    from ikec_compliance.app.catalogue import open_catalogue
    from ikec_compliance.app.check import CheckRequest, check_centre, exit_code, open_centre

    known = frozenset() if baseline is None else read_baseline(baseline)
    request = CheckRequest(centre, on, period, regimes, rules_dir, extra_rules, verify, baseline=known,
                           overview=form in options.PAPERS)  # fmt: skip
    catalogue = open_catalogue(rules_dir, extra_rules)
    report = check_centre(open_centre(request), catalogue, request)
    if history is not None:
        from ikec_compliance.app.history import keep

        report = keep(report, history)
    text = _rendered(report, catalogue.rules, form, lang, extra_rules, use_colour(output))
    if receipt is not None:
        from ikec_compliance.app.program import program_sha256
        from ikec_compliance.report.json_report import render_receipt

        write_file(receipt, render_receipt(report.receipt, program_sha256()))
    if write_baseline is not None:
        from ikec_compliance.report.baseline import render_baseline

        write_file(write_baseline, render_baseline(report))
    emit(text, output)
    return exit_code(report, fail_on)


def _rendered(
    report: Report, rules: Rules, form: str, lang: str, extra_rules: Path | None, colour: bool
) -> str | bytes:
    """The report in the form and language asked for; those for people are the complete one."""
    from ikec_compliance.app.translation import translated

    report = translated(report, rules, lang, extra_rules)
    if form in options.PAPERS:
        from ikec_compliance.app.publish import publish
        from ikec_compliance.cli.wording import wording_of

        return publish(report, wording_of(rules, lang, report.receipt.on), "beleid", form)
    if form == "json":
        from ikec_compliance.report.json_report import render_json

        return render_json(report)
    if form == "text":
        from ikec_compliance.cli.wording import wording_of
        from ikec_compliance.report.text import render_text

        return render_text(report, wording_of(rules, lang, report.receipt.on), colour)
    from ikec_compliance.report.wording import Wording
    from ikec_compliance.report.words import words_in

    base, wording = os.getcwd(), Wording(words_in(lang))
    heads = [translated(head, rules, lang, extra_rules) for head in rules.heads]
    if form == "sarif":
        from ikec_compliance.report.sarif import render_sarif

        return render_sarif(report, heads, base, wording)
    if form == "junit":
        from ikec_compliance.report.junit import render_junit

        return render_junit(report, heads, base, wording)
    from ikec_compliance.report.github import render_github, render_summary

    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        append_file(Path(summary), render_summary(report, heads, base, wording))
    return render_github(report, heads, base, wording)
