"""Accepted findings that have expired or that nothing needs, as text."""

from __future__ import annotations

from ikec_compliance.model.result import Report
from ikec_compliance.report.layout import Page
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import STALE_TITLES


def write_stale(page: Page, report: Report, wording: Wording) -> None:
    """A chapter of its own; none when there is nothing to say."""
    if not report.stale:
        return
    page.title(wording.say("stale"))
    for item in report.stale:
        page.blank()
        title = wording.words.of(STALE_TITLES, item.state)
        page.write(f"{wording.say('stale_mark')}  {title} ({item.code})", style=("bold", "yellow"))
        page.write(item.message, 2, "• ")
        page.write(wording.say("stale_reason", reason=item.reason, by=item.by), 4)
        page.write(f"{wording.say('see')} {wording.place(item.location)}", 4)
