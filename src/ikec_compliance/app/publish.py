"""Writes a report for people in a form: as text or, for Excel, as bytes."""

from __future__ import annotations

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.result import Report
from ikec_compliance.report.audience.chapters import SUPERVISORS
from ikec_compliance.report.wording import Wording
from ikec_compliance.yamlio.suggest import did_you_mean

FORMS = ("text", "html", "markdown", "xlsx")


def publish(
    report: Report, wording: Wording, audience: str, form: str, facility: str = "", colour: bool = False
) -> str | bytes:
    """The report for ``audience`` (one of ``compose.AUDIENCES``) in one of ``FORMS``."""
    if form == "xlsx":
        from ikec_compliance.report.audience.reading import reading
        from ikec_compliance.report.audience.workbook import render_workbook

        return render_workbook(reading(report, wording), SUPERVISORS.get(audience, ""), facility)
    from ikec_compliance.report.audience.compose import compose

    document = compose(report, wording, audience, facility)
    if form == "html":
        from ikec_compliance.report.document.html import render_html

        return render_html(document)
    if form == "markdown":
        from ikec_compliance.report.document.markdown import render_markdown

        return render_markdown(document)
    from ikec_compliance.report.document.plain import render_plain

    return render_plain(document, colour)


def agenda(report: Report, wording: Wording) -> str:
    """What lapses, as a calendar file."""
    from ikec_compliance.report.audience.agenda import render_agenda
    from ikec_compliance.report.audience.expiry import expiries
    from ikec_compliance.report.audience.reading import reading

    return render_agenda(expiries(report, wording), reading(report, wording))


def check_facility(report: Report, audience: str, facility: str) -> None:
    """``InputError`` unless ``facility`` is a voorziening that the supervisor of ``audience`` oversees."""
    if not facility:
        return
    if audience not in SUPERVISORS:
        raise InputError(f"--voorziening kiest een hoofdstuk voor een toezichthouder: {', '.join(SUPERVISORS)}")
    every = report.overview.facilities if report.overview is not None else ()
    known = [item.id for item in every if item.regime == SUPERVISORS[audience]]
    if facility not in known:
        listing = f"; kies uit {', '.join(known)}" if known else "; het centrum heeft er geen"
        raise InputError(
            f"'{facility}' is geen voorziening voor {audience}{did_you_mean(facility, known)}{listing} (--voorziening)"
        )
