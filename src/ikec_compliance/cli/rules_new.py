"""``ikec rules new``: ask what a rule says, and write it with its tests."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any

import click

from ikec_compliance.cli import options
from ikec_compliance.cli.dutch import IkecCommand
from ikec_compliance.yamlio.suggest import did_you_mean

_REGIMES = ("onderwijs", "kinderopvang", "jeugdhulp")
_EVIDENCE = ("gelezen", "oudere_tekst", "secundair", "onbevestigd")
_BINDING = ("wet", "amvb", "regeling", "verordening", "beleidsregel", "cao", "richtsnoer", "toezichtpraktijk")
_SEVERITY = ("error", "warning")
_FORM = "VELD BEWERKING WAARDE, bijvoorbeeld ‘kindplaatsen hoogstens 20’"


@click.command(
    cls=IkecCommand,
    short_help="Schrijf een nieuwe regel met zijn toetsen.",
    help="Vraag wat de regel zegt en schrijf hem met zijn toetsen in het bestand van zijn thema. Wat u als optie "
    "geeft, wordt niet gevraagd. Niets wordt geschreven voordat de regel is gelezen en elke toets slaagt.",
)
@click.option("--regime", type=options.OneOf(_REGIMES), metavar="REGIME", help=f"Een van {', '.join(_REGIMES)}.")
@click.option("--thema", metavar="THEMA", help="Het bestand in de map van het regime, zonder .yaml.")
@click.option("--id", "name", metavar="KENMERK", help="Kenmerk van de regel. Zonder: het volgende vrije nummer.")
@click.option("--titel", metavar="TEKST", help="Korte titel.")
@click.option("--tekst", metavar="ZIN", help="De norm in een zin die een directeur begrijpt.")
@click.option("--text-en", metavar="ZIN", help="Dezelfde zin in het Engels.")
@click.option("--wet", metavar="CODE", help="Code van de wet in wetten.yaml.")
@click.option("--artikel", metavar="NR", help="Artikel.")
@click.option("--lid", metavar="NR", help="Lid; weglaten als het artikel geen leden heeft.")
@click.option("--toestand", type=options.Day(), metavar="DATUM", help="Datum van de tekst die u las.")
@click.option("--bewijs", type=options.OneOf(_EVIDENCE), metavar="BEWIJS", help=f"Een van {', '.join(_EVIDENCE)}.")
@click.option(
    "--bindt", type=options.OneOf(_BINDING), metavar="KRACHT", help="Zonder: wat wetten.yaml van de wet zegt."
)
@click.option("--vanaf", type=options.Day(), metavar="DATUM", help="Eerste dag. Zonder: de datum van de tekst.")
@click.option("--in-werking/--tekst-gelezen", default=None, help="Is de eerste dag de dag van inwerkingtreding?")
@click.option("--zwaarte", type=options.OneOf(_SEVERITY), metavar="ZWAARTE", help="error of warning. Zonder: error.")
@click.option("--onderwerp", metavar="ONDERWERP", help="Waar de regel over gaat, bijvoorbeeld voorziening.")
@click.option("--als", "when", multiple=True, metavar="VOORWAARDE", help=f"Wanneer hij geldt: {_FORM}; mag vaker.")
@click.option("--eis", "require", multiple=True, metavar="VOORWAARDE", help=f"Wat hij eist: {_FORM}; mag vaker.")
@click.option("--wie", metavar="WIE", help="Wie een overtreding verhelpt.")
@click.option("--wat", metavar="ZIN", help="Wat die dan doet.")
@options.rules_option
def new(rules_dir: Path | None, **given: Any) -> int:
    """Write a new rule; exit code 0 when it stands in its file."""
    from ikec_compliance.app.catalogue import load
    from ikec_compliance.app.located import locate
    from ikec_compliance.app.new_rule import write_rule
    from ikec_compliance.app.rule_draft import rule_text
    from ikec_compliance.model.errors import InputError

    folder, packaged = locate(rules_dir)
    if packaged and rules_dir is None:
        raise InputError(
            "een nieuwe regel hoort in een map met regels van uzelf: ga naar de map erboven of geef --rules"
        )
    rules = load(folder, None)
    draft = _draft(given, rules)
    rule_text(draft, rules.vocabulary, ())  # a condition that cannot be said is refused before anything is copied
    written = write_rule(draft, folder)
    click.echo(f"{written.path}:{written.line}: regel {draft.id} geschreven met {len(written.tests)} toetsen")
    for test in written.tests:
        click.echo(f"  {test.name}: {test.expect}")
    for item in written.findings:
        click.echo(f"  let op: {item.message} [{item.id}]")
    click.echo("Ga na of het artikel op elke grens hetzelfde zegt als de toets, en voer daarna uit: ikec rules test")
    return 0


def _draft(given: dict[str, Any], rules: Any) -> Any:
    """The draft from the options; what is missing is asked."""
    from ikec_compliance.app.new_rule import next_id, themes
    from ikec_compliance.app.rule_draft import Draft, condition

    needed = ("regime", "thema", "titel", "tekst", "text_en", "wet", "artikel", "onderwerp", "require", "wie", "wat")
    asking = any(not given[key] for key in needed)
    regime = given["regime"] or _choose("Regime", _REGIMES)
    theme = given["thema"] or _ask(f"Thema (nu: {', '.join(themes(rules, regime))})")
    name = given["name"] or _maybe(asking, "Kenmerk", next_id(rules, regime, theme))
    title, nl, en = (
        given["titel"] or _ask("Titel"),
        given["tekst"] or _ask("De norm in een zin"),
        given["text_en"] or _ask("Dezelfde zin in het Engels"),
    )
    law = _known("Wet (code van wetten.yaml)", given["wet"], rules.laws.by_code, "wet")
    article = given["artikel"] or _ask("Artikel")
    lid = given["lid"] if given["lid"] is not None else _maybe(asking, "Lid (leeg als er geen leden zijn)", "")
    state = given["toestand"] or _maybe(asking, "Datum van de gelezen tekst", rules.laws.by_code[law].read_until, _day)
    evidence = given["bewijs"] or _maybe(asking, f"Bewijs ({', '.join(_EVIDENCE)})", "gelezen", _one(_EVIDENCE))
    binding = given["bindt"] or rules.laws.by_code[law].binding
    first = given["vanaf"] or _maybe(asking, "Eerste dag van de regel", state, _day)
    known = given["in_werking"]
    if known is None:
        known = _maybe(asking, "Is dat de dag van inwerkingtreding (ja, nee)", "nee", _one(("ja", "nee"))) == "ja"
    severity = given["zwaarte"] or _maybe(asking, "Zwaarte (error, warning)", "error", _one(_SEVERITY))
    subject = _known("Onderwerp", given["onderwerp"], rules.vocabulary.types, "onderwerp")

    def check(text: str) -> str:
        condition(text, subject, rules.vocabulary)
        return text

    when = given["when"] or (_several("Geldt als (leeg: altijd)", check) if asking else ())
    require = given["require"] or _several("Eist", check, least=1)
    who, what = given["wie"] or _ask("Wie verhelpt een overtreding"), given["wat"] or _ask("Wat doet die dan")
    return Draft(
        regime, theme, name, title, nl, en, law, article, lid, state, evidence, binding, first, bool(known), severity,
        subject, tuple(when), tuple(require), who, what,
    )  # fmt: skip


def _ask(question: str, convert: Callable[[str], Any] = str, usual: str | None = None) -> Any:
    """The answer; one that does not fit is asked again, with the reason."""
    from ikec_compliance.model.errors import InputError

    while True:
        text = click.prompt(question, default=usual, show_default=bool(usual))
        try:
            return convert(text)
        except InputError as error:
            click.echo(f"  {error.message}")


def _maybe(asking: bool, question: str, usual: Any, convert: Callable[[str], Any] = str) -> Any:
    """Asked with a usual answer, or that answer when nothing else was asked."""
    if not asking:
        return usual
    return _ask(question, convert, usual.isoformat() if isinstance(usual, date) else usual)


def _choose(question: str, words: Collection[str]) -> str:
    return str(_ask(f"{question} ({', '.join(words)})", _one(words)))


def _known(question: str, value: str | None, words: Collection[str], what: str) -> str:
    check = _one(words, what)
    return check(value) if value else str(_ask(question, check))


def _several(question: str, check: Callable[[str], str], least: int = 0) -> tuple[str, ...]:
    found: list[str] = []
    while True:
        more = len(found) >= least
        text = _ask(
            f"{question} ({_FORM}){'; leeg: klaar' if more else ''}", lambda text: text and check(text),
            "" if more else None,
        )  # fmt: skip
        if not text:
            return tuple(found)
        found.append(text)


def _one(words: Collection[str], what: str = "waarde") -> Callable[[str], str]:
    from ikec_compliance.model.errors import InputError

    def convert(text: str) -> str:
        if text not in words:
            hint = did_you_mean(text, words)
            raise InputError(
                f"onbekende {what} ‘{text}’{hint}" if what != "onderwerp" else f"onbekend onderwerp ‘{text}’{hint}"
            )
        return text

    return convert


def _day(text: str) -> date:
    from ikec_compliance.model.errors import InputError

    found = options.parse_day(text)
    if found is None:
        raise InputError(f"‘{text}’ is geen datum; schrijf jjjj-mm-dd")
    return found
