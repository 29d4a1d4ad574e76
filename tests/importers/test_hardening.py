"""Whatever is wrong with a workbook is one clear Dutch line with its cell, exit code 2, and nothing is written."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from ikec_compliance.app.exchange import centre_workbook, import_workbook
from ikec_compliance.model.errors import InputError

ROOT = Path(__file__).resolve().parents[2]


def small() -> Workbook:
    """A workbook of a tiny centre, typed by hand."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "centrum"
    rows: dict[str, list[list[Any]]] = {
        "centrum": [["id", "peildatum"], ["proef", date(2026, 11, 23)]],
        "organisaties": [["id", "soort"], ["houder", "houder_kinderopvang"]],
        "voorzieningen": [["id", "soort", "organisatie", "kindplaatsen"], ["kdv", "dagopvang", "houder", 12]],
        "groepen": [["id", "soort", "voorzieningen"], ["g1", "stamgroep", "kdv"]],
        "medewerkers": [["id", "functie", "organisatie", "in_dienst_op"],
                        ["p1", "pedagogisch_medewerker", "houder", date(2024, 1, 8)],
                        ["p2", "pedagogisch_medewerker", "houder", None]],
        "rooster": [["id", "groep", "dag", "van", "tot", "medewerker"], ["r1", "g1", "ma", time(8), time(12), "p1"]],
    }  # fmt: skip
    for name, lines in rows.items():
        page = first if name == "centrum" else book.create_sheet(name)
        for line in lines:
            page.append(line)
    return book


def refusal(book: Workbook | bytes, folder: Path) -> str:
    """The one line that importing a workbook ends in; nothing may be left behind."""
    path = folder / "boek.xlsx"
    if isinstance(book, bytes):
        path.write_bytes(book)
    else:
        book.save(path)
    with pytest.raises(InputError) as caught:
        import_workbook(path, folder / "uit")
    assert sorted(item.name for item in folder.iterdir()) == ["boek.xlsx"]
    line = str(caught.value)
    assert "\n" not in line
    return line.replace(str(path), "boek.xlsx")


def put(sheet: str, cell: str, value: Any) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def hide(book: Workbook) -> None:
    book["medewerkers"].sheet_state = "hidden"


def rename(book: Workbook) -> None:
    book["medewerkers"].title = "medewerker"


def merge(book: Workbook) -> None:
    book["medewerkers"].merge_cells("C2:C3")


def error_value(book: Workbook) -> None:
    book["medewerkers"]["B2"] = "#N/A"


def serial(cell: str, value: float) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        sheet = "rooster" if cell.startswith("D") and value < 3 else "medewerkers"
        book[sheet][cell] = value
        book[sheet][cell].number_format = "General"

    return change


