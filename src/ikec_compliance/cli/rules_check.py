"""``ikec rules lint``, ``test``, ``coverage`` and ``mutate``: whether the rules are in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.errors import FOUND
from ikec_compliance.cli.output import emit
from ikec_compliance.cli.rules_options import format_option, shown_base

if TYPE_CHECKING:
    from ikec_compliance.model.lint import LintFinding


@click.command(
    cls=IkecCommand,
    short_help="Zoek slordigheden in de regels.",
    help="Zoek slordigheden in de regels: wat te lezen is en toch niet klopt. Elke soort heeft een bladzijde in "
    "docs/lint. Exitcode 1 bij fouten.",
)
@click.option(
    "--on", type=options.Day(), metavar="DATUM",
    help="Dag waarop een toestemming (lint_toegestaan) nog moet gelden. Zonder: vandaag.",
)  # fmt: skip
@options.regime_option
@options.rule_options
@format_option("text", "json", "sarif", "github")
@options.output_option
def lint(
    on: date | None,
    regimes: tuple[str, ...],
    rules_dir: Path | None,
    extra_rules: Path | None,
    form: str,
    output: Path | None,
) -> int:
    """Lint the rules; exit code 1 when there is an error, 2 when they cannot be read."""
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.app.rule_lint import lint as find
    from ikec_compliance.app.rule_lint import refused
    from ikec_compliance.model.errors import InputError
    from ikec_compliance.model.rule import Severity

    base = shown_base(rules_dir)
    try:
        loaded = load(rules_dir, extra_rules)
        found = find(loaded, on)
    except InputError as error:
        if form != "text":  # a machine reads the places from the output; a person reads the line on stderr
            emit(_lint(refused(error), form, base), output)
        raise
    if regimes:
        files = {version.checked.file for version in loaded.versions if version.head.regime in regimes}
        found = [item for item in found if item.place.file in files]
    emit(_lint(found, form, base), output)
    return FOUND if any(item.severity is Severity.ERROR for item in found) else 0


def _lint(found: Sequence[LintFinding], form: str, base: str) -> str:
    from ikec_compliance.analysis.lint.kinds import KINDS
    from ikec_compliance.report import rule_lint

    if form == "json":
        return rule_lint.lint_json(found)
    if form == "sarif":
        return rule_lint.lint_sarif(found, KINDS, base)
    return rule_lint.lint_github(found, base) if form == "github" else rule_lint.lint_text(found)


@click.command(
    "test",
    cls=IkecCommand,
    short_help="Voer de toetsen van de regels uit.",
    help="Voer de toetsen uit die bij de regels staan. Exitcode 1 als er een mislukt.",
)
@options.regime_option
@options.rule_options
@options.format_option
@options.output_option
def run_tests(
    regimes: tuple[str, ...], rules_dir: Path | None, extra_rules: Path | None, form: str, output: Path | None
) -> int:
    """Run the tests of the rules; exit code 1 when one fails."""
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.app.rule_tests import run_rule_tests
    from ikec_compliance.report import rule_results

    found = [
        rule_results.TestRow(item.rule, item.name, item.expected, item.found, item.place)
        for item in run_rule_tests(load(rules_dir, extra_rules), regimes)
    ]
    emit(rule_results.test_json(found) if form == "json" else rule_results.test_text(found), output)
    return FOUND if any(not item.passed for item in found) else 0


@click.command(
    cls=IkecCommand,
    short_help="Toon welke delen van de wet gedekt zijn.",
    help="Toon per wet welke artikelen en leden door regels zijn gedekt, en waarom de andere niet. "
    "Exitcode 1 als er een eenheid ongedekt is.",
)
@options.regime_option
@options.rule_options
@format_option("text", "json", "html")
@options.output_option
def coverage(
    regimes: tuple[str, ...], rules_dir: Path | None, extra_rules: Path | None, form: str, output: Path | None
) -> int:
    """Show the ledgers of law; exit code 1 while a unit is unclaimed."""
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.app.coverage import coverage as cover
    from ikec_compliance.report.coverage import coverage_json, coverage_text

    loaded = load(rules_dir, extra_rules)
    found = cover(loaded, regimes)
    if form == "html":
        from ikec_compliance.report.coverage_html import coverage_html

        emit(coverage_html(found, loaded.laws.by_code), output)
    else:
        laws = {code: law.title for code, law in loaded.laws.by_code.items()}
        emit(coverage_json(found) if form == "json" else coverage_text(found, laws), output)
    return FOUND if any(item.unclaimed for item in found) else 0


@click.command(
    cls=IkecCommand,
    short_help="Beproef de toetsen van de regels.",
    help="Maak in elke regel een voor een kleine fouten (een grens, een bewerking, een datum, een eenheid) en toon "
    "welke geen toets opmerkt en waarom niet. Exitcode 1 als minder dan --floor procent wordt opgemerkt.",
)
@click.option(
    "--floor", type=click.FloatRange(0, 100), default=95.0, show_default=True, metavar="PROCENT",
    help="Het deel dat de toetsen ten minste opmerken.",
)  # fmt: skip
@options.regime_option
@options.rule_options
@options.format_option
@options.output_option
def mutate(
    floor: float,
    regimes: tuple[str, ...],
    rules_dir: Path | None,
    extra_rules: Path | None,
    form: str,
    output: Path | None,
) -> int:
    """Try small mistakes on the tests of the rules; exit code 1 when too few are noticed."""
    from ikec_compliance.analysis.mutation import mutate as tried
    from ikec_compliance.analysis.survivors import explain_survivor
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.report.mutants import mutants_json, mutants_text, score

    loaded = load(rules_dir, extra_rules)
    found = list(tried(loaded, regimes))
    survivors = [explain_survivor(item, loaded) for item in found if not item.noticed]
    emit((mutants_json if form == "json" else mutants_text)(found, survivors), output)
    return FOUND if score(found) < floor else 0
