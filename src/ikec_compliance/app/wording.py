"""The words a text form needs from the rule set: titles of laws and the sentence of each rule."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta

from ikec_compliance.app.catalogue import Rules
from ikec_compliance.app.translation import translated
from ikec_compliance.model.rule import Status
from ikec_compliance.report.wording import Turn, Wording
from ikec_compliance.report.words import LANGUAGES, Words


def wording_of(rules: Rules, lang: str, on: date) -> Wording:
    """The wording in ``lang``; the sentence of the version in force on ``on``, else of the newest."""
    language = next(item for item in LANGUAGES if item == lang)
    norms: dict[str, str] = {}
    for head in sorted(rules.heads, key=lambda item: (item.valid.holds(on), item.valid.first)):
        norms[head.id] = head.text[language]
    wording = Wording(
        Words(language),
        {code: law.title for code, law in rules.laws.by_code.items()},
        norms,
        os.getcwd(),
        {head.id: head.theme for head in rules.heads},
        tuple(_turns(rules, on)),
    )
    return translated(wording, rules, lang)


def _turns(rules: Rules, on: date) -> Iterator[Turn]:
    """The days after ``on`` on which what a rule asks may change."""
    heads = [head for head in rules.heads if head.status in (Status.PUBLISHED, Status.ANNOUNCED)]
    starts = {(head.id, head.valid.first) for head in heads}
    for head in heads:
        first, last = head.valid.first, head.valid.last
        if last is not None and last >= on:
            follows = (head.id, last + timedelta(days=1)) in starts
            yield Turn(last, head.id, head.regime, head.title, False, follows, head.source)
        ends = {other.valid.last for other in heads if other.id == head.id}
        if first > on and first - timedelta(days=1) not in ends:
            yield Turn(first, head.id, head.regime, head.title, True, False, head.source)
