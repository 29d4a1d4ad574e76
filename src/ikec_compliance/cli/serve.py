"""``ikec serve``: the reports in a browser, on this computer."""

from __future__ import annotations

from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.cli.errors import DutchUsageError


class Whole(click.ParamType):  # type: ignore[type-arg]
    """A whole number between two ends."""

    name = "getal"

    def __init__(self, low: int, high: int) -> None:
        self.low = low
        self.high = high

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a usage error."""
        text = str(value)
        if not (text.isascii() and text.isdecimal() and len(text) < 9 and self.low <= int(text) <= self.high):
            self.fail(f"‘{text}’ is geen getal van {self.low} tot en met {self.high}", param, ctx)
        return int(text)


@click.command(
    cls=IkecCommand,
    short_help="Open ikec in uw browser, op uw eigen computer.",
    help=(
        "Open ikec in uw browser: kies een Excel- of YAML-bestand, lees het rapport, verander een naam of getal en "
        "zie wat er omslaat. Alleen deze computer kan erbij, en er wordt niets opgeslagen. Stoppen: Ctrl-C. "
        "CENTRUM is een bestand of map om mee te beginnen."
    ),
)
@click.argument("centre", type=options.FilePath(), metavar="[CENTRUM]", required=False)
@click.option("--port", type=Whole(0, 65_535), default=8737, metavar="POORT",
              help="Poort op deze computer; 0 kiest een vrije. Zonder: 8737.")  # fmt: skip
@click.option("--no-browser", is_flag=True, help="Open de browser niet; het adres staat op het scherm.")
@click.option("--grens", "limit", type=Whole(1, 100), default=10, metavar="MB",
              help="Het grootste bestand dat mag worden geopend, in MB. Zonder: 10.")  # fmt: skip
@click.option("--bewaar", "keep", type=options.FilePath(), metavar="MAP",
              help="Bewaar de uitkomst van elk geopend centrum in deze map en laat zien wat sinds de vorige "
              "veranderde. Zonder: er wordt niets opgeslagen.")  # fmt: skip
@click.option("--host", default="127.0.0.1", metavar="ADRES",
              help="Adres om op te luisteren. Een ander dan 127.0.0.1 kan alleen met --ook-van-buiten.")  # fmt: skip
@click.option("--ook-van-buiten", "outside", is_flag=True,
              help="Laat ook andere computers toe op het adres van --host. Er is geen wachtwoord: alleen op een "
              "vertrouwd netwerk.")  # fmt: skip
@options.rule_options
@click.pass_context
def serve(
    ctx: click.Context,
    centre: Path | None,
    port: int,
    no_browser: bool,
    limit: int,
    keep: Path | None,
    host: str,
    outside: bool,
    rules_dir: Path | None,
    extra_rules: Path | None,
) -> int:
    """Serve the pages until Ctrl-C; exit code 0."""
    from ikec_compliance.serve.settings import LOOPBACK, Settings

    local = host in LOOPBACK
    if not local and not outside:
        raise DutchUsageError(f"--host {host} laat andere computers toe; geef ook --ook-van-buiten als u dat wilt", ctx)
    settings = Settings(centre, rules_dir, extra_rules, host, port, limit, keep=keep)
    if centre is not None:
        from ikec_compliance.app.held import hold_path

        # What is wrong with it is told now and not only in the browser.
        hold_path(centre).centre()
    from ikec_compliance.serve.server import serve as run

    def say(address: str) -> None:
        if not local:
            click.echo("Let op: andere computers op dit netwerk kunnen meelezen; er is geen wachtwoord.", err=True)
        click.echo(f"ikec staat klaar op {address}\nOpen dit adres in uw browser. Stoppen: Ctrl-C.")

    run(settings, say, not no_browser)
    return 0
