"""The text of ``ikec bkr``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ikec_compliance.facts.bkr_outcome import Outcome
from ikec_compliance.model.rule import Binding
from ikec_compliance.report.layout import Page
from ikec_compliance.report.words import Words

_CHILDREN = {
    "dagopvang": ("van 0 jaar", "van 1 jaar", "van 2 jaar", "van 3 jaar"),
    "bso": ("van 4 tot 7 jaar", "van 7 jaar en ouder"),
}


def render_ratio(kind: str, counts: Sequence[int], day: date, outcome: Outcome, laws: Mapping[str, str]) -> str:
    """How many beroepskrachten, for whom, on what ground."""
    words, page = Words(), Page()
    if outcome.required is None:
        answer = "Deze groep is niet toegestaan: splits haar."
    else:
        answer = words.count(outcome.required, ("beroepskracht", ""), ("beroepskrachten", "")) + " nodig."
    shown = [f"{number} {band}" for number, band in zip(counts, _CHILDREN[kind], strict=True) if number]
    page.write(answer)
    fields = [
        ("Kinderen", words.listing(shown) or "geen"),
        ("Datum", words.day(day)),
        ("Grondslag", outcome.row),
        ("Bron", words.sources(outcome.sources, laws) + words.marks(outcome.evidence, Binding.AMVB)),
    ]
    fields += [("Let op", outcome.note)] if outcome.note else []
    for label, text in fields:
        if text:
            page.field(label, text, 0, 11)
    return page.text()
