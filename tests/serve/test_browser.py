"""What a director does, in a real browser: open, drop the Excel file, read, rename, mend, print. And axe-core.

Needs Debian's chromium. Without it these tests are skipped, unless ``IKEC_BROWSER=ja`` demands them; ``nee`` skips them
always.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("IKEC_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
WISH = os.environ.get("IKEC_BROWSER", "")

pytestmark = [
    pytest.mark.skipif(WISH == "nee", reason="IKEC_BROWSER=nee"),
    pytest.mark.skipif(CHROMIUM is None and WISH != "ja", reason="there is no chromium (apt-get install chromium)"),
]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A running ``ikec serve``."""
    command = [sys.executable, "-m", "ikec_compliance", "serve", "--port", "0", "--no-browser", "--rules", "rules"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
    program = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", program.stdout.readline())
    assert found is not None
    yield found[0]
    program.terminate()
    program.wait(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM is not None, "IKEC_BROWSER=ja, but there is no chromium"
    with sync_playwright() as playwright:
        # A container has no sandbox of its own to give; the only pages that are opened are our own.
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--lang=nl"], env={**os.environ, "LANGUAGE": "nl"}
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """A page of which nothing may fail: no message in the console, no request to elsewhere."""
    context = chromium.new_context(viewport=WIDE, base_url=address, locale="nl-NL", accept_downloads=True)
    made = context.new_page()
    messages: list[str] = []
    elsewhere: list[str] = []
    # The browser itself notes an answer with an error status; everything else is ours.
    made.on("console", lambda message: messages.append(message.text) if "status of 4" not in message.text else None)
    made.on("pageerror", lambda error: messages.append(str(error)))
    made.on("request", lambda request: elsewhere.append(request.url) if not _own(request.url, address) else None)
    yield made
    context.close()
    assert messages == []
    assert elsewhere == []


def _own(url: str, address: str) -> bool:
    return url.startswith((f"{address}/", "data:"))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Excel file of the example, as ``ikec export`` makes it."""
    path = tmp_path_factory.mktemp("excel") / "ikec-hoorn.xlsx"
    done = subprocess.run(
        [sys.executable, "-m", "ikec_compliance", "export", "examples/ikec-hoorn", str(path)], cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return path


def violations(page: Any) -> list[str]:
    """What axe-core finds serious or critical on a page."""
    from axe_playwright_python import sync_playwright as axe

    page.evaluate((Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [
        f"{item['id']}: {node['html'][:200]}" for item in found if item["impact"] in SERIOUS for node in item["nodes"]
    ]


def open_example(page: Any) -> None:
    page.goto("/")
    page.get_by_role("button", name="Open het voorbeeld met gebreken").click()
    page.wait_for_url("**/overzicht")


def drop(page: Any, path: Path) -> None:
    """Let a file fall on the box, as from a window of files."""
    box = page.locator("#bestand").bounding_box()
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send(
            "Input.dispatchDragEvent",
            {
                "type": kind,
                "x": box["x"] + box["width"] / 2,
                "y": box["y"] + box["height"] / 2,
                "data": {"items": [], "files": [str(path)], "dragOperationsMask": 1},
            },
        )
    assert page.evaluate("document.querySelector('#bestand').files[0].name") == path.name


def test_what_a_director_does(page: Any, book: Path, tmp_path: Path) -> None:
    page.goto("/")
    assert page.get_by_role("heading", level=1).inner_text() == "Klaar voor de inspectie?"
    drop(page, book)
    page.get_by_role("button", name="Toets dit centrum").click()
    page.wait_for_url("**/overzicht")
    assert "IKEC Hoorn" in page.get_by_role("heading", level=1).inner_text()
    tiles = page.locator(".tiles").inner_text()
    before = int(re.search(r"(\d+)\s+open botsingen", tiles)[1])  # type: ignore[index]

    # Read the verdict: the places are cells of the workbook.
    page.get_by_role("link", name="Alle bevindingen").click()
    assert page.locator("#cf-01").count() == 1
    assert "documenten!" in page.locator("main").inner_text()

    # Rename the plan and see CF-01 go.
    page.get_by_label("Hoofdmenu").get_by_role("link", name="Wijzigen").click()
    plan = page.get_by_role("group", name="Centrumplan 2025-2029")
    plan.get_by_label("titel", exact=True).fill("Schoolplan 2025-2029, tevens centrumplan")
    page.locator("#namen").get_by_role("button", name="Bewaar en toets opnieuw").click()
    page.wait_for_url("**/gewijzigd")
    assert "CF-01" in page.locator(".card.good").inner_text()
    assert "Er is niets slechter geworden." in page.get_by_role("status").inner_text()
    page.goto("/overzicht")
    assert f"{before - 1}\nopen botsingen" in re.sub(r"\s*\n\s*", "\n", page.locator(".tiles").inner_text())

    # Mend a breach of the ratio by adding a person.
    page.get_by_label("Hoofdmenu").get_by_role("link", name="Groepen per dag").click()
    row = page.locator(".groups li", has_text="De Egels")
    assert "te weinig op 1 dag" in row.inner_text()
    row.get_by_role("link").click()
    assert page.get_by_label("donderdag").is_checked()
    page.get_by_label("Medewerker", exact=True).select_option("med-012")
    page.get_by_role("button", name="Zet op het rooster en toets opnieuw").click()
    page.wait_for_url("**/gewijzigd")
    better = page.locator(".card.good").all_inner_texts()
    assert any("KO-BKR-01" in text and "De Egels" in text for text in better)
    page.goto("/dagen")
    assert "genoeg" in page.locator(".groups li", has_text="De Egels").inner_text()

    # Print the report of the director, and take the changed workbook along.
    page.goto("/rapport/directie")
    pdf = page.pdf(path=str(tmp_path / "directie.pdf"), prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF") and len(pdf) > 20_000
    box = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf)
    assert box is not None
    assert abs(float(box[1]) - 595) < 2 and abs(float(box[2]) - 842) < 2, "A4 is 210 by 297 mm"
    page.goto("/rapporten")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excelwerkmap").click()
    assert waiting.value.suggested_filename == "ikec-hoorn-centrum.xlsx"
    from openpyxl import load_workbook

    taken = tmp_path / "centrum.xlsx"
    waiting.value.save_as(taken)
    titles = [cell.value for row in load_workbook(taken)["documenten"].iter_rows() for cell in row]
    assert "Schoolplan 2025-2029, tevens centrumplan" in titles


def test_the_keyboard_alone_is_enough(page: Any, book: Path) -> None:
    choosers: list[Any] = []
    # From the start: a browser under load may show its own window before it is told that a test looks on.
    page.on("filechooser", lambda chooser: choosers.append(chooser))
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "bestand":
            break
    assert page.evaluate("document.activeElement.id") == "bestand"
    page.keyboard.press("Enter")
    for _ in range(200):
        if choosers:
            break
        page.wait_for_timeout(100)
    choosers[0].set_files(str(book))
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/overzicht")


def test_without_javascript_everything_works(chromium: Any, address: str, book: Path) -> None:
    context = chromium.new_context(viewport=NARROW, base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.set_input_files("#bestand", str(book))
    page.get_by_role("button", name="Toets dit centrum").click()
    assert page.url.endswith("/overzicht")
    page.goto("/voorstellen")
    page.get_by_role("button", name=re.compile("reistijd van de achterwacht")).click()
    assert page.url.endswith("/gewijzigd")
    assert "KO-BKR-09" in page.locator("main").inner_text()
    context.close()


def test_a_mistake_is_shown_where_it_is(page: Any, tmp_path: Path) -> None:
    wrong = tmp_path / "centrum.yaml"
    wrong.write_text("schema: ikec-centrum/v1\ncentrum: {id: x}\ngroepn: []\n", encoding="utf-8")
    page.goto("/")
    page.set_input_files("#bestand", str(wrong))
    with page.expect_response("**/open") as answer:
        page.get_by_role("button", name="Toets dit centrum").click()
    assert answer.value.status == 422
    assert "centrum.yaml:3:1: onbekende sleutel ‘groepn’" in page.get_by_role("alert").inner_text()


PLACES = ("/", "/overzicht", "/bevindingen?wet=jeugdhulp", "/dagen", "/dag/voorziening:bso", "/voorstellen",
          "/wijzigen", "/rapporten", "/rapport/directie")  # fmt: skip


def test_axe_core_finds_nothing_serious(page: Any) -> None:
    open_example(page)
    found = {}
    for path in PLACES[:-1]:  # the report is looked at below, as it is kept
        page.goto(path)
        found[path] = violations(page)
    page.goto("/wijzigen")
    page.locator("input[name='documenten|centrumplan|titel']").fill("Schoolplan")
    page.locator("#namen button").click()
    page.wait_for_url("**/gewijzigd")
    found["/gewijzigd"] = violations(page)
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_axe_core_finds_nothing_serious_in_the_report_that_is_kept(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "directie.html"
    done = subprocess.run(
        [sys.executable, "-m", "ikec_compliance", "report", "examples/ikec-hoorn", "--for", "directie",
         "--format", "html", "--output", str(path)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    context = chromium.new_context(viewport=WIDE, bypass_csp=True)
    made = context.new_page()
    made.goto(path.as_uri())
    assert violations(made) == []
    context.close()


def test_the_pages_fit_a_telephone(chromium: Any, address: str) -> None:
    context = chromium.new_context(viewport=NARROW, base_url=address)
    page = context.new_page()
    open_example(page)
    widths = {}
    for path in PLACES:
        page.goto(path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > NARROW["width"]} == {}
    context.close()
