"""The report as a workbook for Excel: a sheet each for findings, questions, collisions, judgements and what lapses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ikec_compliance.model.result import VerdictLine
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.audience.expiry import expiries
from ikec_compliance.report.audience.grouping import collisions
from ikec_compliance.report.audience.reading import Reading
from ikec_compliance.report.audience.supervisor import belongs
from ikec_compliance.report.document.blocks import plain
from ikec_compliance.report.text import judged
from ikec_compliance.report.words import BINDINGS, CLASSES, REGIMES, STATES, group_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_CELL = 32_000
"""Excel keeps 32,767 characters in a cell."""

_MOMENT = datetime(2020, 1, 1)
"""The time in the file's own properties, always the same: the same input gives the same bytes."""

_MODIFIED = re.compile(rb"(?<=W3CDTF\">)[^<]*")
_FIXED = f"{_MOMENT:%Y-%m-%dT%H:%M:%SZ}".encode()

Cell = str | int | date | None


def render_workbook(read: Reading, regime: str = "", facility: str = "") -> bytes:
    """The workbook; with ``regime`` only what belongs to it, with ``facility`` only verdicts of that voorziening."""
    from openpyxl import Workbook

    lines = [line for line in read.report.verdicts if not regime or line.regime == regime]
    if facility:
        lines = [line for line in lines if facility in belongs(line, read)]
    book = Workbook()
    book.remove(book.worksheets[0])
    for key, head, cells, widths in (
        _findings(lines, read),
        _questions(read),
        _conflicts(read, regime),
        _reviews(lines, read),
        _lapsing(read, regime),
    ):
        sheet = book.create_sheet(read.say(key))
        _fill(sheet, [read.say(name) for name in head], cells, widths)
    properties = book.properties
    properties.title, properties.creator = f"{read.name}"[:200], "ikec-compliance"
    properties.created = properties.modified = _MOMENT
    return _saved(book)


_Sheet = tuple[str, Sequence[str], list[list[Cell]], Sequence[int]]


def _findings(lines: Iterable[VerdictLine], read: Reading) -> _Sheet:
    words = read.words
    head = (
        "law",
        "rule_head",
        "what",
        "weight_head",
        "subject_head",
        "found_head",
        "interval_head",
        "do_head",
        "who",
        "article",
        "evidence_head",
        "binding_head",
        "accepted_head",
        "see_head",
    )
    cells: list[list[Cell]] = [
        [
            words.of(REGIMES, group_of(line)),
            line.rule,
            read.title(line),
            words.severity(line.severity).capitalize(),
            read.subject(line),
            read.message(line),
            read.intervals(line.intervals),
            line.repair_what,
            line.repair_who,
            plain(read.sources(line.source)),
            read.verified(line),
            words.pick(BINDINGS[line.binding]),
            None if line.accepted is None else line.accepted.until,
            read.place(line.location),
        ]
        for line in lines
        if line.is_finding
    ]
    for item in read.report.stale:
        row: list[Cell] = [None] * len(head)
        row[1:6] = [
            item.code,
            item.title,
            read.say("stale_mark").capitalize(),
            f"{item.rule} {item.subject}",
            read.cut(item.message),
        ]
        row[-1] = read.place(item.location)
        cells.append(row)
    return "sheet_findings", head, cells, (14, 13, 38, 14, 30, 50, 40, 44, 20, 44, 26, 14, 14, 34)


def _questions(read: Reading) -> _Sheet:
    head = ("subject_head", "question_head", "decides_head", "helps_head", "see_head")
    cells: list[list[Cell]] = [
        [read.cut(item.subject_title), read.cut(item.question), item.decides, item.helps, read.place(item.location)]
        for item in read.report.questions
    ]
    return "sheet_questions", head, cells, (34, 70, 10, 10, 40)


def _conflicts(read: Reading, regime: str) -> _Sheet:
    words = read.words
    head = (
        "rule_head",
        "conflict_head",
        "where",
        "class_head",
        "state_of_conflict",
        "weight_head",
        "law",
        "explanation_head",
        "ways_out",
        "see_head",
    )
    cells: list[list[Cell]] = []
    for group in collisions(read.report.conflicts):
        if regime and group.regimes and regime not in group.regimes:
            continue
        regimes = words.listing([words.of(REGIMES, name) for name in group.regimes])
        for line in group.lines:
            cells.append(
                [
                    line.code,
                    read.cut(line.title),
                    line.subject,
                    words.of(CLASSES, line.conflict_class),
                    words.of(STATES, line.state),
                    words.conflict_severity(line.severity).capitalize(),
                    regimes,
                    read.cut(line.explanation),
                    read.cut("\n".join(line.resolutions), 4000),
                    read.place(line.location),
                ]
            )
    return "sheet_conflicts", head, cells, (14, 44, 28, 40, 12, 14, 24, 60, 60, 34)


def _reviews(lines: Iterable[VerdictLine], read: Reading) -> _Sheet:
    head = ("law", "rule_head", "what", "subject_head", "open_norm_head", "article", "evidence_head", "judgement_head")
    cells: list[list[Cell]] = [
        [
            read.words.of(REGIMES, group_of(line)),
            line.rule,
            read.title(line),
            read.subject(line),
            read.message(line),
            plain(read.sources(line.source)),
            read.verified(line),
            read.cut(judged(line, read.wording)),
        ]
        for line in lines
        if line.verdict is Verdict.REVIEW
    ]
    return "sheet_reviews", head, cells, (14, 13, 38, 30, 60, 44, 26, 40)


def _lapsing(read: Reading, regime: str) -> _Sheet:
    head = ("until_head", "rule_head", "what", "kind_head", "where", "who", "do_head", "article")
    cells: list[list[Cell]] = [
        [
            item.day,
            item.rule,
            read.cut(item.title),
            read.say(f"kind_{item.kind}"),
            read.cut("; ".join(item.where), 4000),
            read.cut(item.who),
            read.cut(item.what),
            plain(read.sources(item.source)),
        ]
        for item in expiries(read.report, read.wording)
        if not regime or item.regime == regime
    ]
    return "sheet_expiry", head, cells, (14, 13, 44, 28, 40, 20, 44, 44)


def _fill(sheet: Worksheet, head: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    bold, fill = Font(bold=True), PatternFill("solid", fgColor="D9E6F2")
    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, cells in enumerate([head, *rows], start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(number, column)
            _put(cell, value)
            cell.alignment = wrapped
            if number == 1:
                cell.font, cell.fill = bold, fill
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(rows) + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _put(cell: Any, value: Cell) -> None:
    """A value that Excel never takes for a formula: text is stored as text and shown as it is."""
    if isinstance(value, str):
        clean = "".join(char if char.isprintable() or char == "\n" else " " for char in value)[:_CELL]
        cell.value = clean
        cell.data_type = "s"
        if clean[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.value = value


def _saved(book: Any) -> bytes:
    """The file with fixed times in its archive."""
    import zipfile

    from openpyxl.writer.excel import ExcelWriter

    raw = BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    made = BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(name)
            # The writer puts the time of writing in the properties.
            new.writestr(info, _MODIFIED.sub(_FIXED, data) if name == "docProps/core.xml" else data)
    return made.getvalue()
