"""Bad inputs with the message that each gives: the table of docs/slechte-invoer.md.

A row is a command, the files it reads as recipes (Python expressions over the helpers here), and the one line on
stderr. ``python -m tests.fuzz.bad_inputs --write`` runs them all and writes the page anew; the tests compare.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import io
import os
import shlex
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ikec_compliance.cli import main as ikec
from tests.rule_files import RULE, changed, rules_text
from tests.rule_files import folder as rule_folder

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "slechte-invoer.md"
MB = 1024 * 1024
SLOW = 0.5

CENTRUM = "schema: ikec-centrum/v1\ncentrum: {id: c}\n"
VOL = "schema: ikec-centrum/v1\ncentrum: {id: c}\norganisaties: [{id: o, soort: houder_kinderopvang}]\n"
KOLOMMEN = "schema: ikec-kolommen/v1\nbladen:\n"
LRK = "lrk_id;type_oko;aantal_kindplaatsen;status;inschrijfdatum\n"
KDV = VOL + "voorzieningen: [{id: k, soort: dagopvang, organisatie: o, lrk_nummer: '100200300'}]\n"
WET = '<toestand bwb-id="BWBR0003549" inwerkingtreding="2026-01-01">'


class Special:
    """A file that is not just bytes."""

    def make(self, path: Path) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class leeg(Special):  # noqa: N801 - the words of the recipes are Dutch
    """A file of a size without content on disk."""

    size: int

    def make(self, path: Path) -> None:
        with path.open("wb") as stream:
            stream.truncate(self.size)


class pijp(Special):  # noqa: N801
    """A named pipe that nobody writes to."""

    def make(self, path: Path) -> None:
        os.mkfifo(path)


class map_(Special):  # noqa: N801
    """A folder."""

    def make(self, path: Path) -> None:
        path.mkdir()


@dataclass(frozen=True)
class link(Special):  # noqa: N801
    """A symbolic link."""

    target: str

    def make(self, path: Path) -> None:
        path.symlink_to(self.target)


def regel(**lines: str) -> str:
    """A local rule file; each key is replaced by its line of YAML."""
    text = changed(**{key: f"    {key}: {line}\n" if key != "id" else line for key, line in lines.items()})
    return rules_text(text.replace("KO-PRF-01", "HR-PRF-01").replace("binding: amvb", "binding: huisregel"),
                      head="schema: ikec-regels/v1\nregime: huisregel\nthema: proef\n")  # fmt: skip


def parameters(text: str) -> str:
    """A local rule file with this block of parameters."""
    return regel().replace("rules:\n", f"parameters:\n{text}rules:\n")


def werkmap(*, weg: str = "", extra: dict[str, bytes] | None = None, vervang: tuple[str, str] = ("", ""),
            **cells: Any) -> bytes:  # fmt: skip
    """A workbook with one child centre; ``groepen_A2=…`` fills a cell, ``extra`` adds parts to the archive."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "centrum"
    for row in (["id", "naam"], ["c", "Proef"]):
        first.append(row)
    page = book.create_sheet("organisaties")
    for row in (["id", "soort"], ["o", "houder_kinderopvang"]):
        page.append(row)
    for name, value in cells.items():
        sheet, _, cell = name.partition("_")
        book[sheet][cell] = value
    plain, stream = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            if item.filename == weg:
                continue
            data = source.read(item)
            if vervang[0] and item.filename.startswith("xl/worksheets/"):
                data = data.replace(vervang[0].encode(), vervang[1].encode())
            target.writestr(item, data)
        for part, content in (extra or {}).items():
            target.writestr(part, content)
    return stream.getvalue()


