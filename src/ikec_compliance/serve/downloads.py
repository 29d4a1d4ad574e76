"""What can be taken along: reports, the data behind them, and the configuration itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup
from starlette.responses import Response

from ikec_compliance.app.publish import agenda, check_facility, publish
from ikec_compliance.serve import views
from ikec_compliance.serve.desk import Desk
from ikec_compliance.serve.problems import unknown_page
from ikec_compliance.serve.sessions import State

_TYPES = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "zip": "application/zip",
    "yaml": "application/yaml",
    "yml": "application/yaml",
}
_FORMS = {"html": "html", "md": "markdown", "xlsx": "xlsx"}
ENDINGS = (("html", "bladzijde (HTML)"), ("xlsx", "Excel"), ("md", "Markdown"))
"""The forms in which a report can be kept."""

_CONFIGURATION = "configuratie"


@dataclass(frozen=True, slots=True)
class Download:
    """A file that can be had: its address and what it is."""

    name: str
    label: str


def listing(state: State) -> list[tuple[str, list[Download]]]:
    """The downloads there are besides the reports, under headings."""
    name, _ = state.held.yaml()
    return [
        (
            "Agenda en gegevens",
            [
                Download("agenda.ics", "Wat binnen 90 dagen afloopt, voor uw agenda (.ics)"),
                Download("rapport.json", "Alle uitkomsten, voor andere programma's (JSON)"),
            ],
        ),
        (
            "Uw centrum, met wat u hier hebt veranderd",
            [
                Download("centrum.xlsx", "Excelwerkmap"),
                Download(f"{_CONFIGURATION}.{name.rpartition('.')[2]}", "YAML, voor ‘ikec check’"),
            ],
        ),
    ]


def download(desk: Desk, state: State, name: str) -> Response:
    """The file of a name in ``listing``."""
    stem, _, ending = name.rpartition(".")
    if stem == _CONFIGURATION:
        shown, content = state.held.yaml()
        return attached(shown, content)
    return attached(_own(state, name), _made(desk, state, name, stem, ending))


def report_page(desk: Desk, state: State, audience: str, facility: str) -> str:
    """A report as a page, with a way back that does not print."""
    if audience not in views.AUDIENCES:
        raise unknown_page()
    key = f"{audience}/{facility}"
    if key not in state.made:
        check_facility(state.report, audience, facility)
        made = publish(state.report, desk.wording(state), audience, "html", facility)
        assert isinstance(made, str)
        state.made[key] = made
    text = state.made[key]
    assert isinstance(text, str)
    # Only the document itself holds a bare tag: every text in it is escaped.
    bar = Markup(
        '<nav aria-label="ikec" style="padding-top:.6rem"><a href="/rapporten">Terug naar de rapporten</a> · '
        '<a href="/download/{}.html" download>Dit rapport bewaren</a> · Afdrukken: Ctrl+P</nav>\n<header>'
    ).format(audience)
    return text.replace("<header>", bar, 1)


def attached(name: str, content: str | bytes) -> Response:
    """A file that a browser saves and never shows."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "bestand"
    kind = _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    disposition = f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(content, headers={"content-disposition": disposition}, media_type=kind)


def _own(state: State, name: str) -> str:
    """``directie.html`` as ``ikec-hoorn-directie.html``."""
    return f"{state.report.receipt.centre[:60]}-{name}"


def _made(desk: Desk, state: State, name: str, stem: str, ending: str) -> str | bytes:
    if name == "rapport.json":
        from ikec_compliance.report.json_report import render_json

        # Some 14 MB: made again when it is asked for again.
        return render_json(state.report)
    if name not in state.made:
        wording = desk.wording(state)
        if stem in views.AUDIENCES and ending in _FORMS:
            state.made[name] = publish(state.report, wording, stem, _FORMS[ending])
        elif name == "agenda.ics":
            state.made[name] = agenda(state.report, wording)
        elif name == "centrum.xlsx":
            state.made[name] = state.held.workbook()
        else:
            raise unknown_page()
    return state.made[name]
