"""The complete report, for policy officers: every norm, every finding, every proof."""

from __future__ import annotations

from ikec_compliance.report.audience import directie
from ikec_compliance.report.audience.cover import state_table
from ikec_compliance.report.audience.expiry import expiries
from ikec_compliance.report.audience.norms import norm_table
from ikec_compliance.report.audience.parts import expiry_table, glossary, paragraph, question_table, row, unknown_cards
from ikec_compliance.report.audience.pictures import changes_section, group_pictures, regimes_picture, week_picture
from ikec_compliance.report.audience.reading import Reading, regime_lines
from ikec_compliance.report.document.blocks import Block, Section, Table, text
from ikec_compliance.report.phrases import RULES
from ikec_compliance.report.words import GROUPS, REGIMES, group_of, groups_in_order


def sections(read: Reading) -> tuple[Section, ...]:
    """The chapters of the report."""
    report = read.report
    summary: list[Block] = [state_table(read), regimes_picture(read)]
    if report.receipt.verified:
        summary.append(paragraph(read.say("verified"), tone="note"))
    if report.summary.harmless:
        summary.append(paragraph(read.say("harmless", count=report.summary.harmless), tone="note"))
    made = [Section(text(read.say("summary_title")), tuple(summary), "aantallen")]
    changes = changes_section(read)
    if changes is not None:
        made.append(changes)
    made.append(directie.findings(read))
    made.append(directie.conflicts(read, proof=True))
    made.append(directie.reviews(read))
    made.append(Section(text(read.say("questions_title")), tuple(question_table(read)), "vragen"))
    unknown = unknown_cards(report.verdicts, read)
    if unknown:
        made.append(Section(text(read.say("unknowns_title")), tuple(unknown), "onbekend"))
    if read.overview.days:
        pictures = (*week_picture(read.overview.days, read), *group_pictures(read.overview.days, read))
        made.append(Section(text(read.say("pictures_title")), pictures, "rooster"))
    lapsing = expiries(report, read.wording)
    if lapsing:
        table = expiry_table(lapsing, read, read.say("lapsing"))
        made.append(Section(text(read.say("lapsing_title")), (table,), "verloopt"))
    made.append(_norms(read))
    made.append(_texts(read))
    made.append(directie.notices(read))
    made.append(glossary(read, directie.regimes(read)))
    return tuple(made)


def _norms(read: Reading) -> Section:
    parts: list[Section] = []
    for name in groups_in_order([group_of(line) for line in read.report.verdicts]):
        title = read.words.of(GROUPS, name)
        parts.append(
            Section(text(title), (norm_table(regime_lines(read.report, name), read, title),), f"normen-{name}")
        )
    report, wording = read.report, read.wording
    if report.not_in_force:
        title = f"{read.say('not_in_force_title')} ({wording.count(len(report.not_in_force), RULES)})"
        rows = tuple(row(item.rule, read.words.of(REGIMES, item.regime), item.reason) for item in report.not_in_force)
        head = tuple(read.say(key) for key in ("rule_head", "law", "reason_head"))
        parts.append(Section(text(title), (Table(title, head, rows),)))
    if report.without_subject:
        title = f"{read.say('without_subject_title')} ({wording.count(len(report.without_subject), RULES)})"
        rows = tuple(
            row(item.rule, read.words.of(REGIMES, item.regime), item.subject_type.replace("_", " "))
            for item in report.without_subject
        )
        head = tuple(read.say(key) for key in ("rule_head", "law", "subject_head"))
        parts.append(Section(text(title), (Table(title, head, rows),)))
    return Section(text(read.say("all_norms")), tuple(parts), "normen")


def _texts(read: Reading) -> Section:
    laws = sorted(read.report.receipt.laws.items(), key=lambda item: (item[1], item[0]))
    rows = tuple(row(read.wording.laws.get(code, code), read.words.day(day)) for code, day in laws)
    head = (read.say("law_head"), read.say("state_of_text"))
    return Section(text(read.say("read_title")), (Table(read.say("read_until"), head, rows),), "teksten")
