"""The sample report with everything that the reports for people show besides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ikec_compliance.model.overview import Change, Changes, Facility, GroupDay, Overview, Paper, PresenceSlice
from ikec_compliance.report.wording import Turn, Wording
from ikec_compliance.report.words import Language
from tests.report import sample_report
from tests.report.sample_report import REPORT, source

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def _slices(*parts: tuple[int, int, int, int, int]) -> tuple[PresenceSlice, ...]:
    return tuple(
        PresenceSlice(start, end, (children, children), (required, required), (present, present))
        for start, end, children, required, present in parts
    )


OVERVIEW = Overview(
    facilities=(
        Facility("so", "Speciaal onderwijs", "so", "onderwijs", "bestuur", "Stichting School", "BRIN", "99XA"),
        Facility(
            "dagopvang",
            "Dagopvang",
            "dagopvang",
            "kinderopvang",
            "houder",
            "Stichting Opvang",
            "LRK",
            "900000001",
            "Plein 1",
        ),
        Facility("bso", "Bso Zonder Nummer", "bso", "kinderopvang", "houder", "Stichting Opvang"),
        Facility("jeugdhulp", "Dagbehandeling", "jeugdhulp", "jeugdhulp", "hulp", "Stichting Hulp"),
    ),
    papers=(
        Paper("Centrumplan", ("schoolplan", "pedagogisch_beleidsplan"), ("so", "dagopvang"), date(2025, 6, 17)),
        Paper("Meldcode opvang", ("meldcode",), ("dagopvang",)),
    ),
    belongs={
        "groep:sg-vossen": ("dagopvang",),
        "voorziening:so": ("so",),
        "voorziening:dagopvang": ("dagopvang",),
        "voorziening:jeugdhulp": ("jeugdhulp",),
        "medewerker:med-1": ("dagopvang",),
        "medewerker:med-1/voorziening:dagopvang": ("dagopvang",),
        "medewerker:med-2/voorziening:jeugdhulp": ("jeugdhulp",),
    },
    days=(
        GroupDay("groep:sg-vossen", "De Vossen", MONDAY, ("dagopvang",), False),
        GroupDay(
            "groep:sg-vossen",
            "De Vossen",
            TUESDAY,
            ("dagopvang",),
            True,
            _slices(
                (450, 510, 4, 1, 1),
                (510, 750, 16, 2, 1),
                (750, 990, 16, 2, 2),
                (990, 1020, 16, 2, 1),
                (1020, 1080, 4, 1, 2),
            ),
        ),
    ),
    glossary={
        "centrumplan": {"onderwijs": "schoolplan", "kinderopvang": "pedagogisch beleidsplan"},
        "ouderpanel": {"onderwijs": "medezeggenschapsraad", "jeugdhulp": "cliëntenraad"},
    },
    changes=Changes(
        date(2026, 10, 1),
        False,
        False,
        new=(
            Change(
                "kinderopvang",
                "KO-BKR-01",
                "groep:sg-vossen@2026-11-24",
                "Genoeg beroepskrachten op de stamgroep",
                "De Vossen, 24 november 2026",
            ),
        ),
        solved=(Change("jeugdhulp", "JH-VOG-01", "medewerker:med-3/voorziening:jeugdhulp", "VOG in bezit", "med-3"),),
        still=(Change("onderwijs", "OW-SPL-01", "voorziening:so", "Schoolplan vastgesteld", "Speciaal onderwijs"),),
    ),
)

FULL = replace(REPORT, overview=OVERVIEW)


def wording(language: Language = "nl") -> Wording:
    """The wording of the sample, with a rule that changes and one that starts within 90 days."""
    turns = (
        Turn(date(2026, 12, 31), "KO-TAAL-01", "kinderopvang", "Taaleis", False, True, (source("BKK", "6"),)),
        Turn(date(2027, 1, 1), "OW-NEW-01", "onderwijs", "Nieuwe regel", True, False, (source("WEC", "5"),)),
        Turn(date(2028, 1, 1), "OW-NEW-02", "onderwijs", "Verre regel", True, False, (source("WEC", "5"),)),
    )
    return replace(sample_report.wording(language), turns=turns)
