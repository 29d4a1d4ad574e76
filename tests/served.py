"""The application as tests use it, without a network."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from ikec_compliance.serve.application import application
from ikec_compliance.serve.desk import Desk

HOME = "http://127.0.0.1:8737"


def client(desk: Desk, **headers: str) -> TestClient:
    """A browser on the application: what it sends comes from its own pages."""
    return TestClient(application(desk), base_url=HOME, headers={"origin": HOME, **headers}, follow_redirects=True)


def text_of(page: str) -> str:
    """What a reader reads of a page."""
    import html
    import re

    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def open_example(browser: TestClient, name: str = "ikec-hoorn") -> Any:
    """The first page about an example centre."""
    return browser.post("/bekend", data={"centrum": name})
