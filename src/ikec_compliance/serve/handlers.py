"""The pages and what their forms do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import anyio
import anyio.to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from ikec_compliance.app.request import YEARS
from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.serve import downloads, views
from ikec_compliance.serve.days import groups
from ikec_compliance.serve.desk import EXAMPLES, Desk
from ikec_compliance.serve.fields import edits, forms, roster_form
from ikec_compliance.serve.problems import (
    Problem,
    broken,
    no_centre,
    too_slow,
    unknown_page,
    unreadable,
)
from ikec_compliance.serve.proposals import choices, chosen
from ikec_compliance.serve.roster import ROLES, WEEKDAYS, added, groups_of, people
from ikec_compliance.serve.sessions import Session

COOKIE = "ikec"
MOST_FILES = 60
_SHOWN_ERRORS = 20

Handler = Callable[[Request], Awaitable[Response]]


class Pages:
    """Every page of the application."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        # One at a time: a check uses all processors already, and a session is never changed by two at once.
        self._one = anyio.CapacityLimiter(1)

    # Reading

    async def start(self, request: Request) -> Response:
        """What this is, and how to begin."""
        session = self._session(request)
        values = {"examples": EXAMPLES, "own": self.desk.settings.centre, "limit": self.desk.settings.limit,
                  "keep": self.desk.settings.keep, "open": session}  # fmt: skip
        return HTMLResponse(views.page("begin.html.j2", **self._frame(None), **values))

    async def style(self, request: Request) -> Response:
        """The style sheet."""
        return PlainTextResponse(views.style(), media_type="text/css")

    async def template(self, request: Request) -> Response:
        """The empty workbook."""
        return downloads.attached("invulblad.xlsx", await self._work(lambda: self.desk.template))

    async def example_book(self, request: Request) -> Response:
        """The example centre as a workbook."""
        return downloads.attached("voorbeeld.xlsx", await self._work(lambda: self.desk.example))

    async def overview(self, request: Request) -> Response:
        """The outcome of a centre."""
        return await self._page(request, "overzicht.html.j2", lambda session: views.overview(self._read(session)))

    async def findings(self, request: Request) -> Response:
        """Every finding and open collision."""
        chosen = request.query_params.get("wet", "")
        return await self._page(
            request, "bevindingen.html.j2", lambda session: views.findings(self._read(session), chosen)
        )

    async def days(self, request: Request) -> Response:
        """The groepen with children."""
        return await self._page(request, "dagen.html.j2", lambda session: {"groups": groups(self._read(session))})

    async def day(self, request: Request) -> Response:
        """The days of one groep."""
        subject = request.path_params["subject"]
        return await self._page(request, "dag.html.j2", lambda session: self._day(session, subject))

    async def proposals(self, request: Request) -> Response:
        """What the program itself can change."""
        return await self._page(
            request,
            "voorstellen.html.j2",
            lambda session: {"choices": choices(self.desk.proposals(session), session.now.centre)},
        )

    async def change(self, request: Request) -> Response:
        """The names and numbers that can be changed."""

        def values(session: Session) -> dict[str, Any]:
            return {"forms": forms(session.now.centre), "chosen": request.query_params.get("deel", "")}

        return await self._page(request, "wijzigen.html.j2", values)

    async def changed(self, request: Request) -> Response:
        """What the last change flipped, and all of them together."""

        def values(session: Session) -> dict[str, Any]:
            read = self._read(session)
            last = None if session.last is None else views.flips(session.last, read)
            several = len(session.steps) > 1
            return {"last": last, "all": views.flips(self.desk.since_start(session), read) if several else None,
                    "steps": session.steps}  # fmt: skip

        return await self._page(request, "gewijzigd.html.j2", values)

    async def reports(self, request: Request) -> Response:
        """The reports and downloads there are."""

        def values(session: Session) -> dict[str, Any]:
            return {"facilities": views.facilities(self._read(session)), "downloads": downloads.listing(session.now),
                    "endings": downloads.ENDINGS}  # fmt: skip

        return await self._page(request, "rapporten.html.j2", values)

    async def report(self, request: Request) -> Response:
        """A report, with a way back above it."""
        session = self._needed(request)
        audience, facility = request.path_params["audience"], request.query_params.get("voorziening", "")
        made = await self._work(lambda: downloads.report_page(self.desk, session.now, audience, facility))
        return HTMLResponse(made)

    async def download(self, request: Request) -> Response:
        """A file to keep."""
        session = self._needed(request)
        name = request.path_params["name"]
        made: Response = await self._work(lambda: downloads.download(self.desk, session.now, name))
        return made

    # Doing

    async def open(self, request: Request) -> Response:
        """Open the files that were handed over."""
        form = await self._form(request)
        files: dict[str, bytes] = {}
        for item in form.getlist("bestand"):
            if isinstance(item, UploadFile) and item.filename:
                files[item.filename] = await item.read()
        on = _day(str(form.get("peildatum") or ""))
        return self._opened(await self._work(lambda: self.desk.open_files(files, on)))

    async def open_known(self, request: Request) -> Response:
        """Open an example, or the centre that ‘ikec serve’ was started with."""
        form = await self._form(request)
        name, own = str(form.get("centrum", "")), self.desk.settings.centre
        if name == "eigen" and own is not None:
            return self._opened(await self._work(lambda: self.desk.open_path(own, None)))
        if name not in EXAMPLES:
            raise unknown_page()
        return self._opened(await self._work(lambda: self.desk.open_example(name)))

    async def close(self, request: Request) -> Response:
        """Forget the centre."""
        await self._form(request)
        self.desk.sessions.close(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return answer

    async def save(self, request: Request) -> Response:
        """Change names and numbers."""
        session, posted = self._needed(request), _texts(await self._form(request))

        def work() -> None:
            sent = [form for form in forms(session.now.centre) if form.id == posted.get("formulier")]
            if posted.get("formulier") == "werktijden":
                own = [record.id for record in groups_of(posted.get("onderwerp", ""), session.now.centre)]
                sent = [roster_form(session.now.centre, own)]
            found = [item for form in sent for item in edits(form, posted)]
            if not found:
                raise unreadable(("u hebt niets veranderd: vul eerst een andere naam of een ander getal in",))
            self.desk.change(session, [edit for edit, _ in found], [said for _, said in found])

        await self._work(work)
        return RedirectResponse("/gewijzigd", 303)

    async def add(self, request: Request) -> Response:
        """Put somebody on the roster of a groep."""
        session, form = self._needed(request), await self._form(request)
        days = [str(day) for day in form.getlist("dag")]

        def work() -> None:
            edit, said = added(session.now.centre, _texts(form), days)
            self.desk.change(session, [edit], [said])

        await self._work(work)
        return RedirectResponse("/gewijzigd", 303)

    async def propose(self, request: Request) -> Response:
        """Try a proposal."""
        session, posted = self._needed(request), _texts(await self._form(request))

        def work() -> None:
            repair = chosen(self.desk.proposals(session), posted.get("voorstel", ""))
            if repair is None:
                raise unreadable(("dit voorstel is er niet meer; kies een ander",))
            self.desk.change(session, repair.edits, [repair.change])

        await self._work(work)
        return RedirectResponse("/gewijzigd", 303)

    async def undo(self, request: Request) -> Response:
        """Take the last change back."""
        session = self._needed(request)
        await self._form(request)
        await self._work(lambda: self.desk.undo(session))
        return RedirectResponse("/gewijzigd", 303)

    # Parts

    def problem(self, problem: Problem) -> Response:
        """The page of something that went wrong."""
        made = views.page("fout.html.j2", **self._frame(None), problem=problem)
        return HTMLResponse(made, problem.status)

    def _day(self, session: Session, subject: str) -> dict[str, Any]:
        read = self._read(session)
        found = next((group for group in groups(read) if group.subject == subject), None)
        if found is None:
            raise unknown_page()
        centre = session.now.centre
        own = groups_of(subject, centre)
        short = {day.weekday for day in found.days if day.gaps}
        gap = next((day.gaps[0] for day in found.days if day.gaps), None)
        names = [record.id for record in own]
        return {
            "group": found, "pictures": views.pictures(read, subject), "own": own, "people": people(centre, names),
            "weekdays": [(key, name, number in short) for number, (key, name) in enumerate(WEEKDAYS.items())],
            "roles": ROLES, "gap": gap, "cards": views.about(read, subject), "times": roster_form(centre, names),
        }  # fmt: skip

    def _read(self, session: Session) -> Any:
        return self.desk.reading(session.now)

    def _session(self, request: Request) -> Session | None:
        return self.desk.sessions.find(request.cookies.get(COOKIE, ""))

    def _needed(self, request: Request) -> Session:
        session = self._session(request)
        if session is None:
            raise no_centre()
        return session

    def _frame(self, session: Session | None) -> dict[str, Any]:
        name = "" if session is None else views.cut(session.now.report.receipt.centre_name, 80)
        return {"centre_name": name, "changes": 0 if session is None else len(session.steps)}

    async def _page(self, request: Request, template: str, values: Callable[[Session], dict[str, Any]]) -> Response:
        session = self._needed(request)
        made = await self._work(lambda: views.page(template, **self._frame(session), **values(session)))
        return HTMLResponse(made)

    def _opened(self, session: Session) -> Response:
        answer = RedirectResponse("/overzicht", 303)
        answer.set_cookie(COOKIE, session.key, httponly=True, samesite="strict", path="/")
        return answer

    async def _form(self, request: Request) -> FormData:
        """What a form sent: in memory only, and in time."""
        kind = request.headers.get("content-type", "")
        try:
            with anyio.fail_after(self.desk.settings.upload_seconds):
                if kind.startswith("multipart/form-data"):
                    parser = MultiPartParser(request.headers, request.stream(), max_files=MOST_FILES, max_fields=100)
                    # Above the most a request may hold: nothing ever goes to a temporary file.
                    parser.spool_max_size = self.desk.settings.most_bytes + 1
                    return await parser.parse()
                return await FormParser(request.headers, request.stream()).parse()
        except TimeoutError:
            raise too_slow() from None
        except (MultiPartException, UnicodeDecodeError, KeyError):
            raise unreadable(("dit formulier is onleesbaar aangekomen; probeer het opnieuw",), 400) from None

    async def _work(self, function: Callable[[], Any]) -> Any:
        """Run what takes time beside the loop that answers, one thing at a time."""
        return await anyio.to_thread.run_sync(_told, function, limiter=self._one)


def answered(pages: Pages, handler: Handler) -> Handler:
    """A handler of which every failure is a page."""

    async def run(request: Request) -> Response:
        try:
            return await handler(request)
        except Problem as problem:
            return pages.problem(problem)
        except ClientDisconnect:
            return Response(status_code=400)

    return run


def _told(function: Callable[[], Any]) -> Any:
    """What a function gives; whatever it raises is a problem that a page can show."""
    try:
        return function()
    except Problem:
        raise
    except InputError as error:
        every = getattr(error, "errors", (error,))
        lines = [views.cut(item) for item in every[:_SHOWN_ERRORS]]
        if len(every) > _SHOWN_ERRORS:
            lines.append(f"en nog {len(every) - _SHOWN_ERRORS} fouten")
        raise unreadable(tuple(lines)) from None
    except InternalError as error:
        raise broken(f"interne fout: {error}") from None
    except Exception as error:
        raise broken(f"interne fout: {type(error).__name__}: {views.cut(error)}") from error


def _texts(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _day(written: str) -> date | None:
    if not written.strip():
        return None
    try:
        found = date.fromisoformat(written.strip())
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise unreadable((f"peildatum: ‘{views.cut(written, 40)}’ is geen datum; schrijf jjjj-mm-dd",))
    return found
