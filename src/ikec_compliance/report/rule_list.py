"""The rules themselves, as a list or one by one, in text and JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ikec_compliance.model.rule import RuleHead
from ikec_compliance.report.json_report import dumps, place, source_data
from ikec_compliance.report.layout import Page
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import GROUPS, STATUSES, Words, groups_in_order


def list_json(heads: Sequence[RuleHead]) -> str:
    """``{"rules": […]}``, one object per dated version."""
    return dumps({"rules": [_head(head) for head in heads]})


def list_text(heads: Sequence[RuleHead], laws: Mapping[str, str]) -> str:
    """Per regime one line per version with its articles; the last line is the count."""
    words, page = Words(), Page()
    for regime in groups_in_order([head.regime for head in heads]):
        page.heading(words.of(GROUPS, regime))
        for head in heads:
            if head.regime == regime:
                law = words.sources(head.source, laws) + words.marks(head.evidence, head.binding)
                page.write(f"{head.title} ({law}){_status(head, words)}", 0, f"{head.id}  ")
    page.blank()
    page.write(_count(len(heads), words))
    return page.text()


def show_text(heads: Sequence[RuleHead], wording: Wording) -> str:
    """Every version of one rule in full."""
    words, page = wording.words, Page()
    for head in heads:
        page.title(f"{head.id}: {head.title}")
        law = words.sources(head.source, wording.laws) + words.marks(head.evidence, head.binding)
        status = words.pick(STATUSES[head.status])
        valid, kind = words.day(head.valid.first), head.subject.replace("_", " ")
        until = wording.say("valid_until", day=words.day(head.valid.last)) if head.valid.last else ""
        fields = [
            (wording.say("norm"), head.text[words.language]),
            (wording.say("source"), law),
            (wording.say("valid"), wording.say("valid_from", day=valid) + f"{until}; {status}"),
            (wording.say("weight_head"), words.severity(head.severity).lower()),
            (wording.say("checked"), wording.say("checked_per", kind=kind, tests=_tests(len(head.tests), words))),
            (wording.say("open_norm"), head.open_norm),
            (wording.say("do"), wording.say("by", what=head.repair_what, who=head.repair_who)),
            (wording.say("see"), wording.place(head.place)),
        ]
        for label, text in fields:
            if text:
                page.field(label, text, 0, 11)
        for source in head.source:
            for text in (source.url, source.note):
                if text:
                    page.write(text, 2)
    return page.text()


def _status(head: RuleHead, words: Words) -> str:
    return "" if head.status.value == "published" else f" [{words.pick(STATUSES[head.status])}]"


def _count(number: int, words: Words) -> str:
    return words.count(number, ("regel", "rule"), ("regels", "rules"))


def _tests(number: int, words: Words) -> str:
    return words.count(number, ("toets", "test"), ("toetsen", "tests"))


def _head(head: RuleHead) -> dict[str, Any]:
    return {
        "id": head.id,
        "regime": head.regime,
        "theme": head.theme,
        "title": head.title,
        "text": dict(head.text),
        "status": head.status,
        "evidence": head.evidence,
        "binding": head.binding,
        "severity": head.severity,
        "subject": head.subject,
        "source": [source_data(source) for source in head.source],
        "valid": {"from": head.valid.first, "to": head.valid.last},
        "open_norm": head.open_norm,
        "repair": {"who": head.repair_who, "what": head.repair_what},
        "tests": len(head.tests),
        "location": place(head.place),
    }
