"""Every kind of finding, in the order of the documentation."""

from __future__ import annotations

from ikec_compliance.model.lint import LintFinding, LintKind
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

KINDS: dict[str, LintKind] = {
    kind.id: kind
    for kind in (
        LintKind("bron-ontbreekt", _ERROR, "Bron zonder vindplaats"),
        LintKind("bron-nieuwer", _WARNING, "Bron en gelezen tekst lopen uiteen"),
        LintKind("geldigheid-overlapt", _ERROR, "Twee versies gelden op dezelfde dag", refused=True),
        LintKind("gat-in-waarden", _ERROR, "Dagen zonder waarde"),
        LintKind("eenheid-klopt-niet", _ERROR, "Eenheden passen niet bij elkaar", refused=True),
        LintKind("onbekende-naam", _ERROR, "Onbekende naam", refused=True),
        LintKind("niet-te-lezen", _ERROR, "Bestand dat niet aan het schema voldoet", refused=True),
        LintKind("veld-ongebruikt", _WARNING, "Veld dat geen regel leest"),
        LintKind("parameter-ongebruikt", _ERROR, "Parameter die geen regel gebruikt"),
        LintKind("altijd-waar", _ERROR, "Voorwaarde die altijd waar is"),
        LintKind("altijd-onwaar", _ERROR, "Voorwaarde die nooit waar is"),
        LintKind("al-gedekt", _WARNING, "Regel die een andere regel al dekt"),
        LintKind("tegenspraak", _ERROR, "Regels die elkaar tegenspreken"),
        LintKind("grens-niet-getoetst", _ERROR, "Grens zonder toets"),
        LintKind("toets-mislukt", _ERROR, "Toets die mislukt"),
        LintKind("geen-slagende-toets", _ERROR, "Geen toets die slaagt"),
        LintKind("toets-ontbreekt", _ERROR, "Soort toets die ontbreekt"),
        LintKind("weinig-toetsen", _WARNING, "Minder dan vier toetsen"),
        LintKind("datum-in-de-toekomst", _WARNING, "Datum die in de toekomst mag liggen"),
        LintKind("vertaling-ontbreekt", _WARNING, "Tekst zonder vertaling"),
        LintKind("vertaling-over", _WARNING, "Vertaling van een tekst die er niet meer is"),
        LintKind("toestemming-verlopen", _ERROR, "Verlopen toestemming"),
        LintKind("toestemming-ongebruikt", _WARNING, "Toestemming die niets toestaat"),
    )
}

REFUSED = tuple(name for name, kind in KINDS.items() if kind.refused)
"""Kinds that never load: nothing can be allowed about them."""


def finding(
    name: str,
    message: str,
    place: Location,
    hint: str = "",
    rule: str = "",
    related: tuple[tuple[Location, str], ...] = (),
) -> LintFinding:
    """A finding with the weight of its kind."""
    return LintFinding(name, KINDS[name].severity, message, place, hint, rule, related)
