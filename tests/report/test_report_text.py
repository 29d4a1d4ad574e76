from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikec_compliance.model.result import Report, Summary
from ikec_compliance.model.rule import Binding, Evidence, Severity, Status
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report import words as table
from ikec_compliance.report.explanation import render_explanation
from ikec_compliance.report.layout import WIDTH, Page
from ikec_compliance.report.phrases import PHRASES
from ikec_compliance.report.text import render_text
from ikec_compliance.report.words import Words
from tests.report.sample_report import JUDGED, PASSING, PRESENCE, REPORT, source, wording

TEXT = render_text(REPORT, wording())


def test_findings_come_first_then_conflicts_then_questions_then_counts() -> None:
    headings = ["Bevindingen", "Open botsingen", "Te beoordelen", "Vragen die", "Aantallen", "Let op"]
    places = [TEXT.index(f"\n{heading}") for heading in headings]
    assert places == sorted(places)


def test_law_is_apart_from_the_cao() -> None:
    assert TEXT.index("Onderwijs (toezicht") < TEXT.index("Kinderopvang (toezicht") < TEXT.index("Cao (geen wet)")
    assert TEXT.index("Cao (geen wet)") < TEXT.index("KO-CAO-01") < TEXT.index("Open botsingen")


def test_every_finding_has_its_article_its_place_and_what_to_do() -> None:
    for line in REPORT.verdicts:
        if line.is_finding:
            part = TEXT[TEXT.index(f"({line.rule})") :].split("\n\n")[0]
            assert line.subject in part
            assert line.repair_what in " ".join(part.split())
            assert re.search(r"Bron: .*art\. ", part)
            assert re.search(r"Zie centrum/\w+\.yaml:\d+:\d+", part)


def test_weak_evidence_and_weak_binding_are_marked_and_law_that_was_read_is_not() -> None:
    assert "bijlage 1 onderdeel a [secundair]" in TEXT
    assert "Cao kinderopvang art. 5.1 [oudere tekst] [cao]" in TEXT
    assert re.search(r"Wet op de expertisecentra art\. 22a lid 1$", TEXT, re.MULTILINE)


def test_articles_of_a_law_are_joined() -> None:
    shown = Words().sources(
        [source("A", "7", "1,3"), source("B", "hoofdstuk 2"), source("A", "7", "4")], {"A": "Wet A"}
    )
    assert shown == "Wet A art. 7 lid 1, 3 en 4; B, hoofdstuk 2"


def test_unit_is_not_said_twice() -> None:
    assert "08:30–12:30  aanwezige beroepskrachten: 1; vereist aantal beroepskrachten: 2 – rij" in TEXT
    assert "16:30–17:00  afwijkingstijd: 210 minuten" in TEXT


def test_only_ten_questions_are_asked_and_the_rest_is_counted() -> None:
    assert "10. jeugdhulpverlener med-2: Vraag 9? (helpt bij 4 uitkomsten)" in TEXT
    assert "Vraag 10?" not in TEXT
    assert "en nog 2 in het JSON-rapport" in TEXT
    assert "1.  jeugdhulpverlener med-2: Vraag 0? (beslist 3 uitkomsten)" in TEXT
    assert "Vraag 2? (beslist 1 uitkomst)" in TEXT


def test_judgements_stand_below_what_still_waits() -> None:
    assert TEXT.index("JH-QUAL-01") < TEXT.index("KO-VGB-09")
    assert "oordeel van bestuur verlopen op 5 januari 2026" in TEXT
    assert "beoordeeld als ‘voldoet’ door GGD op 2 maart 2026, tot en met 1 maart 2027" in " ".join(TEXT.split())


def test_what_lapses_within_ninety_days_is_named_and_later_is_not() -> None:
    last = REPORT.receipt.on.toordinal() + 90
    for day, there in ((last, True), (last + 1, False)):
        line = replace(PASSING, valid_until=type(REPORT.receipt.on).fromordinal(day))
        assert ("Verloopt binnen 90 dagen" in render_text(replace(REPORT, verdicts=(line,)), wording())) is there


