"""The application: its addresses and what stands before them."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ikec_compliance.serve.desk import Desk
from ikec_compliance.serve.guard import Guard
from ikec_compliance.serve.handlers import Handler, Pages, answered
from ikec_compliance.serve.problems import Problem, unknown_page


def application(desk: Desk) -> ASGIApp:
    """The whole application on a desk."""
    pages = Pages(desk)

    def get(path: str, handler: Handler) -> Route:
        return Route(path, answered(pages, handler), methods=["GET"])

    def post(path: str, handler: Handler) -> Route:
        return Route(path, answered(pages, handler), methods=["POST"])

    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status == 405:
            return pages.problem(Problem(405, "Zo kan deze bladzijde niet worden gevraagd", "Ga terug naar het begin."))
        return pages.problem(unknown_page())

    routes = [
        get("/", pages.start),
        get("/stijl.css", pages.style),
        get("/invulblad.xlsx", pages.template),
        get("/voorbeeld.xlsx", pages.example_book),
        post("/open", pages.open),
        post("/bekend", pages.open_known),
        post("/sluiten", pages.close),
        get("/overzicht", pages.overview),
        get("/bevindingen", pages.findings),
        get("/dagen", pages.days),
        get("/dag/{subject:path}", pages.day),
        get("/voorstellen", pages.proposals),
        post("/voorstellen", pages.propose),
        get("/wijzigen", pages.change),
        post("/wijzigen", pages.save),
        post("/rooster", pages.add),
        post("/terug", pages.undo),
        get("/gewijzigd", pages.changed),
        get("/rapporten", pages.reports),
        get("/rapport/{audience}", pages.report),
        get("/download/{name}", pages.download),
    ]
    inner = Starlette(routes=routes, exception_handlers={404: refused, 405: refused})
    inner.router.redirect_slashes = False
    return Guard(inner, desk.settings, pages.problem)