CASES: list[tuple[str, Callable[[Workbook], None], str]] = [
    ("formula", put("medewerkers", "B2", "=A2"), "medewerkers!B2: hier staat een formule"),
    ("formula in a header", put("medewerkers", "B1", "=A2"), "medewerkers!B1: hier staat een formule"),
    ("error value", error_value, "medewerkers!B2: hier staat de foutwaarde #N/A"),
    ("date as text", put("medewerkers", "D2", "08-01-2024"), "medewerkers!D2: ‘08-01-2024’ is tekst en geen datum"),
    ("impossible date", put("medewerkers", "D2", "2026-02-30"), "medewerkers!D2: ‘in_dienst_op’: 30 februari"),
    ("day with a time", put("medewerkers", "D2", datetime(2024, 1, 8, 9)), "medewerkers!D2: hier staat een datum met"),
    ("serial day", serial("D2", 45299), "medewerkers!D2: ‘45299’ is een getal en geen datum"),
    ("serial time", serial("D2", 0.354166), "rooster!D2: ‘0,354166’ is een getal en geen tijd"),
    ("time with seconds", put("rooster", "D2", time(8, 0, 30)), "rooster!D2: een tijd ligt in hele minuten"),
    ("more than a day", put("rooster", "E2", timedelta(hours=25)), "rooster!E2: een tijd ligt in hele minuten"),
    ("day in a text column", put("medewerkers", "A2", date(2024, 1, 8)), "medewerkers!A2: hier staat een datum"),
    ("hidden sheet", hide, "medewerkers!A1: blad ‘medewerkers’ is verborgen"),
    ("wrong sheet name", rename, "medewerker!A1: onbekend blad ‘medewerker’; bedoelt u ‘medewerkers’?"),
    ("merged cells", merge, "medewerkers!A1: de cellen C2:C3 zijn samengevoegd"),
    ("double id", put("medewerkers", "A3", "p1"), "medewerkers!A3: ‘p1’ staat ook al in medewerkers!A2"),
    ("unknown column", put("medewerkers", "B1", "functi"), "medewerkers!B1: onbekende kolom ‘functi’; bedoelt"),
    ("column twice", put("medewerkers", "D1", "functie"), "medewerkers!D1: de kolom ‘functie’ staat er twee keer"),
    ("no column name", put("medewerkers", "F3", "x"), "medewerkers!F3: boven deze cel staat geen kolomnaam"),
    ("unknown reference", put("rooster", "F2", "p9"), "rooster!F2: 'p9' staat niet in medewerkers"),
    ("unknown word", put("groepen", "B2", "stamgroepje"), "groepen!B2: ‘soort’: verwacht"),
    ("below zero", put("voorzieningen", "D2", -1), "voorzieningen!D2: ‘kindplaatsen’"),
    ("too long for a cell", put("centrum", "A2", "x" * 32_768), "deze cel heeft"),
    ("missing id", put("groepen", "A2", None), "groepen!B2: ‘groepen’: verplichte sleutel ‘id’ ontbreekt"),
    ("a BSN", put("centrum", "A2", "123456782"), "centrum!A2: deze waarde kan een burgerservicenummer zijn"),
    ("comma too many", put("groepen", "C2", "kdv,,kdv"), "groepen!C2: hier staat een komma te veel"),
    ("empty centre", put("centrum", "A2", "-"), "centrum!"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_wrong_cell_is_named(change: Callable[[Workbook], None], wanted: str, tmp_path: Path) -> None:
    book = small()
    change(book)
    # openpyxl itself cuts a text off at the length of a cell.
    if wanted == "deze cel heeft":
        assert refusal(_longer(book), tmp_path).startswith("centrum!A2: deze cel heeft 1000000 tekens")
        return
    assert refusal(book, tmp_path).startswith(wanted)


def _longer(book: Workbook) -> bytes:
    return _changed(book, "xl/worksheets/sheet1.xml", lambda text: text.replace("x" * 32_767, "x" * 1_000_000))


def _changed(book: Workbook, part: str, change: Callable[[str], str]) -> bytes:
    """The bytes of a workbook with one of its parts changed."""
    plain, stream = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            target.writestr(item, change(data.decode()).encode() if item.filename == part else data)
    return stream.getvalue()


def test_the_small_workbook_itself_is_right(tmp_path: Path) -> None:
    path = tmp_path / "boek.xlsx"
    small().save(path)
    import_workbook(path, tmp_path / "uit")
    assert "van: 08:00" in (tmp_path / "uit" / "rooster.yaml").read_text(encoding="utf-8")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (100 * 1024 * 1024))
    assert "uitgepakt groter dan 64 MB" in refusal(stream.getvalue(), tmp_path)


def test_a_file_of_100_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "groot.xlsx"
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(InputError, match="groter dan 20 MB"):
        import_workbook(path, tmp_path / "uit")


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02" * 99, b"PK\x03\x04rommel", b"id;naam\nx;y\n", b"\xd0\xcf\x11\xe0" * 200]
)
def test_what_is_no_workbook_is_refused(data: bytes, tmp_path: Path) -> None:
    line = refusal(data, tmp_path)
    assert line.startswith("boek.xlsx:1:1: dit ")


