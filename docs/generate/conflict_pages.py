"""A page per documented collision between regimes, and a list of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docs.generate.markdown import bullets, link, page, plain, table, template
from ikec_compliance.reconcile.frictions import Friction
from ikec_compliance.report.words import CLASSES
from ikec_compliance.rules.ruleset import RuleSet

FOLDER = "botsingen"

_CLASSES = {
    "tegenstrijdig": "Als geen enkele keuze aan alle regels samen voldoet.",
    "voorwaardelijk": "Als het kan binnen wat alle regels samen toelaten.",
    "dubbel": "Als hetzelfde twee keer wordt gevraagd.",
    "te_beoordelen": "Als een mens moet beoordelen welke regel geldt.",
}


def conflict_pages(rules: RuleSet, frictions: Sequence[Friction]) -> Iterator[tuple[str, str]]:
    """(path, Markdown) of every page."""
    rows = [
        (link(item.id, f"{item.id}.md"), plain(item.title["nl"]), plain(item.merge.replace("_", " ")))
        for item in frictions
    ]
    intro = [
        "Waar de wens om samen te werken twee regimes laat botsen. Of een botsing bij een centrum bestaat, en van "
        "welke aard, volgt uit de regels en de keuzes van het centrum: `ikec conflicts` rekent dat uit en bewijst het. "
        "Deze bladzijden geven wat rekenen niet kan: de bron, de praktijk en de vorm die wel mag.",
    ]
    kinds = [(plain(CLASSES[code][0].partition(":")[0]), plain(text)) for code, text in _CLASSES.items()]
    yield (
        f"{FOLDER}/index.md",
        page(
            "Botsingen",
            intro,
            table(("Botsing", "Naam", "Samengevoegd"), rows),
            ["## Aard van een botsing"],
            table(("Aard", "Wanneer"), kinds),
        ),
    )
    for item in frictions:
        yield f"{FOLDER}/{item.id}.md", _friction(item, rules)


def _friction(item: Friction, rules: RuleSet) -> str:
    laws = rules.laws.by_code
    parts = [template(item.explanation["nl"]), ""]
    facts = [
        ("Wat wordt samengevoegd", plain(item.merge.replace("_", " "))),
        ("Waarover de regels gaan", plain(", ".join(item.quantities).replace("_", " ")) or "niet te berekenen"),
        ("Wie beslist", template(item.who)),
    ]
    parts += table(("Kenmerk", "Waarde"), facts)
    if item.not_computable:
        parts += ["## Waarom dit niet wordt uitgerekend", "", template(item.not_computable["nl"])]
    if item.parties:
        parts += ["## Wie iets vraagt"]
        parts += bullets(" of ".join(plain(laws[act].title) for act in group) for group in item.parties)
    if item.free:
        parts += ["## Wie niets vraagt"]
        parts += bullets(
            f"{plain(laws[free.act].title)} ({plain(free.addressee)}): {template(free.note)}" for free in item.free
        )
    if item.because:
        parts += ["## Waarom dit te vergelijken is", "", template(item.because)]
    parts += ["## Wat wel mag"]
    parts += bullets(_way(way.text, way.classes) for way in item.resolutions)
    if item.repairs:
        parts += ["## Kleinste wijziging", *bullets(template(text) for text in item.repairs)]
    parts += ["## Bronnen", *bullets(plain(text) for text in item.sources)]
    parts += ["", f"Staat in `{item.place.file}`, regel {item.place.line}."]
    return page(f"{item.id}: {item.title['nl']}", ["", *parts])


def _way(text: str, classes: Sequence[str]) -> str:
    when = " of ".join(plain(name.replace("_", " ")) for name in classes)
    return f"{template(text)} (bij: {when})" if when else template(text)
