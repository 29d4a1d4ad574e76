"""The words a text form needs from the rule set: titles of laws and the sentence of each rule."""

from __future__ import annotations

import os
from datetime import date

from ikec_compliance.app.catalogue import Rules
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import LANGUAGES, Words


def wording_of(rules: Rules, lang: str, on: date) -> Wording:
    """The wording in ``lang``; the sentence of the version in force on ``on``, else of the newest."""
    language = next(item for item in LANGUAGES if item == lang)
    norms: dict[str, str] = {}
    for head in sorted(rules.heads, key=lambda item: (item.valid.holds(on), item.valid.first)):
        norms[head.id] = head.text[language]
    return Wording(Words(language), {code: law.title for code, law in rules.laws.by_code.items()}, norms, os.getcwd())