def zip_(**parts: bytes) -> bytes:
    """A zip archive; ``__`` in a name stands for ``/`` and ``_`` before the suffix for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


@dataclass(frozen=True)
class Bad:
    """One row: what it is, the command after ``ikec``, its files as recipes, and the line on stderr.

    ``message`` empty: the input is right, the command answers.
    """

    what: str
    command: str
    files: dict[str, str]
    message: str


WORDS: dict[str, Any] = {
    "CENTRUM": CENTRUM, "VOL": VOL, "KDV": KDV, "KOLOMMEN": KOLOMMEN, "LRK": LRK, "WET": WET, "MB": MB, "RULE": RULE,
    "leeg": leeg, "pijp": pijp, "map_": map_, "link": link, "regel": regel, "parameters": parameters,
    "werkmap": werkmap, "zip_": zip_,
}  # fmt: skip

_ROW = "| "
_GOOD = "(goed)"


def rows(text: str) -> Iterator[tuple[int, Bad]]:
    """The rows of the page with the number of their line: cells that hold a command between backticks."""
    for number, line in enumerate(text.splitlines()):
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith(_ROW) and len(cells) == 4 and cells[1].startswith("`ikec "):
            files = {}
            for item in filter(None, cells[2].split("<br>")):
                name, _, recipe = item.strip("`").partition(" = ")
                files[name] = recipe
            message = cells[3] if cells[3] == _GOOD else cells[3].strip("`")
            yield number, Bad(cells[0], cells[1].strip("`").removeprefix("ikec "), files, message)


@cache
def few_rules() -> Path:
    """A rule folder with the vocabulary and no rules: what is wrong with a local rule is the same, and quick to say."""
    place = Path(tempfile.mkdtemp(prefix="ikec-toets-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return rule_folder(place)


_ANY_RULES = ("--extra-rules", "source-check", "--baseline", "--history", "receipt", "diff")


def make(bad: Bad, folder: Path) -> None:
    """The files of a row in a folder."""
    if any(word in bad.command for word in _ANY_RULES):
        (folder / "rules").symlink_to(few_rules())
    for name, recipe in bad.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = eval(recipe, {"__builtins__": {}}, WORDS)
        if isinstance(content, Special):
            content.make(path)
        else:
            path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@dataclass(frozen=True)
class Outcome:
    """What a command gave."""

    code: object
    out: str
    err: str

    @property
    def message(self) -> str:
        """As the page shows it."""
        return self.err.rstrip("\n") or _GOOD


def run(command: str, folder: Path) -> Outcome:
    """Run a command of ``ikec`` in a folder, in this process."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True), io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = ikec.main(shlex.split(command), standalone_mode=False)
    finally:
        os.chdir(before)
    return Outcome(code, out.buffer.getvalue().decode("utf-8"), err.getvalue())  # type: ignore[attr-defined]


def problems(bad: Bad, found: Outcome) -> list[str]:
    """What is wrong with an outcome, whatever its message should be."""
    wrong = []
    if "Traceback" in found.err or found.err.count("\n") > 1:
        wrong.append("more than one line")
    if any(not char.isprintable() for char in found.err.rstrip("\n")):
        wrong.append("a control character on the terminal")
    if found.message == _GOOD:
        if found.code not in (0, 1):
            wrong.append(f"exit code {found.code} without a message")
    elif found.code != 2:
        wrong.append(f"exit code {found.code}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="bad_inputs")
    parser.add_argument("--write", action="store_true", help="write the messages into the page")
    options = parser.parse_args()
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    failed = 0
    started = time.monotonic()
    for number, bad in rows("\n".join(lines)):
        with tempfile.TemporaryDirectory() as place:
            make(bad, Path(place))
            found = run(bad.command, Path(place))
        wrong = problems(bad, found)
        took, started = time.monotonic() - started, time.monotonic()
        if took > SLOW:
            print(f"{PAGE.name}:{number + 1}: {bad.what}: took {took:.1f} s")
        if found.message != bad.message:
            print(f"{PAGE.name}:{number + 1}: {bad.what}: {found.message}")
            failed += not options.write
        for text in wrong:
            print(f"{PAGE.name}:{number + 1}: {bad.what}: {text}")
        failed += len(wrong)
        if options.write:
            head = lines[number].rpartition(" | ")[0]
            shown = found.message if found.message == _GOOD else f"`{found.message}`"
            lines[number] = f"{head} | {shown} |"
    if options.write:
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
