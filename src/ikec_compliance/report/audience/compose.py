"""Puts a report together for one reader."""

from __future__ import annotations

from ikec_compliance.model.result import Report
from ikec_compliance.report.audience import beleid, directie, supervisor
from ikec_compliance.report.audience.chapters import SUPERVISORS
from ikec_compliance.report.audience.parts import facts
from ikec_compliance.report.audience.reading import reading
from ikec_compliance.report.document.blocks import Document
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import REGIMES

AUDIENCES = ("directie", "ggd", "onderwijsinspectie", "igj", "beleid")


def compose(report: Report, wording: Wording, audience: str, facility: str = "") -> Document:
    """The document for an audience; ``facility`` limits a supervisor's report to one voorziening."""
    read = reading(report, wording)
    if audience == "directie":
        made = directie.sections(read)
    elif audience == "beleid":
        made = beleid.sections(read)
    else:
        made = supervisor.sections(read, SUPERVISORS[audience], facility)
    names = [SUPERVISORS[audience]] if audience in SUPERVISORS else list(report.receipt.regimes)
    regimes = wording.words.listing([wording.words.of(REGIMES, name) for name in names])
    subtitle = wording.say("subtitle", day=wording.words.day(report.receipt.on), regimes=regimes or "–")
    return Document(
        title=wording.say(f"title_{audience}", name=read.name),
        subtitle=subtitle,
        language=wording.words.language,
        banner=wording.say("internal") if audience in SUPERVISORS else "",
        sections=made,
        facts=facts(read),
        skip=wording.say("skip"),
        contents=wording.say("contents"),
        basis=wording.say("basis"),
    )
