"""What stands before every page: which host, which sender, how much, and the headers of every answer."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ikec_compliance.serve.problems import Problem, foreign, too_large
from ikec_compliance.serve.settings import LOOPBACK, Settings

HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; "
        b"base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # Not no-referrer: browsers then leave out where a form was sent from, which is what is checked here.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
    (b"cache-control", b"no-store"),
)

_SAFE = ("GET", "HEAD")


class Guard:
    """Refuses foreign hosts, foreign forms and bodies above the limit; adds the headers to every answer."""

    def __init__(self, app: ASGIApp, settings: Settings, page: Callable[[Problem], Response]) -> None:
        self.app = app
        self.settings = settings
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        limit, counted = self.settings.most_bytes, 0

        async def bounded() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > limit:
                # Whoever reads the body shows it: more came in than was announced.
                raise too_large(self.settings.limit)
            return message

        problem = self.refused(Request(scope))
        if problem is None:
            await self.app(scope, bounded, answer)
        else:
            await self.page(problem)(scope, receive, answer)

    def refused(self, request: Request) -> Problem | None:
        """Why a request is not even looked at; ``None`` when it is."""
        host = request.headers.get("host", "")
        if not known_host(host, self.settings):
            return Problem(
                421,
                "Deze naam hoort niet bij deze website",
                "Open het adres dat ‘ikec serve’ bij het starten noemde.",
            )
        if request.method not in _SAFE and not own_form(request, host):
            return foreign()
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > self.settings.most_bytes:
            return too_large(self.settings.limit)
        return None


def known_host(header: str, settings: Settings) -> bool:
    """Whether the Host header names this application: a page elsewhere may let its own name point to this computer."""
    name, port = _split(header)
    if (port or 80) != settings.port:
        return False
    if name in LOOPBACK:
        return True
    if settings.local:
        return False
    return _is_address(name) or name in (settings.host.lower(), socket.gethostname().lower())


def own_form(request: Request, host: str) -> bool:
    """Whether a form was sent from one of our own pages. Every browser of today says so in these headers."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return origin == f"{request.url.scheme}://{host}"
    return site is not None


def _split(header: str) -> tuple[str, int | None]:
    name, colon, port = header.lower().rpartition(":")
    if not colon or not port.isdigit():
        name, port = header.lower(), ""
    return name.strip("[]").rstrip("."), int(port) if port and len(port) < 6 else None


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
