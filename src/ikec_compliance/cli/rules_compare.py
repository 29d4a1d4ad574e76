"""``ikec rules diff`` and ``ikec rules source-check``: what a change of rules or of law means."""

from __future__ import annotations

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
    from ikec_compliance.model.rule_diff import RuleDiff


@click.command(
    cls=IkecCommand,
    short_help="Toon wat een wijziging van de regels omslaat.",
    help="Toon welke regels anders oordelen, met een voorbeeld, en wat dat bij gegeven centra omslaat. OUD en NIEUW "
    "zijn revisies van de git-repository met de regels, of mappen met regels. Met twee keer --on wordt het recht van "
    "twee dagen vergeleken. Exitcode 1 als er bij een centrum een overtreding bij komt.",
)
@click.argument("sides", metavar="[OUD NIEUW]", nargs=-1)
@click.option(
    "--on", type=options.Day(), multiple=True, metavar="DATUM",
    help="Twee keer: de dagen die worden vergeleken. Een keer, naast OUD en NIEUW: alleen wat op die dag geldt.",
)  # fmt: skip
@click.option(
    "--centre", "centres", type=options.FilePath(), multiple=True, metavar="CENTRUM",
    help="Toets ook dit centrum (bestand of map) met beide; mag vaker.",
)  # fmt: skip
@click.option(
    "--period", "periods", type=options.Days(), multiple=True, metavar="VAN/TOT",
    help="Dagen waarvan het rooster van de centra wordt getoetst; mag vaker.",
)  # fmt: skip
@options.rule_options
@format_option("text", "json", "github", "markdown")
@options.output_option
def diff(
    sides: tuple[str, ...],
    on: tuple[date, ...],
    centres: tuple[Path, ...],
    periods: tuple[tuple[date, date], ...],
    rules_dir: Path | None,
    extra_rules: Path | None,
    form: str,
    output: Path | None,
) -> int:
    """Compare two rule sets, or the law of two days; exit code 1 when a given centre gets a finding more."""
    from ikec_compliance.app.rule_diff import DiffRequest, rule_diff, worsened

    found = rule_diff(DiffRequest(sides, on, centres, periods, rules_dir, extra_rules))
    emit(_diff(found, form, shown_base(rules_dir)), output)
    return FOUND if any(True for _ in worsened(found)) else 0


def _diff(found: RuleDiff, form: str, base: str) -> str:
    if form in ("text", "json"):
        from ikec_compliance.report.rule_diff import diff_json, diff_text

        return diff_json(found) if form == "json" else diff_text(found)
    from ikec_compliance.report.rule_diff_github import diff_github, diff_markdown

    return diff_github(found, base) if form == "github" else diff_markdown(found)


@click.command(
    "source-check",
    cls=IkecCommand,
    short_help="Vergelijk de regels met een nieuwere tekst van een wet.",
    help="Toon elke regel waarvan het aangehaalde lid in een nieuwere tekst van de wet is gewijzigd, verplaatst of "
    "vervallen. BESTAND is het XML-bestand van de wet dat u van wetten.overheid.nl heeft gedownload. Exitcode 1 als er "
    "iets te vergelijken is.",
)
@click.argument("path", metavar="BESTAND", type=options.FilePath())
@options.rule_options
@format_option("text", "json")
@options.output_option
def source_check(path: Path, rules_dir: Path | None, extra_rules: Path | None, form: str, output: Path | None) -> int:
    """Hold the citations of the rules against a BWB toestand; exit code 1 when one has changed."""
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.app.source_check import source_check as check
    from ikec_compliance.report.source_check import source_json, source_text

    found = check(path, load(rules_dir, extra_rules))
    emit(source_json(found) if form == "json" else source_text(found), output)
    return FOUND if found.changes else 0