def test_report_without_findings_says_so() -> None:
    empty = Summary({}, {}, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    report = Report(REPORT.receipt, empty, ())
    text = render_text(report, wording())
    assert "geen overtredingen, waarschuwingen of open botsingen" in text
    assert "Geen bevindingen" in text
    assert "Geen open botsingen" in text
    assert "\n\n\n" not in text


def test_plain_text_has_no_colour_and_colour_changes_no_words() -> None:
    assert "\x1b" not in TEXT
    coloured = render_text(REPORT, wording(), colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == TEXT


def test_dutch_text_has_no_jargon() -> None:
    for word in ("Kleene", "MUS", "mus:", "unknown", "warning", "error", "voldoet_niet", "oudere_tekst"):
        assert word not in TEXT
    assert "set regels die niet samengaat: OW-DOS-01 en JH-DOS-02" in " ".join(TEXT.split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_lines_fit_unless_a_word_does_not(language: table.Language) -> None:
    for line in render_text(REPORT, wording(language)).splitlines():
        assert len(line) <= WIDTH or len(line.split()) == 1, line


def test_every_code_has_a_word_in_both_languages() -> None:
    tables = (table.VERDICTS, table.EVIDENCE, table.BINDINGS, table.SEVERITIES, table.CONFLICT_SEVERITIES,
              table.STATUSES, table.CLASSES, table.STATES, table.TRUTHS, table.MODALITIES, table.GROUPS, table.REGIMES,
              PHRASES)  # fmt: skip
    for words in tables:
        assert all(len(pair) == 2 and all(pair) for pair in words.values())
    assert set(table.VERDICTS) == set(Verdict)
    assert set(table.EVIDENCE) == set(Evidence)
    assert set(table.BINDINGS) == set(Binding)
    assert set(table.SEVERITIES) == set(Severity)
    assert set(table.STATUSES) == set(Status)


def test_phrases_hold_the_same_places_in_both_languages() -> None:
    for dutch, english in PHRASES.values():
        assert set(re.findall(r"\{\w+\}", dutch)) == set(re.findall(r"\{\w+\}", english))


def test_dates_and_numbers_are_written_as_each_language_does() -> None:
    dutch, english = Words("nl"), Words("en")
    on = REPORT.receipt.on
    later = on.replace(month=12)
    assert dutch.day(on) == "23 november 2026"
    assert english.day(on) == "23 November 2026"
    assert dutch.days([on]) == "23 november 2026"
    assert dutch.days([on, on.replace(day=27)]) == "23 tot en met 27 november 2026"
    assert dutch.days([on, later]) == "23 november tot en met 23 december 2026"
    assert dutch.days([on, on.replace(year=2027)]) == "23 november 2026 tot en met 23 november 2027"
    forms = (("dag", "day"), ("dagen", "days"))
    assert (dutch.count(1234, *forms), english.count(1234, *forms)) == ("1.234 dagen", "1,234 days")
    assert (dutch.count(1, *forms), english.count(0, *forms)) == ("1 dag", "0 days")


def test_explanation_shows_clauses_values_places_and_links() -> None:
    text = render_explanation(PRESENCE, wording())
    assert "[onwaar]   aanwezige beroepskrachten is ten minste vereist aantal" in text
    assert "[onbekend] afwijkingstijd is hoogstens 180 minuten" in text
    assert "berekening: medewerkers op het rooster die meetellen" in text
    assert "berekening: soort" not in text  # the field itself is no calculation
    assert "en nog 2" in text
    assert "https://wetten.overheid.nl/BKK#Artikel7" in text
    assert "Besluit kwaliteit kinderopvang, bijlage 1 onderdeel a (tekst van 1 juli 2026)" in text


def test_explanation_of_a_judged_open_norm() -> None:
    text = render_explanation(JUDGED, wording())
    assert "De regel is een open norm" in text
    assert "onderbouwing: glas in elke deur" in text


@given(
    st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=30), max_size=40)
)
def test_wrapping_keeps_every_word_in_order(words: list[str]) -> None:
    wanted = [word for word in words if word]
    page = Page()
    page.write(" ".join(wanted), 4, "• ")
    assert page.text().replace("•", "", 1).split() == wanted
