"""``ikec rules``: list and show the rules, and print a published schema; the other commands are added here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand, IkecGroup
from ikec_compliance.cli.output import emit
from ikec_compliance.cli.rules_check import coverage, lint, mutate, run_tests
from ikec_compliance.cli.rules_compare import diff, source_check
from ikec_compliance.cli.rules_new import new

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
    from ikec_compliance.app.translation import translated
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
    heads = [translated(head, loaded, lang, extra_rules) for head in heads]
    emit(rule_list.list_json(heads) if form == "json" else rule_list.show_text(heads, wording), output)
    return 0


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


for _command in (lint, run_tests, coverage, mutate, new, diff, source_check):
    rules.add_command(_command)

__all__: Sequence[str] = ["rules"]
