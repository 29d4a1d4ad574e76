"""The calendar of what lapses (RFC 5545)."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ikec_compliance.app.publish import agenda
from tests.report.sample_overview import FULL, wording
from tests.report.sample_report import PASSING


def lines(calendar: str) -> list[str]:
    """The content lines, unfolded."""
    assert calendar.endswith("\r\n")
    parts = calendar[:-2].split("\r\n")
    assert all(len(part.encode()) <= 75 and "\n" not in part and "\r" not in part for part in parts)
    found: list[str] = []
    for part in parts:
        if part.startswith(" "):
            found[-1] += part[1:]
        else:
            found.append(part)
    return found


def unescaped(value: str) -> str:
    out, at = "", 0
    while at < len(value):
        if value[at] == "\\":
            at += 1
            out += {"n": "\n"}.get(value[at], value[at])
        else:
            assert value[at] not in ";,"
            out += value[at]
        at += 1
    return out


def test_an_event_for_each_date_that_lapses() -> None:
    found = lines(agenda(FULL, wording()))
    assert found[0] == "BEGIN:VCALENDAR" and found[-1] == "END:VCALENDAR" and "VERSION:2.0" in found
    assert found.count("BEGIN:VEVENT") == found.count("END:VEVENT") == 4
    starts = [line for line in found if line.startswith("DTSTART")]
    assert starts == [f"DTSTART;VALUE=DATE:{day}" for day in ("20261231", "20270101", "20270115", "20270131")]
    assert "DTEND;VALUE=DATE:20270116" in found  # the end of a whole day is the day after
    assert len({line for line in found if line.startswith("UID:")}) == 4
    assert {line for line in found if line.startswith("DTSTAMP")} == {"DTSTAMP:20261123T000000Z"}


@given(st.text(max_size=200))
def test_any_text_stays_in_its_property(text: str) -> None:
    report = replace(FULL, verdicts=(replace(PASSING, title=text, subject_title=text, repair_what=text),), conflicts=())
    found = lines(agenda(report, replace(wording(), turns=())))
    flat = "".join(char if char.isprintable() else " " for char in text)
    summary = next(line for line in found if line.startswith("SUMMARY:"))
    assert unescaped(summary.removeprefix("SUMMARY:")) == f"{flat} (KO-TAAL-01): laatste dag"
    assert found.count("BEGIN:VEVENT") == 1
    assert all(line.partition(":")[0].partition(";")[0].replace("-", "").isupper() for line in found)


def test_nothing_to_announce_is_an_empty_calendar() -> None:
    found = lines(agenda(replace(FULL, verdicts=()), replace(wording(), turns=())))
    assert "BEGIN:VEVENT" not in found and found[-1] == "END:VCALENDAR"
