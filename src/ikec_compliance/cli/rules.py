"""``ikec rules``: list, show, lint and test the rules, and print a published schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand, IkecGroup
from ikec_compliance.cli.errors import FOUND
from ikec_compliance.cli.output import emit

STATUSES = ("draft", "announced", "published", "withdrawn")


@click.group(cls=IkecGroup, help="Bekijk en beproef de regels.")
def rules() -> None:
    """Group of commands on the rule set."""


_status = click.option(
    "--status",
    type=options.OneOf(STATUSES),
    metavar="STATUS",
    help=f"Alleen regels met deze status ({', '.join(STATUSES)}).",
)
EVIDENCE = ("gelezen", "oudere_tekst", "secundair", "onbevestigd")
_evidence = click.option(
    "--evidence",
    type=options.Several(EVIDENCE),
    metavar="BEWIJS",
    help=f"Alleen regels met dit bewijs, met komma's gescheiden ({', '.join(EVIDENCE)}).",
)
_on = click.option("--on", type=options.Day(), metavar="DATUM", help="Alleen versies die op deze datum gelden.")


@rules.command(
    "list", cls=IkecCommand, short_help="Toon alle regels.", help="Toon alle regels met status, bewijs en bron."
)
@options.regime_option
@_status
@_evidence
@_on
@options.rule_options
@options.format_option
@options.output_option
def list_rules(
    regimes: tuple[str, ...],
    status: str | None,
    evidence: frozenset[str] | None,
    on: date | None,
    rules_dir: Path | None,
    extra_rules: Path | None,
    form: str,
    output: Path | None,
) -> int:
    """List the rule versions."""
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.report import rule_list

    loaded = load(rules_dir, extra_rules)
    heads = [
        replace(version.head, evidence=version.weakest_evidence())
        for version in loaded.versions
        if (not regimes or version.head.regime in regimes)
        and (status is None or version.head.status.value == status)
        and (evidence is None or version.weakest_evidence().value in evidence)
        and (on is None or version.head.valid.holds(on))
    ]
    laws = {code: law.title for code, law in loaded.laws.by_code.items()}
    emit(rule_list.list_json(heads) if form == "json" else rule_list.list_text(heads, laws), output)
    return 0


@rules.command(
    cls=IkecCommand,
    short_help="Toon een regel.",
    help="Toon een regel met zijn bron, bewijs en toetsen. REGEL is een kenmerk als KO-BKR-01.",
)
@click.argument("rule", metavar="REGEL")
@_on
@options.rule_options
@options.lang_option
@options.format_option
@options.output_option
def show(
    rule: str,
    on: date | None,
    rules_dir: Path | None,
    extra_rules: Path | None,
    lang: str,
    form: str,
    output: Path | None,
) -> int:
    """Show every version of one rule."""
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.cli.wording import wording_of
    from ikec_compliance.model.errors import InputError
    from ikec_compliance.report import rule_list
    from ikec_compliance.yamlio.suggest import did_you_mean

    loaded = load(rules_dir, extra_rules)
    heads = [version.head for version in loaded.versions if version.head.id == rule]
    if not heads:
        raise InputError(f"onbekende regel ‘{rule}’{did_you_mean(rule, {v.head.id for v in loaded.versions})}")
    heads = [head for head in heads if on is None or head.valid.holds(on)]
    if not heads:
        raise InputError(f"regel {rule} geldt niet op {on}; zie ‘ikec rules show {rule}’ voor zijn versies")
    wording = wording_of(loaded, lang, on or heads[-1].valid.first)
    emit(rule_list.list_json(heads) if form == "json" else rule_list.show_text(heads, wording), output)
    return 0


@rules.command(
    cls=IkecCommand,
    short_help="Zoek slordigheden in de regels.",
    help="Zoek slordigheden in de regels. Exitcode 1 bij fouten.",
)
@options.regime_option
@options.rule_options
@options.format_option
@options.output_option
def lint(
    regimes: tuple[str, ...], rules_dir: Path | None, extra_rules: Path | None, form: str, output: Path | None
) -> int:
    """Lint the rules; exit code 1 when there is an error."""
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.app.rule_lint import lint as find
    from ikec_compliance.report import rule_results

    loaded = load(rules_dir, extra_rules)
    files = {version.head.place.file for version in loaded.versions if not regimes or version.head.regime in regimes}
    found = [
        rule_results.LintRow(item.id, item.severity, item.message, item.place)
        for item in find(loaded)
        if item.place.file in files
    ]
    emit(rule_results.lint_json(found) if form == "json" else rule_results.lint_text(found), output)
    return FOUND if any(item.severity == "error" for item in found) else 0


@rules.command(
    cls=IkecCommand,
    short_help="Voer de toetsen van de regels uit.",
    help="Voer de toetsen uit die bij de regels staan. Exitcode 1 als er een mislukt.",
)
@options.regime_option
@options.rule_options
@options.format_option
@options.output_option
def test(
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


@rules.command(
    cls=IkecCommand,
    short_help="Toon welke delen van de wet gedekt zijn.",
    help="Toon per wet welke artikelen en leden door regels zijn gedekt, en waarom de andere niet. "
    "Exitcode 1 als er een eenheid ongedekt is.",
)
@options.regime_option
@options.rule_options
@options.format_option
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
    laws = {code: law.title for code, law in loaded.laws.by_code.items()}
    emit(coverage_json(found) if form == "json" else coverage_text(found, laws), output)
    return FOUND if any(item.unclaimed for item in found) else 0


@rules.command(
    cls=IkecCommand,
    short_help="Beproef de toetsen van de regels.",
    help="Maak in elke regel een voor een kleine fouten (een grens, een bewerking, een datum, een eenheid) en toon "
    "welke geen toets opmerkt. Exitcode 1 als minder dan --floor procent wordt opgemerkt.",
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
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.report.mutants import mutants_json, mutants_text, score

    found = list(tried(load(rules_dir, extra_rules), regimes))
    emit(mutants_json(found) if form == "json" else mutants_text(found), output)
    return FOUND if score(found) < floor else 0


@rules.command(
    cls=IkecCommand,
    short_help="Toon een gepubliceerd JSON Schema.",
    help="Toon een gepubliceerd JSON Schema; zonder NAAM de namen.",
)
@click.argument("name", metavar="[NAAM]", required=False)
@options.output_option
def schema(name: str | None, output: Path | None) -> int:
    """Print a published schema."""
    from ikec_compliance.model.errors import InputError
    from ikec_compliance.model.resources import schema_dir
    from ikec_compliance.yamlio.suggest import did_you_mean

    files = {
        path.name.removesuffix(".schema.json"): path for path in sorted((schema_dir() / "v1").glob("*.schema.json"))
    }
    if name is None:
        emit("".join(f"{item}\n" for item in files), output)
        return 0
    if name not in files:
        raise InputError(f"onbekend schema ‘{name}’{did_you_mean(name, files)}; kies uit {', '.join(files)}")
    emit(files[name].read_text(encoding="utf-8"), output)
    return 0


__all__: Sequence[str] = ["rules"]