def test_a_broken_workbook_is_refused(tmp_path: Path) -> None:
    plain = io.BytesIO()
    small().save(plain)
    for number, cut in enumerate((200, 2000, len(plain.getvalue()) - 30)):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert "beschadigd" in refusal(plain.getvalue()[:cut], folder)
    folder = tmp_path / "xml"
    folder.mkdir()
    broken = _changed(small(), "xl/worksheets/sheet1.xml", lambda text: text[: len(text) // 2])
    assert "beschadigd" in refusal(broken, folder)


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    data = _changed(small(), "xl/worksheets/sheet1.xml", lambda text: bomb + text)
    assert "DTD" in refusal(data, tmp_path)


def test_far_cells_do_not_take_memory(tmp_path: Path) -> None:
    book = small()
    book["medewerkers"]["XFD2"] = 1
    assert "1024 kolommen" in refusal(book, tmp_path)
    (tmp_path / "boek.xlsx").unlink()
    book = small()
    book["medewerkers"]["A1000000"] = 1
    assert "60000 rijen" in refusal(book, tmp_path)


def test_macros_and_links_are_ignored(tmp_path: Path) -> None:
    plain, stream = io.BytesIO(), io.BytesIO()
    small().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(stream, "w") as target:
        for item in source.infolist():
            target.writestr(item, source.read(item))
        target.writestr("xl/vbaProject.bin", b"\x00macro")
        target.writestr("xl/externalLinks/externalLink1.xml", "<externalLink xmlns='x'><externalBook/></externalLink>")
    path = tmp_path / "boek.xlsx"
    path.write_bytes(stream.getvalue())
    import_workbook(path, tmp_path / "uit")


def test_no_folder_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "boek.xlsx"
    small().save(path)
    (tmp_path / "uit").mkdir()
    with pytest.raises(InputError, match="bestaat al"):
        import_workbook(path, tmp_path / "uit")
    assert list((tmp_path / "uit").iterdir()) == []


def test_the_command_line_says_it_in_one_line(tmp_path: Path) -> None:
    book = small()
    book["medewerkers"]["B2"] = "=1"
    path = tmp_path / "boek.xlsx"
    book.save(path)
    command = [sys.executable, "-m", "ikec_compliance", "import", str(path), "--output", str(tmp_path / "uit")]
    done = subprocess.run(command,
                          capture_output=True, text=True, check=False, timeout=60)  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("medewerkers!B2: hier staat een formule")


@pytest.mark.parametrize("text", ["=1+1", "+31 229", "-x", "@sum", "\tx", '=HYPERLINK("http://x")'])
def test_text_is_never_a_formula(text: str, tmp_path: Path) -> None:
    source = tmp_path / "centrum.yaml"
    escaped = text.replace('"', '\\"').replace("\t", "\\t")
    source.write_text(f'schema: ikec-centrum/v1\ncentrum: {{id: x, naam: "{escaped}"}}\n', encoding="utf-8")
    path = tmp_path / "boek.xlsx"
    path.write_bytes(centre_workbook(source))
    cell = load_workbook(path)["centrum"]["B2"]
    assert cell.data_type == "s"
    # A text that starts with white space stands between quotes, and so begins with neither.
    assert cell.quotePrefix or cell.value == f'"{text}"'
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet9.xml")
    import_workbook(path, tmp_path / "uit")


def _as_excel_saves(book: Workbook) -> bytes:
    """The workbook with its texts in a table of shared strings, one in parts with a layout of their own."""
    plain, stream = io.BytesIO(), io.BytesIO()
    book.save(plain)
    texts: list[str] = []

    def shared(found: re.Match[str]) -> str:
        texts.append(found[1])
        return f't="s"><v>{len(texts) - 1}</v></c>'

    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item).decode()
            if item.filename.startswith("xl/worksheets/"):
                data = re.sub(r't="inlineStr"><is><t(?: [^>]*)?>(.*?)</t></is></c>', shared, data)
            if item.filename == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
                data = data.replace(
                    "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
                )
            target.writestr(item, data)
        space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts = "".join(f"<si><r><t>{text[:1]}</t></r><r><rPr><b/></rPr><t>{text[1:]}</t></r></si>" if number % 2 else
                        f"<si><t>{text}</t></si>" for number, text in enumerate(texts))  # fmt: skip
        target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}">{parts}</sst>')
    return stream.getvalue()


def test_shared_strings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "boek.xlsx"
    path.write_bytes(_as_excel_saves(small()))
    import_workbook(path, tmp_path / "uit")
    assert "functie: pedagogisch_medewerker" in (tmp_path / "uit" / "medewerkers.yaml").read_text(encoding="utf-8")
