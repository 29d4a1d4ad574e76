"""What the fuzzer feeds: every reader of the program, each as a function of bytes.

A target returns for input that is right and for an ``InputError`` of one line with a place; whatever else it raises is
a find. Parts of one input are separated by ``SPLIT``.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from ikec_compliance.app.baseline import read_baseline
from ikec_compliance.app.earlier import read_report
from ikec_compliance.app.exchange import workbook_tree
from ikec_compliance.app.history import _read as read_history
from ikec_compliance.app.receipt import _read as read_receipt
from ikec_compliance.centre.loader import centre_of
from ikec_compliance.engine.formulas import compile_rule
from ikec_compliance.engine.literals import Columns
from ikec_compliance.facts.bkr_batch import batch
from ikec_compliance.importers.bwb import _Reader as BwbReader
from ikec_compliance.importers.layout import published_layout
from ikec_compliance.importers.mapping import load_mapping
from ikec_compliance.importers.registers import read_duo, read_lrk
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.rules.files import CheckedFile, published
from ikec_compliance.rules.laws import load_laws
from ikec_compliance.rules.loader import _Context, _versions
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.vocabulary import load_vocabulary
from ikec_compliance.yamlio.documents import document_of
from ikec_compliance.yamlio.reader import parse

SPLIT = b"\n%%%\n"
DAY = date(2026, 11, 23)


def _is_one_line(error: InputError) -> None:
    text = str(error)
    if len(text.splitlines()) > 1 or not error.message:
        raise AssertionError(f"not one line: {text!r}")
    place = error.location
    if place is not None and (place.line < 1 or place.column < 1):
        raise AssertionError(f"no place: {text!r}")


def centre(data: bytes) -> None:
    """A configuration in one file, or in several that are merged."""
    parts = data.split(SPLIT)[:4]
    try:
        document = document_of((f"{n}.yaml", f"{n}.yaml", part) for n, part in enumerate(parts))
        centre_of(document.root, document.sha256, "c")
    except InputError as error:
        assert error.location is not None
        _is_one_line(error)


@cache
def _context() -> _Context:
    return _Context(load_vocabulary(rules_dir()), load_laws(rules_dir()))


def rules(data: bytes) -> None:
    """A rule file: types, units, dates, expressions, and their form for the engine."""
    try:
        checked = published("regels").walk(parse(data, "r.yaml"))
        file = CheckedFile(checked.data, checked.places, "", "r.yaml")
        for version in _versions(file, _context()):
            for day in (version.head.valid.first, DAY):
                with contextlib.suppress(NoValue):
                    compile_rule(version.resolve(day, _context().vocabulary, _context().laws), Columns())
    except InputError as error:
        _is_one_line(error)


EXPRESSION = b"""schema: ikec-regels/v1
regime: kinderopvang
thema: t
parameters:
  p: {title: P, unit: kind, values: [{from: 2020-01-01, value: 12, evidence: gelezen, source: [{law: BKK, article: 10, lid: '2', state: 2024-07-01}]}]}
  d: {title: D, unit: periode, values: [{from: 2020-01-01, value: 6 weken, evidence: gelezen, source: [{law: BKK, article: 10, lid: '2', state: 2024-07-01}]}]}
rules:
  - id: KO-PRF-01
    title: Proef
    text: {nl: Een proef., en: A trial.}
    source: [{law: BKK, article: 10, lid: '2', state: 2024-07-01}]
    evidence: gelezen
    binding: amvb
    valid: {from: 2020-01-01, from_known: ja}
    status: published
    severity: error
    subject: voorziening
    repair: {who: houder, what: Doe iets.}
    tests: [{name: goed, date: 2026-11-23, given: {}, expect: voldoet}]
"""  # noqa: E501 - as it stands in a rule file


def expression(data: bytes) -> None:
    """The condition of a rule, and with a second part what it applies to."""
    require, _, applies = data.partition(SPLIT)
    lines = b"    require: " + require.replace(b"\n", b" ") + b"\n"
    if applies:
        lines += b"    applies_when: " + applies.replace(b"\n", b" ") + b"\n"
    rules(EXPRESSION + lines)


@cache
def _book() -> dict[str, bytes]:
    """The parts of a small workbook."""
    from tests.importers.test_hardening import small

    stream = io.BytesIO()
    small().save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {item.filename: archive.read(item) for item in archive.infolist()}


def workbook(data: bytes) -> None:
    """A workbook as it is, or (first byte a digit or small letter) a small one with that part replaced by the rest."""
    if data[:1].isdigit() or data[:1].islower():
        parts = dict(_book())
        parts[sorted(parts)[int(data[:1], 36) % len(parts)]] = data[1:]
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        data = stream.getvalue()
    try:
        centre_of(workbook_tree(Path("x.xlsx"), data=data), "", "x.xlsx")
    except InputError as error:
        assert error.location is not None
        _is_one_line(error)


@cache
def _folder() -> Path:
    """A folder in memory where there is one."""
    shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return Path(tempfile.mkdtemp(prefix="ikec-fuzz-", dir=shared))


def _file(data: bytes) -> Path:
    path = _folder() / f"{os.getpid()}"
    path.write_bytes(data)
    return path


def registers(data: bytes) -> None:
    """An open data file of LRK and of DUO."""
    path = _file(data)
    for read, keys in ((read_lrk, {"100200300", "1", ""}), (read_duo, {"99ZZ", "99ZZ00", ""})):
        try:
            read(path, keys)
        except InputError as error:
            assert error.location is not None
            _is_one_line(error)


def groups(data: bytes) -> None:
    """A CSV of groups, for both kinds."""
    for kind in ("dagopvang", "bso"):
        out = io.StringIO()
        try:
            batch(kind, io.TextIOWrapper(io.BytesIO(data), "utf-8", newline=""), "b.csv", out, DAY)
        except InputError as error:
            assert error.location is not None and not out.getvalue()
            _is_one_line(error)


def records(data: bytes) -> None:
    """What the program wrote before: baseline, report, receipt, kept result."""
    path = _file(data)
    for read in (read_baseline, lambda path: read_report(path, {}), read_receipt, read_history):
        try:
            read(path)
        except InputError as error:
            _is_one_line(error)


def mapping(data: bytes) -> None:
    """A mapping file."""
    try:
        load_mapping(_file(data), published_layout())
    except InputError as error:
        assert error.location is not None
        _is_one_line(error)


def law(data: bytes) -> None:
    """The text of a law in XML."""
    reader = BwbReader("w.xml")
    try:
        reader.parse(data)
        reader.toestand()
    except InputError as error:
        assert error.location is not None
        _is_one_line(error)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (centre, rules, expression, workbook, registers, groups, records, mapping, law)
}
