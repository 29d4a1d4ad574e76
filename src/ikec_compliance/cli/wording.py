"""The words a text form needs from the rule set: titles of laws and the sentence of each rule."""

from __future__ import annotations

import os
from datetime import date

from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import LANGUAGES, Words
from ikec_compliance.rules.ruleset import RuleSet


def wording_of(rules: RuleSet, lang: str, on: date) -> Wording:
    """The wording in ``lang``; the sentence of the version in force on ``on``, else of the newest."""
    language = next(item for item in LANGUAGES if item == lang)
    norms: dict[str, str] = {}
    for version in sorted(rules.versions, key=lambda item: (item.head.valid.holds(on), item.head.valid.first)):
        norms[version.head.id] = version.head.text[language]
    return Wording(Words(language), {code: law.title for code, law in rules.laws.by_code.items()}, norms, os.getcwd())
