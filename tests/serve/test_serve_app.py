"""Every address, every form, every limit of ``ikec serve``, as a browser without JavaScript meets them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import anyio
import pytest
from starlette.testclient import TestClient

from ikec_compliance.app.catalogue import Catalogue
from ikec_compliance.app.held import hold, hold_path
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.centre import Centre
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.result import Report
from ikec_compliance.serve import desk as desk_module
from ikec_compliance.serve.application import application
from ikec_compliance.serve.desk import Desk, new_desk
from ikec_compliance.serve.sessions import Sessions
from ikec_compliance.serve.settings import Settings
from tests.served import HOME, client, open_example, text_of
from tests.support import BASE, person

EXAMPLES = Path(__file__).parents[2] / "examples"
TITLE = "documenten|centrumplan|titel"
OVERVIEWS = ("/overzicht", "/bevindingen", "/bevindingen?wet=kinderopvang", "/bevindingen?wet=botsingen", "/dagen",
             "/voorstellen", "/wijzigen", "/gewijzigd", "/rapporten")  # fmt: skip
PAGES = (*OVERVIEWS, "/dag/groep:sg-vossen", "/dag/voorziening:bso")
REPORTS = ("directie", "ggd", "onderwijsinspectie", "igj", "beleid")


@pytest.fixture(scope="module")
def desk() -> Desk:
    return new_desk(Settings(rules=EXAMPLES.parent / "rules", sessions=60))


@pytest.fixture(scope="module")
def book(desk: Desk) -> bytes:
    return desk.example


@pytest.fixture(scope="module")
def opened(desk: Desk) -> TestClient:
    """A browser in which the example is open; tests only read in it."""
    browser = client(desk)
    assert open_example(browser).url == f"{HOME}/overzicht"
    return browser


@pytest.fixture
def browser(desk: Desk) -> Iterator[TestClient]:
    yield client(desk)


def small(**changes: object) -> bytes:
    return json.dumps({**BASE, **changes}).encode()


def report_of(desk: Desk, browser: TestClient) -> Report:
    """The report behind the pages of a browser."""
    session = desk.sessions.find(browser.cookies["ikec"])
    assert session is not None
    return session.now.report


def elements(page: str) -> set[str]:
    """Elements and attributes of a page that could do something."""
    found: set[str] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update({tag} & {"script", "img", "iframe", "object", "embed"})
            found.update(name for name, _ in attrs if name.startswith("on"))

    Reader().feed(page)
    return found


# Reading


def test_the_first_page_says_what_to_do(browser: TestClient) -> None:
    page = browser.get("/")
    assert page.status_code == 200
    words = text_of(page.text)
    for part in ("Klaar voor de inspectie?", "Sleep het bestand naar dit vak", "Er wordt niets opgeslagen of verstuurd",
                 "Download het lege invulblad", "Open het voorbeeld met gebreken"):  # fmt: skip
        assert part in words
    assert '<html lang="nl">' in page.text


def test_the_empty_template_and_the_example_can_be_had(browser: TestClient) -> None:
    for name in ("invulblad.xlsx", "voorbeeld.xlsx"):
        made = browser.get(f"/{name}")
        assert f'filename="{name}"' in made.headers["content-disposition"]
        assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(made.content)).namelist()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_a_centre(opened: TestClient, path: str) -> None:
    page = opened.get(path)
    assert page.status_code == 200, text_of(page.text)
    assert "IKEC Hoorn" in page.text
    assert "<script" not in page.text
    assert len(re.findall(r"<h1[ >]", page.text)) == 1


def test_the_first_page_of_a_centre_counts_what_the_report_counts(opened: TestClient, desk: Desk) -> None:
    report = report_of(desk, opened)
    words = text_of(opened.get("/overzicht").text)
    found = [line for line in report.verdicts if line.verdict.value == "voldoet_niet"]
    violations = sum(line.severity.value == "error" for line in found)
    conflicts = sum(conflict.state == "open" for conflict in report.conflicts)
    assert violations > 40 and conflicts > 5
    assert f"{violations} overtredingen" in words
    assert f"{len(found) - violations} waarschuwing" in words
    assert f"{conflicts} open botsingen" in words


def test_a_law_can_be_chosen(opened: TestClient) -> None:
    page = opened.get("/bevindingen?wet=jeugdhulp").text
    codes = set(re.findall(r'<span class="code">([A-Z]{2}-[A-Z0-9-]+)</span>', page))
    assert codes and {code[:2] for code in codes} == {"JH"}
    assert 'href="/bevindingen?wet=jeugdhulp" aria-current="true"' in page


def test_the_day_of_a_group_shows_the_breach_in_picture_and_numbers(opened: TestClient) -> None:
    page = opened.get("/dag/voorziening:bso").text
    assert page.count("<svg") == 1
    words = text_of(page)
    # From the roster of the example: 30 children ask three, two are there, half an hour of less is allowed.
    assert "wo 25 november 2026: ✕ te weinig van 14:45 tot 17:00" in words
    assert "14:15–14:45 30 3 2 minder, en dat mag dan" in words
    assert "14:45–17:00 30 3 2 ✕ te weinig" in words
    assert "KO-BKR-02" in words


def test_an_unknown_group_or_page_is_a_page(opened: TestClient) -> None:
    for path in ("/dag/groep:weg", "/nergens", "/rapport/koning", "/download/geheim.txt", "/download/../x"):
        page = opened.get(path)
        assert page.status_code == 404
        assert "Deze bladzijde bestaat niet" in page.text
    assert opened.get("/open").status_code == 405


@pytest.mark.parametrize("audience", REPORTS)
def test_every_report_can_be_read_and_kept(opened: TestClient, audience: str) -> None:
    page = opened.get(f"/rapport/{audience}").text
    assert 'href="/rapporten"' in page and "<h1>" in page
    kept = opened.get(f"/download/{audience}.html")
    assert "/rapporten" not in kept.text
    assert kept.headers["content-disposition"].startswith('attachment; filename="ikec-hoorn-')
    assert opened.get(f"/download/{audience}.md").text.startswith("# ")


def test_a_report_can_be_limited_to_one_voorziening(opened: TestClient) -> None:
    assert 'href="/rapport/ggd?voorziening=bso"' in opened.get("/rapporten").text
    assert opened.get("/rapport/ggd?voorziening=bso").status_code == 200
    refused = opened.get("/rapport/ggd?voorziening=sbo")
    assert refused.status_code == 422
    assert "'sbo' is geen voorziening voor ggd" in text_of(refused.text)


def test_the_other_downloads(opened: TestClient, desk: Desk) -> None:
    assert opened.get("/download/agenda.ics").text.startswith("BEGIN:VCALENDAR")
    given = hold({"c.xlsx": opened.get("/download/centrum.xlsx").content}).centre()
    assert given.data == hold_path(EXAMPLES / "ikec-hoorn").centre().data
    archive = zipfile.ZipFile(io.BytesIO(opened.get("/download/configuratie.zip").content))
    for name in archive.namelist():
        assert archive.read(name) == (EXAMPLES / "ikec-hoorn" / name).read_bytes()


# Opening


def test_a_workbook_is_opened_and_places_are_cells(browser: TestClient, book: bytes) -> None:
    page = browser.post("/open", files={"bestand": ("C:\\Mijn map\\planning.xlsx", book)})
    assert page.url == f"{HOME}/overzicht"
    assert "60 overtredingen" in text_of(page.text) or "overtredingen" in page.text
    findings = browser.get("/bevindingen").text
    assert re.search(r"documenten![A-Z]+\d+", findings)
    assert "rooster.yaml" not in findings


def test_yaml_files_and_an_archive_of_them_give_the_same(browser: TestClient, desk: Desk) -> None:
    whole = json.loads(small())
    parts = {"rest.yaml": {**whole}, "groepen.yaml": {"schema": BASE["schema"], "groepen": whole["groepen"]}}
    del parts["rest.yaml"]["groepen"]
    files = [("bestand", (name, json.dumps(data).encode())) for name, data in parts.items()]
    assert browser.post("/open", files=files).url == f"{HOME}/overzicht"
    first = report_of(desk, browser)
    assert "configuratie.zip" in browser.get("/rapporten").text
    archive = browser.get("/download/configuratie.zip").content
    assert browser.post("/open", files={"bestand": ("proef.zip", archive)}).url == f"{HOME}/overzicht"
    second = report_of(desk, browser)
    assert first.receipt.centre_sha256 == second.receipt.centre_sha256
    assert first.verdicts == second.verdicts


def test_the_date_can_be_chosen(browser: TestClient) -> None:
    asked = {"peildatum": "2026-11-30"}
    page = browser.post("/open", data=asked, files={"bestand": ("c.yaml", small())})
    assert "Getoetst op 30 november 2026" in text_of(page.text)
    assert browser.get("/download/rapport.json").json()["receipt"]["on"] == "2026-11-30"


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("c.yaml", b"schema: ikec-centrum/v1\ncentrum: {id: x}\ngroepn: []\n",
         "c.yaml:3:1: onbekende sleutel ‘groepn’; bedoelt u ‘groepen’?"),
        ("c.yaml", b"", "c.yaml:1:1: dit bestand is leeg"),
        ("c.yaml", b"\xff\xfe\x00", "UTF-16"),
        ("plan.xls", b"\xd0\xcf\x11\xe0", "dit soort bestand kan niet worden gelezen"),
        ("plan.xlsx", b"PK\x03\x04kapot", "dit is geen Excel-bestand (.xlsx) of het is beschadigd"),
        ("plan.xlsx", b"\xd0\xcf\x11\xe0rest", "dit is een .xls-bestand of het is met een wachtwoord beveiligd"),
        ("plan.zip", b"PK", "dit is geen zipbestand of het is beschadigd"),
        ("foto.png", b"\x89PNG", "dit soort bestand kan niet worden gelezen"),
        ("c.yaml", json.dumps({**BASE, "groepen": [{"id": "g", "soort": "stamgroep", "voorzieningen": ["weg"]}]},
                              indent=1).encode(), "weg"),
    ],
)  # fmt: skip
def test_a_broken_upload_gives_one_clear_line(browser: TestClient, name: str, content: bytes, line: str) -> None:
    page = browser.post("/open", files={"bestand": (name, content)})
    assert page.status_code == 422
    words = text_of(page.text)
    assert "Dit kan niet worden gelezen" in words
    assert line in words
    assert len(re.findall(r'<code class="line">', page.text)) == 1
    assert "Traceback" not in page.text
    assert browser.get("/overzicht").status_code == 410


def test_a_mistake_in_a_workbook_is_told_by_sheet_and_cell(browser: TestClient) -> None:
    from openpyxl import load_workbook

    made = load_workbook(io.BytesIO(hold({"c.yaml": small()}).workbook()))
    sheet = made["groepen"]
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "soort")
    sheet[f"{column}3"] = "stamgroepje"
    stream = io.BytesIO()
    made.save(stream)
    page = browser.post("/open", files={"bestand": ("planning.xlsx", stream.getvalue())})
    assert page.status_code == 422
    assert f"groepen!{column}3:" in text_of(page.text)


def test_bad_requests_are_refused_in_words(browser: TestClient) -> None:
    nothing = browser.post("/open", data={"peildatum": ""})
    assert "er is geen bestand gekozen" in text_of(nothing.text)
    day = browser.post("/open", data={"peildatum": "31-02-2026"}, files={"bestand": ("c.yaml", small())})
    assert "‘31-02-2026’ is geen datum" in text_of(day.text)
    two = [("bestand", ("a.xlsx", b"x")), ("bestand", ("b.yaml", small()))]
    assert "kies één Excelbestand" in text_of(browser.post("/open", files=two).text)
    twins = [("bestand", ("map/a.yaml", small())), ("bestand", ("ander/a.yaml", small()))]
    assert "dezelfde naam" in text_of(browser.post("/open", files=twins).text)
    many = [("bestand", (f"{number}.yaml", b"x")) for number in range(80)]
    assert browser.post("/open", files=many).status_code == 400
    torn = browser.post("/open", content=b"--x\r\n", headers={"content-type": "multipart/form-data; boundary=x"})
    assert torn.status_code in (400, 422)
    assert browser.post("/bekend", data={"centrum": "../../etc"}).status_code == 404


def test_an_archive_may_not_unpack_to_much(browser: TestClient) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("groot.yaml", b"#" * 9_000_000)
    page = browser.post("/open", files={"bestand": ("c.zip", stream.getvalue())})
    assert "uitgepakt te groot" in text_of(page.text)


# Changing


def test_renaming_the_plan_ends_the_collision_of_names(browser: TestClient, desk: Desk) -> None:
    open_example(browser)
    assert "CF-01" in browser.get("/bevindingen?wet=botsingen").text
    new = "Schoolplan 2025-2029, tevens centrumplan"
    page = browser.post("/wijzigen", data={"formulier": "namen", TITLE: new})
    assert page.url == f"{HOME}/gewijzigd"
    words = text_of(page.text)
    assert f"titel: Centrumplan 2025-2029 → {new}" in words
    assert "Naam schoolplan tegenover centrumplan CF-01 open" in words
    assert "Er is één uitkomst beter geworden. Er is niets slechter geworden." in words
    open_now = re.findall(r"BOTSING|WAARSCHUWING", browser.get("/bevindingen?wet=botsingen").text)
    assert open_now
    report = report_of(desk, browser)
    assert [item.state for item in report.conflicts if item.code == "CF-01"] == ["voldaan"]
    # The file that can be taken along holds the new name, and the comments of the old one.
    archive = zipfile.ZipFile(io.BytesIO(browser.get("/download/configuratie.zip").content))
    text = archive.read("documenten.yaml").decode()
    assert new in text and "# Schoolgidsen: elk jaar" in text


def test_a_change_can_be_taken_back(browser: TestClient, desk: Desk) -> None:
    browser.post("/open", files={"bestand": ("c.yaml", small())})
    before = report_of(desk, browser).verdicts
    browser.post("/wijzigen", data={"formulier": "groepen", "groepen|g1|naam": "Beren"})
    browser.post("/wijzigen", data={"formulier": "groepen", "groepen|g2|naam": "Wolven"})
    assert "2 wijzigingen: " in text_of(browser.get("/gewijzigd").text)
    browser.post("/terug")
    page = browser.post("/terug")
    assert "Verander nog iets" not in page.text
    assert report_of(desk, browser).verdicts == before
    assert browser.post("/terug").status_code == 200


def test_one_more_person_mends_the_ratio(browser: TestClient) -> None:
    open_example(browser)
    line = {"groep": "bg-1", "medewerker": "med-021", "rol": "beroepskracht", "dag": "wo", "van": "14:15",
            "tot": "17:00"}  # fmt: skip
    centre = hold_path(EXAMPLES / "ikec-hoorn").centre()
    free = [
        record.id
        for record in centre.records("medewerkers")
        if "bso" in (record.get("werkt_bij") or ()) and record.get("functie") == "pedagogisch_medewerker"
        and not any(item.get("medewerker") == record.id and "wo" in (item.get("dag") or ())
                    for item in centre.records("rooster"))
    ]  # fmt: skip
    line["medewerker"] = free[0]
    page = browser.post("/rooster", data=line)
    words = text_of(page.text)
    assert f"{free[0]} op BSO 1: woensdag 14:15–17:00 (beroepskracht)" in words
    assert "KO-BKR-02 voldoet niet → voldoet" in words
    day = text_of(browser.get("/dag/voorziening:bso").text)
    assert "wo 25 november 2026: genoeg" in day


def test_a_proposal_can_be_tried(browser: TestClient) -> None:
    open_example(browser)
    page = browser.get("/voorstellen").text
    words = text_of(page)
    assert "reistijd van de achterwacht van voorziening:bso: 20 minuten → 15 minuten" in words
    mark = re.search(r'value="([0-9a-f]{20})">Probeer dit<span class="unseen">: reistijd van de achterwacht', page)
    assert mark is not None
    done = text_of(browser.post("/voorstellen", data={"voorstel": mark[1]}).text)
    assert done.count("KO-BKR-09 voldoet niet → voldoet") == 3
    gone = browser.post("/voorstellen", data={"voorstel": mark[1]})
    assert gone.status_code == 422 and "dit voorstel is er niet meer" in text_of(gone.text)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"groep": "weg"}, "kies een groep"),
        ({"medewerker": ""}, "kies een medewerker"),
        ({"rol": "koning"}, "kies als wat de medewerker er is"),
        ({"van": "half drie"}, "van: ‘half drie’ is geen tijd"),
        ({"tot": "13:00"}, "de eindtijd (13:00) ligt niet na de begintijd (14:00)"),
        ({"dag": []}, "kies ten minste één dag van de week, of een datum"),
        ({"datum": "2026-11-25"}, "niet allebei"),
        ({"dag": [], "datum": "morgen"}, "‘morgen’ is geen datum"),
    ],
)
def test_a_roster_line_that_is_none(opened: TestClient, change: dict[str, object], line: str) -> None:
    sent = {"groep": "bg-1", "medewerker": "med-021", "rol": "beroepskracht", "dag": ["wo"], "van": "14:00",
            "tot": "17:00", **change}  # fmt: skip
    page = opened.post("/rooster", data=sent)
    assert page.status_code == 422
    assert line in text_of(page.text)


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ({"formulier": "namen"}, "u hebt niets veranderd"),
        ({"formulier": "weg", TITLE: "x"}, "u hebt niets veranderd"),
        ({"formulier": "namen", TITLE: "x" * 400}, "deze tekst heeft 400 tekens; hoogstens 300"),
        ({"formulier": "namen", TITLE: "a\x00b"}, "onzichtbaar stuurteken"),
        ({"formulier": "aanwezig", "rooster|r-001|aantallen.0": "-1"}, "‘-1’ is geen aantal"),
        ({"formulier": "aanwezig", "rooster|r-001|aantallen.0": "9" * 5000}, "is geen aantal"),
        ({"formulier": "ruimtes", "ruimtes|r-kikkers|m2": "veel"}, "‘veel’ is geen oppervlakte"),
        ({"formulier": "ruimtes", "ruimtes|r-kikkers|m2": "NaN"}, "‘NaN’ is geen oppervlakte"),
        ({"formulier": "ruimtes", "ruimtes|r-kikkers|m2": "1e9"}, "‘1e9’ is geen oppervlakte"),
        ({"formulier": "werktijden", "onderwerp": "voorziening:bso", "rooster|r-113|van": "25:00"}, "niets veranderd"),
    ],
)
def test_a_value_that_is_none_changes_nothing(opened: TestClient, sent: dict[str, str], line: str) -> None:
    page = opened.post("/wijzigen", data=sent)
    assert page.status_code == 422
    assert line in text_of(page.text)
    assert "U hebt nog niets veranderd" in text_of(opened.get("/gewijzigd").text)


def test_a_number_can_be_changed(browser: TestClient) -> None:
    open_example(browser)
    space = browser.post("/wijzigen", data={"formulier": "ruimtes", "ruimtes|r-kikkers|m2": "2,5"})
    assert "r-kikkers, m²: 46 → 2,5" in text_of(space.text)
    # 336 m2 less 43.5 is 292.5; 84 children ask 294.
    assert "KO-RUI-01 voldoet → voldoet niet" in text_of(space.text)


def test_hours_can_be_changed(browser: TestClient, desk: Desk) -> None:
    centre = small(
        medewerkers=[person("ans")],
        rooster=[
            {"id": "r1", "groep": "g1", "dag": ["ma"], "van": "08:00", "tot": "12:00", "aantallen": {"1": 3}},
            {"id": "r2", "groep": "g1", "dag": ["ma"], "van": "08:00", "tot": "12:00", "medewerker": "ans",
             "rol": "beroepskracht"},
        ],
    )  # fmt: skip
    browser.post("/open", files={"bestand": ("c.yaml", centre)})
    assert 'name="rooster|r2|van" value="08:00"' in browser.get("/dag/groep:g1").text
    hours = {"formulier": "werktijden", "onderwerp": "groep:g1", "rooster|r2|van": "09:00", "rooster|r1|van": "07:00"}
    page = text_of(browser.post("/wijzigen", data=hours).text)
    assert "ans, maandag, 08:00–12:00, van: 08:00 → 09:00" in page
    assert "07:00" not in page, "only the hours of people are in this form"
    assert "KO-BKR-01 voldoet → voldoet niet" in page
    assert "te weinig van 08:00 tot 09:00" in text_of(browser.get("/dag/groep:g1").text)


# Safety


def test_the_headers_of_every_answer(opened: TestClient) -> None:
    for path in ("/", "/overzicht", "/nergens", "/rapport/directie", "/stijl.css", "/download/agenda.ics"):
        headers = opened.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        assert "server" not in headers


def test_nothing_is_fetched_from_elsewhere(opened: TestClient) -> None:
    for path in ("/", *PAGES):
        page = opened.get(path).text
        for source in re.findall(r'(?:src|action)="([^"]*)"|<link[^>]*href="([^"]*)"', page):
            assert not "".join(source).startswith(("http", "//"))
    assert "url(" not in opened.get("/stijl.css").text and "@import" not in opened.get("/stijl.css").text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://kwaad.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": HOME, "sec-fetch-site": "cross-site"},
        {"origin": HOME, "sec-fetch-site": "same-site"},
        {"origin": ""},
    ],
)
def test_a_form_from_elsewhere_is_refused(desk: Desk, headers: dict[str, str]) -> None:
    browser = client(desk, **headers)
    number = len(desk.sessions)
    page = browser.post("/bekend", data={"centrum": "ikec-hoorn"})
    assert page.status_code == 403
    assert "Deze opdracht kwam niet van deze website" in page.text
    assert len(desk.sessions) == number


def test_a_form_of_which_nobody_knows_the_sender_is_refused(desk: Desk) -> None:
    browser = TestClient(application(desk), base_url=HOME)
    assert browser.post("/bekend", data={"centrum": "ikec-hoorn"}).status_code == 403


@pytest.mark.parametrize(
    "host", ["kwaad.example", "kwaad.example:8737", "127.0.0.1", "127.0.0.1:80", "localhost.kwaad.example:8737", "",
             "127.0.0.1:8737.kwaad.example", "192.168.1.4:8737"],
)  # fmt: skip
def test_a_foreign_host_name_is_refused(desk: Desk, host: str) -> None:
    assert client(desk, host=host).get("/").status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8737", "localhost:8737", "LOCALHOST:8737", "[::1]:8737"])
def test_the_names_of_this_computer_are_known(desk: Desk, host: str) -> None:
    assert client(desk, host=host).get("/").status_code == 200


def test_outside_an_address_is_enough_but_no_other_name(desk: Desk) -> None:
    open_desk = replace(desk, settings=replace(desk.settings, host="0.0.0.0"))
    assert client(open_desk, host="192.168.1.4:8737").get("/").status_code == 200
    assert client(open_desk, host="kwaad.example:8737").get("/").status_code == 421


def test_the_cookie_cannot_be_read_or_sent_along(desk: Desk) -> None:
    browser = client(desk)
    browser.follow_redirects = False
    cookie = open_example(browser).headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    key = re.match(r"ikec=([A-Za-z0-9_-]+);", cookie)
    assert key is not None and len(key[1]) >= 43


def test_a_file_above_the_limit_is_refused(desk: Desk) -> None:
    browser = client(replace(desk, settings=replace(desk.settings, limit=1)))
    big = b"# " + b"x" * 1_100_000
    page = browser.post("/open", files={"bestand": ("c.yaml", big)})
    assert page.status_code == 413
    assert "hoogstens 1 MB" in text_of(page.text)

    def pieces() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="bestand"; filename="c.yaml"\r\n\r\n'
        for _ in range(20):
            yield b"x" * 100_000
        yield b"\r\n--x--\r\n"

    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert browser.post("/open", content=pieces(), headers=kind).status_code == 413


def test_an_upload_that_takes_too_long_is_given_up(desk: Desk) -> None:
    app = application(replace(desk, settings=replace(desk.settings, upload_seconds=0.05)))
    headers = {"host": "127.0.0.1:8737", "origin": HOME, "content-type": "multipart/form-data; boundary=x"}
    scope = {"type": "http", "method": "POST", "path": "/open", "raw_path": b"/open", "query_string": b"",
             "scheme": "http", "http_version": "1.1", "server": ("127.0.0.1", 8737), "root_path": "",
             "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}  # fmt: skip
    sent: list[Any] = []

    async def never() -> Any:
        await anyio.sleep(60)

    async def keep(message: Any) -> None:
        sent.append(message)

    anyio.run(app, scope, never, keep)
    assert sent[0]["status"] == 408
    assert "Het bestand kwam niet op tijd aan" in sent[1]["body"].decode()


def test_an_upload_never_goes_to_a_temporary_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was made")

    browser = client(desk)
    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", refuse)
    filler = "\n".join(f"# {number} {'x' * 100}" for number in range(30_000)).encode()
    page = browser.post("/open", files={"bestand": ("c.yaml", small() + b"\n" + filler)})
    assert page.url == f"{HOME}/overzicht"


def test_hostile_texts_are_shown_as_text(browser: TestClient) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
    centre = small(
        centrum={"id": "proef", "naam": evil, "peildatum": "2026-11-23"},
        groepen=[{"id": "g1", "naam": evil, "soort": "stamgroep", "voorzieningen": ["kdv"], "plaatsing": {"1": 3}}],
        documenten=[{"id": "plan", "titel": evil, "soorten": ["pedagogisch_beleidsplan"], "voorzieningen": ["kdv"]}],
        rooster=[{"id": "r1", "groep": "g1", "dag": ["ma"], "van": "08:00", "tot": "12:00", "aantallen": {"1": 3}}],
    )
    page = browser.post("/open", files={"bestand": (f"{evil}.yaml", centre)})
    assert page.url == f"{HOME}/overzicht", text_of(page.text)
    browser.post("/wijzigen", data={"formulier": "namen", "documenten|plan|titel": f"nog {evil}"})
    others = ("/dag/groep:g1", "/rapport/directie", f"/dag/{evil}", f"/bevindingen?wet={evil}")
    for path in (*OVERVIEWS, *others):
        assert elements(browser.get(path).text) == set()
    assert "&lt;script&gt;" in browser.get("/wijzigen").text
    assert "{{7*7}}" in browser.get("/wijzigen").text


def test_a_text_of_a_megabyte_does_not_flood_the_pages(browser: TestClient) -> None:
    def centre(name: str) -> bytes:
        groups = [{"id": "g1", "naam": name, "soort": "stamgroep", "voorzieningen": ["kdv"], "plaatsing": {"1": 3}}]
        return small(centrum={"id": "proef", "naam": name, "peildatum": "2026-11-23"}, groepen=groups)

    refused = browser.post("/open", files={"bestand": ("c.yaml", centre("lang " * 200_000))})
    assert refused.status_code == 422 and len(refused.content) < 5_000
    browser.post("/open", files={"bestand": (f"{'naam' * 500}.yaml", centre("lang " * 390))})
    for path in ("/overzicht", "/dagen", "/gewijzigd", "/rapporten"):
        page = browser.get(path)
        assert page.status_code == 200 and len(page.content) < 20_000


def test_without_a_centre_pages_say_so(browser: TestClient) -> None:
    for path in (*PAGES, "/rapport/directie", "/download/centrum.xlsx"):
        page = browser.get(path)
        assert page.status_code == 410
        assert "Er is geen centrum geopend" in page.text
    assert browser.post("/wijzigen", data={}).status_code == 410


def test_closing_forgets(browser: TestClient, desk: Desk) -> None:
    open_example(browser)
    number = len(desk.sessions)
    assert browser.post("/sluiten").url == f"{HOME}/"
    assert len(desk.sessions) == number - 1
    assert browser.get("/overzicht").status_code == 410


def test_sessions_end_and_make_room(opened: TestClient, desk: Desk) -> None:
    now = [0.0]
    store = Sessions(2, 100.0, lambda: now[0])
    state = next(iter(desk.sessions._open.values())).now
    first, second = store.open(state, None), store.open(state, None)
    now[0] = 60.0
    assert store.find(first.key) is first
    third = store.open(state, None)
    assert store.find(second.key) is None
    assert store.find(first.key) is first and len(store) == 2
    now[0] = 161.0
    assert store.find(third.key) is None
    assert len(store) == 0
    assert first.key != third.key


# The engine and the disk


def test_a_crash_of_the_engine_is_a_page_and_no_report(
    desk: Desk, browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise InternalError("de regelmachine is vastgelopen (SIGSEGV)")

    change = {"formulier": "groepen", "groepen|g1|naam": "Beren"}
    browser.post("/open", files={"bestand": ("c.yaml", small())})
    monkeypatch.setattr(desk_module, "check_centre", crash)
    page = browser.post("/wijzigen", data=change)
    assert page.status_code == 500
    words = text_of(page.text)
    assert "de regelmachine is vastgelopen (SIGSEGV)" in words and "liever geen rapport" in words
    assert "U hebt nog niets veranderd" in text_of(browser.get("/gewijzigd").text)
    monkeypatch.undo()
    assert browser.post("/wijzigen", data=change).status_code == 200


def test_the_engine_runs_in_a_process_with_a_time_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[CheckRequest] = []
    real = desk_module.check_centre

    def watched(centre: Centre, catalogue: Catalogue, request: CheckRequest) -> Report:
        asked.append(request)
        return real(centre, catalogue, request)

    monkeypatch.setattr(desk_module, "check_centre", watched)
    client(desk).post("/open", files={"bestand": ("c.yaml", small())})
    # A positive number of seconds: evaluate_centre then runs the engine in a process of its own.
    assert [request.seconds for request in asked] == [desk.settings.seconds] and desk.settings.seconds > 0


def test_any_other_fault_is_a_page(desk: Desk, browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("oei")

    monkeypatch.setattr(desk_module, "hold", fault)
    page = browser.post("/open", files={"bestand": ("c.yaml", small())})
    assert page.status_code == 500
    assert "interne fout: ZeroDivisionError: oei" in text_of(page.text)


def test_outcomes_are_kept_only_when_asked(desk: Desk, tmp_path: Path) -> None:
    keeping = replace(desk, settings=replace(desk.settings, keep=tmp_path / "uitkomsten"), sessions=Sessions(2, 100.0))
    browser = client(keeping)
    assert "De uitkomst (niet het bestand) wordt bewaard" in text_of(browser.get("/").text)
    browser.post("/open", files={"bestand": ("c.yaml", small())})
    (kept,) = (tmp_path / "uitkomsten").iterdir()
    assert json.loads(kept.read_text())["schema"] == "ikec-geschiedenis/v1"
