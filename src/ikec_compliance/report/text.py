"""The text report: findings first, then what a person must judge, what is still asked, and what was checked."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from ikec_compliance.model.result import Question, Report, VerdictLine
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.collisions import write_conflicts
from ikec_compliance.report.findings import write_findings
from ikec_compliance.report.layout import Page
from ikec_compliance.report.phrases import (
    COLLISIONS,
    DAYS,
    OUTCOMES,
    REVIEWS,
    RULES,
    SLICES,
    STALE,
    SUBJECTS,
    UNKNOWNS,
    VIOLATIONS,
    WARNINGS,
)
from ikec_compliance.report.stale import write_stale
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import ORIGINS, REGIMES, groups_in_order

QUESTIONS = 10
"""How many questions the text report asks; the JSON report has them all."""

SOON = timedelta(days=90)
"""How far ahead the report warns of a verdict that lapses."""

_HASH = 12


def render_text(report: Report, wording: Wording, colour: bool = False) -> str:
    """The whole report, at most 100 columns wide."""
    page = Page(colour)
    _write_head(page, report, wording, "report")
    write_findings(page, report, wording)
    write_conflicts(page, report, wording)
    write_stale(page, report, wording)
    _write_reviews(page, report, wording)
    _write_questions(page, report, wording)
    _write_counts(page, report, wording)
    _write_notices(page, report, wording)
    return page.text()


def render_conflicts(report: Report, wording: Wording, colour: bool = False) -> str:
    """Only the conflicts, under the same head."""
    page = Page(colour)
    _write_head(page, report, wording, "collisions_report")
    write_conflicts(page, report, wording)
    return page.text()


def _write_head(page: Page, report: Report, wording: Wording, title: str) -> None:
    receipt, words = report.receipt, wording.words
    page.title(wording.say(title, name=receipt.centre_name))
    rules = (
        wording.say("packaged")
        if receipt.rules_packaged
        else wording.say("folder", path=wording.path(receipt.rules_path))
    )
    fields = [
        (
            "centre",
            wording.say("fingerprint", what=wording.path(receipt.centre_path), hash=receipt.centre_sha256[:_HASH]),
        ),
        ("on", wording.say("on_source", day=words.day(receipt.on), source=words.of(ORIGINS, receipt.on_source))),
        ("days", words.days(receipt.days) if receipt.days else wording.say("no_days")),
        ("rules", wording.say("fingerprint", what=rules, hash=receipt.rules_sha256[:_HASH])),
        ("checked_against", words.listing([words.of(REGIMES, regime) for regime in receipt.regimes])),
        ("outcome", _outcome(report, wording, title == "report")),
    ]
    width = max(len(wording.say(key)) for key, _ in fields) + 2
    for key, text in fields:
        page.field(wording.say(key), text, 0, width)


def _outcome(report: Report, wording: Wording, verdicts: bool) -> str:
    summary = report.summary
    accepted = sum(1 for line in report.verdicts if line.accepted is not None)
    findings = [
        (summary.violations if verdicts else 0, VIOLATIONS),
        (summary.warnings if verdicts else 0, WARNINGS),
        (summary.conflicts_open, COLLISIONS),
        (len(report.stale) if verdicts else 0, STALE),
    ]
    shown = [wording.count(number, forms) for number, forms in findings if number]
    rest = [(summary.unknown, UNKNOWNS), (summary.review, REVIEWS)] if verdicts else []
    parts = [wording.words.listing(shown) if shown else wording.say("clean" if verdicts else "no_open")]
    parts[0] += wording.say("of_which_accepted", count=accepted) if accepted else ""
    parts += [wording.count(number, forms) for number, forms in rest if number]
    return "; ".join(parts)


def _write_reviews(page: Page, report: Report, wording: Wording) -> None:
    lines = [line for line in report.verdicts if line.verdict is Verdict.REVIEW]
    page.title(wording.say("review"))
    if not lines:
        page.write(wording.say("none_judged"))
        return
    waiting = [line for line in lines if line.judgement is None or line.judgement.expired]
    page.write(wording.say("waiting", waiting=len(waiting), judged=len(lines) - len(waiting)))
    titles: dict[str, list[VerdictLine]] = {}
    for line in waiting:
        titles.setdefault(line.rule, []).append(line)
    for group in titles.values():
        first = group[0]
        law = wording.words.sources(first.source, wording.laws) + wording.words.marks(first.evidence, first.binding)
        where = first.subject_title if len(group) == 1 else wording.count(len(group), SUBJECTS)
        page.write(f"{first.title} ({first.rule}): {where}. {law}", 2, "• ")
        for line in group:
            if line.judgement is not None:
                by, until = line.judgement.by, wording.words.day(line.judgement.until)
                page.write(f"{line.subject_title}: {wording.say('judgement_expired', by=by, until=until)}", 4)
    for line in lines:
        if line.judgement is not None and not line.judgement.expired:
            page.write(f"{line.title} ({line.rule}), {line.subject_title}: {judged(line, wording)}", 2, "• ")


def judged(line: VerdictLine, wording: Wording) -> str:
    """Who judged, how, when and until when; empty without a judgement."""
    judgement, words = line.judgement, wording.words
    if judgement is None:
        return ""
    verdict = words.verdict(Verdict(judgement.judgement))
    on, until = words.day(judgement.on), words.day(judgement.until)
    return wording.say("judged", verdict=verdict, by=judgement.by, on=on, until=until)


def _write_questions(page: Page, report: Report, wording: Wording) -> None:
    page.title(wording.say("questions"))
    if not report.questions:
        page.write(wording.say("no_questions"))
        return
    for number, question in enumerate(report.questions[:QUESTIONS], start=1):
        page.write(_question(question, wording), 0, f"{number}.".ljust(4))
        page.write(f"{wording.say('see')} {wording.place(question.location)}", 4)
    left = len(report.questions) - QUESTIONS
    if left > 0:
        page.write(wording.say("more_questions", count=left), 4)


def _question(question: Question, wording: Wording) -> str:
    helps = wording.say("helps", count=wording.count(question.helps, OUTCOMES))
    if question.rules:
        helps = wording.say("frees_one" if question.rules == 1 else "frees", count=question.rules)
    elif question.decides:
        helps = wording.say("decides", count=wording.count(question.decides, OUTCOMES))
    return f"{question.subject_title}: {question.question} ({helps})"


def _write_counts(page: Page, report: Report, wording: Wording) -> None:
    summary, receipt, words = report.summary, report.receipt, wording.words
    page.title(wording.say("counts"))
    rows = [[wording.say("regime"), *(words.verdict(verdict) for verdict in Verdict), wording.say("total")]]
    for regime in groups_in_order(list(summary.per_regime)):
        counts = summary.per_regime[regime]
        numbers = [counts.get(verdict.value, 0) for verdict in Verdict]
        rows.append([words.of(REGIMES, regime), *map(str, [*numbers, sum(numbers)])])
    totals = [summary.verdicts.get(verdict.value, 0) for verdict in Verdict]
    rows.append([wording.say("total"), *map(str, [*totals, sum(totals)])])
    page.table(rows)
    page.blank()
    text = wording.say(
        "checked_text",
        rules=wording.count(summary.rules, RULES),
        subjects=wording.count(summary.subjects, SUBJECTS),
        days=wording.count(len(receipt.days), DAYS),
        slices=wording.count(summary.slices, SLICES),
    )
    page.write(f"{wording.say('checked')}: {text}.")
    if summary.harmless:
        page.write(wording.say("harmless", count=summary.harmless))
    if receipt.verified:
        page.write(wording.say("verified"))


def _write_notices(page: Page, report: Report, wording: Wording) -> None:
    words = wording.words
    limit = report.receipt.on + SOON
    lapsing = [line for line in report.verdicts if line.valid_until is not None and line.valid_until <= limit]
    page.title(wording.say("notices"))
    for notice in report.notices:
        page.write(notice, 0, "• ")
    if report.receipt.laws:
        page.write(f"{wording.say('read_until')}:", 0, "• ")
        for state in sorted(set(report.receipt.laws.values())):
            titles = [wording.laws.get(code, code) for code, read in report.receipt.laws.items() if read == state]
            page.write(f"{words.day(state)}: {'; '.join(titles)}", 2, "• ")
    if lapsing:
        page.write(f"{wording.say('lapses')}:", 0, "• ")
        for line in sorted(lapsing, key=lambda item: (item.valid_until or limit, item.rule, item.subject)):
            day = words.day(line.valid_until or limit)
            page.write(f"{line.title} ({line.rule}), {line.subject_title}: {wording.say('until', day=day)}", 2, "• ")
    if report.not_in_force:
        reasons = Counter(item.reason for item in report.not_in_force)
        shown = "; ".join(
            f"{reason}: {', '.join(item.rule for item in report.not_in_force if item.reason == reason)}"
            for reason in reasons
        )
        count = wording.count(len(report.not_in_force), RULES)
        page.write(f"{wording.say('not_in_force')} ({count}): {shown}.", 0, "• ")
    if report.without_subject:
        count = wording.count(len(report.without_subject), RULES)
        ids = ", ".join(item.rule for item in report.without_subject)
        page.write(f"{wording.say('without_subject')} ({count}): {ids}.", 0, "• ")
    if report.vocabulary:
        page.write(f"{wording.say('own_words')}:", 0, "• ")
        for own, law in report.vocabulary.items():
            page.write(f"{own} = {law}", 2, "• ")
