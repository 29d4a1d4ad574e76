"""Serves the application until it is stopped."""

from __future__ import annotations

import logging
import os
import platform
import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import replace

import uvicorn

from ikec_compliance.model.errors import InputError
from ikec_compliance.serve.application import application
from ikec_compliance.serve.desk import new_desk
from ikec_compliance.serve.settings import Settings

_CONNECTIONS = 40


def serve(settings: Settings, say: Callable[[str], None], browser: bool) -> None:
    """Serve until Ctrl-C; ``say`` is told the address. ``InputError`` when the address cannot be used."""
    listener = listen(settings.host, settings.port)
    try:
        settings = replace(settings, port=listener.getsockname()[1])
        app = application(new_desk(settings))
        address = url(settings)
        say(address)
        if browser and _has_screen():
            # In a thread of its own: some browsers only return when they are closed.
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        # What goes wrong with one connection is no news for who started the program.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        uvicorn.Server(
            uvicorn.Config(
                app, loop="asyncio", http="h11", ws="none", lifespan="off", access_log=False, log_config=None,
                server_header=False, proxy_headers=False, timeout_keep_alive=5, timeout_graceful_shutdown=2,
                limit_concurrency=_CONNECTIONS,
            )
        ).run(sockets=[listener])  # fmt: skip
    except KeyboardInterrupt:
        return
    finally:
        listener.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket on an address; port 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # From now on a browser waits for its answer, also before the first page can be made.
        listener.listen(_CONNECTIONS)
    except (OSError, OverflowError):
        listener.close()
        raise InputError(
            f"kan {host} poort {port} niet gebruiken; kies een andere poort met --port, of een vrije met --port 0"
        ) from None
    return listener


def url(settings: Settings) -> str:
    """The address of the first page."""
    host = settings.host
    if not settings.local:
        host = socket.gethostname() if host in ("0.0.0.0", "::") else host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"


def _has_screen() -> bool:
    """Whether a browser can show itself; one that takes over the terminal would not do."""
    linux = platform.system() == "Linux"
    return not linux or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
