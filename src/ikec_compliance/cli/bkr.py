"""``ikec bkr``: the beroepskracht-kindratio of a group, or of a CSV of groups."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand, IkecGroup
from ikec_compliance.cli.errors import DutchUsageError
from ikec_compliance.cli.output import emit

_MOST_BYTES = 256 * 1024 * 1024
"""Some 25 million groups."""

_COLUMNS = {"dagopvang": ("N0", "N1", "N2", "N3"), "bso": ("N4_6", "N7PLUS")}


class Children(click.ParamType):  # type: ignore[type-arg]
    """A number of children."""

    name = "aantal"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or a usage error."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            self.fail(f"‘{text}’ is geen aantal kinderen; geef een geheel getal, 0 of meer", param, ctx)
        return int(text)


@click.group(
    cls=IkecGroup,
    short_help="Bereken de beroepskracht-kindratio.",
    help="Bereken hoeveel beroepskrachten een groep nodig heeft (beroepskracht-kindratio).",
)
def bkr() -> None:
    """Group of the two kinds of childcare."""


def _options(function: options.F) -> options.F:
    return options.apply(
        click.argument("counts", type=Children(), nargs=-1, metavar="[AANTAL…]"),
        click.option("--on", type=options.Day(), metavar="DATUM", help="Datum, als 2026-11-23. Zonder: vandaag."),
        options.format_option,
        click.option(
            "--batch", type=options.FilePath(), metavar="CSV",
            help="Reken een CSV door met de aantallen als kolommen; voegt required, allowed en basis toe.",
        ),
        options.rules_option,
        options.output_option,
    )(function)  # fmt: skip


@bkr.command(
    cls=IkecCommand,
    help="Dagopvang, per stamgroep. Aantallen kinderen van 0, 1, 2 en 3 jaar: N0 N1 N2 N3.",
)
@_options
def dagopvang(
    counts: tuple[int, ...], on: date | None, form: str, batch: Path | None, rules_dir: Path | None, output: Path | None
) -> int:
    """Ratio of dagopvang."""
    return _answer("dagopvang", counts, on, form, batch, rules_dir, output)


@bkr.command(
    cls=IkecCommand,
    help="Buitenschoolse opvang. Aantallen kinderen van 4 tot 7 jaar en van 7 jaar en ouder: N4_6 N7PLUS.",
)
@_options
def bso(
    counts: tuple[int, ...], on: date | None, form: str, batch: Path | None, rules_dir: Path | None, output: Path | None
) -> int:
    """Ratio of bso."""
    return _answer("bso", counts, on, form, batch, rules_dir, output)


def _answer(
    kind: str,
    counts: tuple[int, ...],
    on: date | None,
    form: str,
    csv: Path | None,
    rules_dir: Path | None,
    output: Path | None,
) -> int:
    from ikec_compliance.app.located import locate

    day, folder, columns = on or date.today(), locate(rules_dir)[0], _COLUMNS[kind]
    if csv is not None:
        if counts:
            raise DutchUsageError("geef aantallen of --batch, niet beide", click.get_current_context())
        emit(_batch(kind, csv, day, folder), output)
        return 0
    if len(counts) != len(columns):
        raise DutchUsageError(
            f"verwacht {len(columns)} aantallen ({' '.join(columns)}), gevonden {len(counts)}",
            click.get_current_context(),
        )
    emit(_single(kind, counts, day, folder, form), output)
    return 0


def _single(kind: str, counts: tuple[int, ...], day: date, folder: Path, form: str) -> str:
    from ikec_compliance.facts.bkr import calculate

    outcome = calculate(kind, counts, day, folder)
    if form == "json":
        import json

        return json.dumps(outcome.as_json(), ensure_ascii=False) + "\n"
    from ikec_compliance.report.ratio import render_ratio
    from ikec_compliance.rules.laws import load_laws

    titles = {code: law.title for code, law in load_laws(folder).by_code.items()}
    return render_ratio(kind, counts, day, outcome, titles)


def _batch(kind: str, csv: Path, day: date, folder: Path) -> str:
    from ikec_compliance.facts.bkr_batch import batch
    from ikec_compliance.model.place import Location
    from ikec_compliance.yamlio.bounded import read_bounded
    from ikec_compliance.yamlio.reader import shown_path

    out = io.StringIO()
    shown = shown_path(csv)
    data = read_bounded(csv, Location(shown, 1, 1), _MOST_BYTES, "een CSV-bestand", "verdeel het over meer bestanden")
    with io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="") as stream:
        batch(kind, stream, shown, out, day, folder)
    return out.getvalue()
