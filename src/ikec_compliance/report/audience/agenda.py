"""What lapses as a calendar (iCalendar, RFC 5545): a whole day per date, for any agenda."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import timedelta

from ikec_compliance.report.audience.expiry import Expiry
from ikec_compliance.report.audience.reading import Reading
from ikec_compliance.report.document.blocks import plain

_OCTETS = 75
_WARNING_DAYS = 14


def render_agenda(items: Sequence[Expiry], read: Reading) -> str:
    """The calendar; the same check gives the same bytes, so that an agenda recognises what it has."""
    receipt = read.report.receipt
    stamp = f"{receipt.on:%Y%m%d}T000000Z"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//ikec-compliance//{receipt.version}//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(read.say('calendar_name', name=read.name))}",
    ]
    for item in items:
        lines += _event(item, read, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(item: Expiry, read: Reading, stamp: str) -> Iterator[str]:
    starts = item.kind == "rule_starts"
    title = read.own.speak(read.cut(item.title), item.regime)
    key = "|".join((read.report.receipt.centre, item.rule, item.kind, item.day.isoformat(), *item.where))
    about = [read.say(f"kind_{item.kind}")]
    if item.where:
        about.append(read.cut("; ".join(item.where)))
    if item.what:
        about.append(
            read.say("do_verdict", what=read.cut(item.what)) if item.kind == "verdict" else read.cut(item.what)
        )
    if item.who:
        about.append(f"{read.say('who')}: {read.cut(item.who)}")
    if item.source:
        about.append(plain(read.sources(item.source)))
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(key.encode()).hexdigest()[:24]}@ikec-compliance"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{item.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{item.day + timedelta(days=1):%Y%m%d}"
    summary = read.say("calendar_first" if starts else "calendar_last", title=title, rule=item.rule)
    yield f"SUMMARY:{_escaped(summary)}"
    yield "DESCRIPTION:" + "\\n".join(map(_escaped, about))
    yield "TRANSP:TRANSPARENT"
    yield from (
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(summary)}",
        f"TRIGGER:-P{_WARNING_DAYS}D",
        "END:VALARM",
        "END:VEVENT",
    )


def _escaped(words: str) -> str:
    """Text on one line, in which nothing can start a property of its own."""
    flat = "".join(char if char.isprintable() else " " for char in words)
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> Iterator[str]:
    """A line as parts of at most 75 octets; the following ones start with a space."""
    part, size, start = "", 0, True
    for char in line:
        octets = len(char.encode())
        if size + octets > (_OCTETS if start else _OCTETS - 1):
            yield part if start else f" {part}"
            part, size, start = "", 0, False
        part += char
        size += octets
    yield part if start else f" {part}"
