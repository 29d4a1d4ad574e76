"""The joint requirement of a group or person, as text and as JSON."""

from __future__ import annotations

from typing import Any

from ikec_compliance.model.joint import JointDuty, JointRequirement, WorkingTime
from ikec_compliance.report.json_report import dumps, receipt_data, source_data
from ikec_compliance.report.layout import Page
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import REGIMES

SCHEMA = "ikec-gezamenlijk/v1"


def joint_text(found: JointRequirement, wording: Wording, colour: bool = False) -> str:
    """One list to hang on the wall: the quantities first, then the duties by regime, then the hours of a person."""
    page, words = Page(colour), wording.words
    page.title(wording.say("joint_title", name=found.title, subject=found.subject))
    regimes = words.listing([words.of(REGIMES, regime) for regime in found.regimes])
    page.field(wording.say("on"), words.day(found.receipt.on), 0, 16)
    page.field(wording.say("checked_against"), regimes or "-", 0, 16)
    page.heading(wording.say("joint_numbers"))
    if not found.lines:
        page.write(wording.say("joint_no_numbers"))
    for line in found.lines:
        page.write(f"{wording.capital(line.quantity)}: {line.requirement}", 0, "• ", ("bold",))
        law = words.sources(line.source, wording.laws)
        page.write(wording.say("joint_binds", rules=words.listing(line.binds), law=law), 2)
        page.write(wording.say("joint_state", state=words.verdict(line.verdict)), 2)
        if line.impossible:
            page.write(wording.say("joint_impossible"), 2)
    for regime in found.regimes:
        duties = [duty for duty in found.duties if duty.regime == regime]
        if duties:
            page.heading(wording.capital(words.of(REGIMES, regime)))
            for duty in duties:
                _write_duty(page, duty, wording)
    if found.times:
        page.heading(wording.say("joint_times"))
        _write_times(page, found, wording)
    return page.text()


def _write_duty(page: Page, duty: JointDuty, wording: Wording) -> None:
    words = wording.words
    text = wording.norms.get(duty.rule, duty.text)
    where = f" ({duty.scope})" if duty.scope else ""
    law = words.sources(duty.source, wording.laws) + words.marks(duty.evidence, duty.binding)
    page.write(f"{text}{where}", 0, "• ")
    page.write(f"{words.verdict(duty.verdict)}; {duty.rule}; {law}", 2)


def _write_times(page: Page, found: JointRequirement, wording: Wording) -> None:
    words = wording.words
    for day in dict.fromkeys(time.day for time in found.times):
        page.write(wording.capital(words.day(day)), style=("bold",))
        for time in (time for time in found.times if time.day == day):
            page.write(_time_text(time, wording), 2, f"{time.start}-{time.end}  ")


def _time_text(time: WorkingTime, wording: Wording) -> str:
    words = wording.words
    regimes = words.listing([words.of(REGIMES, regime) for regime in time.regimes])
    parts = [f"{regimes}, {time.role}, {words.listing(time.groups)}", time.registration]
    parts += [wording.say("joint_ratio", ratio=time.counted), time.cao, time.note]
    return "; ".join(part for part in parts if part)


def joint_json(found: JointRequirement) -> str:
    """The same as JSON, schema ``ikec-gezamenlijk/v1``."""
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "receipt": receipt_data(found.receipt),
        "subject": found.subject,
        "title": found.title,
        "regimes": list(found.regimes),
        "lines": [
            {"quantity": line.quantity, "requirement": line.requirement, "bindt": list(line.binds),
             "rules": list(line.rules), "source": [source_data(item) for item in line.source],
             "verdict": line.verdict, "impossible": line.impossible}
            for line in found.lines
        ],
        "duties": [
            {"rule": duty.rule, "regime": duty.regime, "text": duty.text, "verdict": duty.verdict,
             "binding": duty.binding, "evidence": duty.evidence, "scope": duty.scope,
             "source": [source_data(item) for item in duty.source]}
            for duty in found.duties
        ],
        "times": [
            {"day": time.day, "start": time.start, "end": time.end, "groups": list(time.groups),
             "regimes": list(time.regimes), "role": time.role, "registration": time.registration,
             "counted": time.counted, "cao": time.cao, "note": time.note}
            for time in found.times
        ],
    }  # fmt: skip
    return dumps(data)
