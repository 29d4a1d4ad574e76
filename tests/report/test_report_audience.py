"""What each reader is shown, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ikec_compliance.app.catalogue import open_catalogue
from ikec_compliance.app.publish import check_facility, publish
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.result import Report
from ikec_compliance.model.rule import Binding
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.audience.chapters import CHAPTERS, FALLBACK, SUPERVISORS, chapter_of
from ikec_compliance.report.audience.compose import AUDIENCES, compose
from ikec_compliance.report.audience.expiry import expiries
from ikec_compliance.report.audience.grouping import collisions, first_things
from ikec_compliance.report.audience.own_words import OwnWords
from ikec_compliance.report.audience.papers import WANTED
from ikec_compliance.report.document.blocks import Block, Card, Link, Section, Table, plain, sections
from ikec_compliance.report.document.phrases import DOCUMENT_PHRASES
from ikec_compliance.report.phrases import PHRASES
from tests.report.sample_overview import FULL, OVERVIEW, wording
from tests.report.sample_report import COLLECTIVE, JUDGED, PASSING, PLAN, PRESENCE, SETTLED, UNKNOWN, WAITING

RULES = open_catalogue(None, None).rules


def text(audience: str, report: Report = FULL, facility: str = "") -> str:
    made = publish(report, wording(), audience, "text", facility)
    assert isinstance(made, str)
    return made


def titles(audience: str, facility: str = "") -> list[str]:
    return [plain(part.title) for part in compose(FULL, wording(), audience, facility).sections]


def cards(blocks: Iterable[Block]) -> list[Card]:
    found = []
    for block in blocks:
        if isinstance(block, Card):
            found.append(block)
        if isinstance(block, Section):
            found += cards(block.blocks)
    return found


# Chapters


def test_ggd_chapters_stand_in_the_order_of_its_reports() -> None:
    assert [chapter.title[0] for chapter in CHAPTERS["kinderopvang"]] == [
        "Registratie, wijzigingen en administratie",
        "Pedagogisch klimaat",
        "Personeel en groepen",
        "Veiligheid en gezondheid",
        "Accommodatie",
        "Ouderrecht",
    ]


def test_igj_chapters_are_the_five_themes() -> None:
    assert [chapter.title[0] for chapter in CHAPTERS["jeugdhulp"]] == [
        "Uitvoering hulp",
        "Veiligheid",
        "Leefklimaat",
        "Cliëntenpositie",
        "Bestuurlijke organisatie",
    ]


def test_every_shipped_rule_of_law_has_a_chapter() -> None:
    placed = [head for head in RULES.heads if head.binding is not Binding.CAO and head.regime in CHAPTERS]
    assert len(placed) > 300
    assert [head.id for head in placed if chapter_of(head.regime, head.id, head.theme) is FALLBACK] == []


def test_every_place_in_a_chapter_stands_once() -> None:
    for chapters in CHAPTERS.values():
        places = [place for chapter in chapters for place in chapter.places]
        assert len(places) == len(set(places))


def test_a_new_rule_falls_to_its_theme_then_to_other_rules() -> None:
    assert chapter_of("kinderopvang", "KO-NIEUW-01", "ruimte").key == "accommodatie"
    assert chapter_of("kinderopvang", "KO-BKR-16", "administratie").key == "registratie"
    assert chapter_of("kinderopvang", "KO-BKR-01", "bezetting").key == "personeel"
    assert chapter_of("kinderopvang", "KO-NIEUW-01", "iets nieuws") is FALLBACK


def test_papers_name_rules_that_exist() -> None:
    ids = {head.id for head in RULES.heads}
    known = ids | {id_.rpartition("-")[0] for id_ in ids}
    for papers in WANTED.values():
        assert {place for paper in papers for place in paper.places} <= known


# Supervisors


@pytest.mark.parametrize("audience", SUPERVISORS)
def test_supervisor_report_says_that_it_is_internal(audience: str) -> None:
    assert compose(FULL, wording(), audience).banner == "Interne voorbereiding – niet voor verzending"
    for form in ("html", "markdown", "text"):
        made = publish(FULL, wording(), audience, form)
        assert isinstance(made, str) and "Interne voorbereiding – niet voor verzending" in made


@pytest.mark.parametrize("audience", ["directie", "beleid"])
def test_the_others_have_no_banner(audience: str) -> None:
    assert compose(FULL, wording(), audience).banner == ""


def test_a_chapter_for_each_number() -> None:
    assert titles("ggd")[2:4] == ["Dagopvang – LRK 900000001", "Bso Zonder Nummer – geen LRK-nummer ingevuld"]
    assert "Speciaal onderwijs – BRIN 99XA" in titles("onderwijsinspectie")
    assert "Dagbehandeling – Stichting Hulp" in titles("igj")


def test_one_voorziening() -> None:
    assert titles("ggd", "bso") == [
        "Overzicht",
        "Bso Zonder Nummer – geen LRK-nummer ingevuld",
        "Botsingen tussen regels",
        "Woordenlijst",
    ]


@pytest.mark.parametrize(
    ("audience", "facility", "message"),
    [
        ("directie", "so", "--voorziening kiest een hoofdstuk voor een toezichthouder"),
        ("ggd", "dagopvan", "bedoelt u ‘dagopvang’?"),
        ("ggd", "so", "kies uit dagopvang, bso"),
    ],
)
def test_an_unknown_voorziening_is_refused(audience: str, facility: str, message: str) -> None:
    with pytest.raises(InputError, match="voorziening") as caught:
        check_facility(FULL, audience, facility)
    assert message in str(caught.value)


@pytest.mark.parametrize("audience", SUPERVISORS)
def test_nothing_of_the_regime_is_left_out(audience: str) -> None:
    """Every rule with an outcome stands in the report, what must be judged or is unknown too."""
    made = text(audience)
    for line in FULL.verdicts:
        if line.regime == SUPERVISORS[audience] and line.verdict is not Verdict.NOT_APPLICABLE:
            assert line.rule in made


def test_a_judgement_never_hides_what_was_to_be_judged() -> None:
    marks = {card.code: card.mark for card in cards(compose(FULL, wording(), "ggd").sections)}
    assert marks["KO-VGB-09"] == "BEOORDEELD"
    marks = {card.code: card.mark for card in cards(compose(FULL, wording(), "igj").sections)}
    assert marks == {"JH-VOG-02": "ONBEKEND", "JH-QUAL-01": "TE BEOORDELEN", "CF-34": "WAARSCHUWING"}


def test_a_line_of_no_voorziening_has_a_chapter_of_its_own() -> None:
    report = replace(FULL, overview=replace(OVERVIEW, belongs={}))
    document = compose(report, wording(), "ggd")
    rest = next(part for part in document.sections if plain(part.title) == "Niet aan een voorziening verbonden")
    assert {card.code for card in cards(rest.blocks)} == {"KO-BKR-01", "KO-VGB-09"}


def test_what_the_supervisor_does_not_look_at_stands_apart() -> None:
    document = compose(FULL, wording(), "ggd")
    extra = next(part for part in document.sections if plain(part.title) == "Cao (geen wet)")
    assert [card.code for card in cards(extra.blocks)] == ["KO-CAO-01"]
    assert all(
        card.code != "KO-CAO-01" for part in document.sections if part is not extra for card in cards(part.blocks)
    )


def test_every_norm_says_how_it_was_verified() -> None:
    made = text("ggd")
    assert "Hoe nagegaan: secundair, tekst van 1 juli 2026" in made
    assert "Hoe nagegaan: gelezen, tekst van 1 juli 2026" in made


def test_papers_to_have_ready() -> None:
    document = compose(FULL, wording(), "ggd")
    table = next(
        block
        for _, part in sections(document.sections)
        if part.anchor == "stukken-dagopvang"
        for block in part.blocks
        if isinstance(block, Table)
    )
    rows = {plain(cells[0]): (plain(cells[1]), plain(cells[2])) for cells in table.rows}
    assert rows["☐ roosters en presentielijsten"] == ("–", "1× voldoet niet")
    assert rows["☐ meldcode"][0] == "Meldcode opvang"
    assert rows["☐ centrumplan (pedagogisch beleidsplan)"][0] == "Centrumplan (vastgesteld op 17 juni 2025)"


# Directie


def test_the_first_page_holds_what_a_director_needs() -> None:
    first = compose(FULL, wording(), "directie").sections[0]
    inner = [plain(part.title) for _, part in sections(first.blocks)]
    assert inner == ["Loopt af binnen 90 dagen", "Deze week doen", "Nog niet bekend", "Botsingen en uitwegen"]


def test_what_touches_children_comes_first_and_accepted_findings_do_not_come() -> None:
    assert [group[0].rule for group in first_things((COLLECTIVE, PLAN, PRESENCE, PASSING))] == [
        "KO-BKR-01",
        "KO-CAO-01",
    ]


def test_equal_collisions_are_one() -> None:
    lines = [
        replace(SETTLED, id=f"CX-1/medewerker:m{n}", subject=f"medewerker:m{n}", title=f"VOG bij medewerker m{n}")
        for n in range(12)
    ]
    groups = collisions([*lines, replace(lines[0], state="open")])
    assert [(len(group.lines), group.title) for group in groups] == [(1, "VOG bij medewerker m0"), (12, "VOG")]
    made = text("directie", replace(FULL, conflicts=tuple(replace(line, state="open") for line in lines)))
    assert "VOG bij 12 medewerkers" in made


def test_what_lapses_within_ninety_days() -> None:
    found = expiries(FULL, wording())
    assert [(item.day, item.kind, item.rule) for item in found] == [
        (date(2026, 12, 31), "rule_changes", "KO-TAAL-01"),
        (date(2027, 1, 1), "rule_starts", "OW-NEW-01"),
        (date(2027, 1, 15), "verdict", "KO-TAAL-01"),
        (date(2027, 1, 31), "accepted", "OW-SPL-01"),
    ]


@pytest.mark.parametrize(("days", "there"), [(0, True), (90, True), (91, False), (-1, False)])
def test_the_ninetieth_day_counts(days: int, there: bool) -> None:
    line = replace(PASSING, valid_until=FULL.receipt.on + timedelta(days=days))
    assert bool(expiries(replace(FULL, verdicts=(line,)), replace(wording(), turns=()))) is there


def test_a_judgement_that_ends_is_announced() -> None:
    report = replace(FULL, receipt=replace(FULL.receipt, on=date(2027, 2, 1)), verdicts=(JUDGED, WAITING, UNKNOWN))
    assert [(item.kind, item.who) for item in expiries(report, wording())] == [("judgement", "GGD")]


# Own words


@pytest.mark.parametrize(
    ("sentence", "spoken"),
    [
        ("Stel het schoolplan vast.", "Stel het centrumplan (schoolplan) vast."),
        ("Schoolplannen en het schoolplan", "Centrumplannen (schoolplannen) en het centrumplan"),
        ("De medezeggenschapsraad stemt in.", "De medezeggenschapsraad (bij u: ouderpanel) stemt in."),
        ("Een basisschoolplanning", "Een basisschoolplanning"),
        ("Niets van dit al", "Niets van dit al"),
    ],
)
def test_own_words_stand_before_those_of_the_law(sentence: str, spoken: str) -> None:
    assert OwnWords(OVERVIEW.glossary).speak(sentence, "onderwijs") == spoken


def test_own_words_are_those_of_the_regime() -> None:
    own = OwnWords(OVERVIEW.glossary)
    assert own.speak("het pedagogisch beleidsplan", "kinderopvang") == "het centrumplan (pedagogisch beleidsplan)"
    assert own.speak("het schoolplan", "kinderopvang") == "het schoolplan"
    assert own.speak("het schoolplan", "jeugdhulp") == "het schoolplan"


def test_a_term_is_explained_once() -> None:
    own, seen = OwnWords(OVERVIEW.glossary), set[str]()
    assert own.speak("het schoolplan", "onderwijs", seen) == "het centrumplan (schoolplan)"
    assert own.speak("het schoolplan", "onderwijs", seen) == "het centrumplan"


def test_two_terms_in_one_are_two() -> None:
    own = OwnWords({"domein": {"kinderopvang": "stamgroep of basisgroep"}})
    assert own.speak("de stamgroep en de basisgroep", "kinderopvang") == (
        "de stamgroep (bij u: domein) en de basisgroep (bij u: domein)"
    )


# Language and safety


@pytest.mark.parametrize("key", [*PHRASES, *DOCUMENT_PHRASES])
def test_every_phrase_is_there_in_both_languages_with_the_same_values(key: str) -> None:
    import string

    pair = PHRASES.get(key) or DOCUMENT_PHRASES[key]
    fields = [{name for _, name, _, _ in string.Formatter().parse(words) if name} for words in pair]
    assert all(pair) and fields[0] == fields[1]


def test_no_phrase_has_two_meanings() -> None:
    assert not set(PHRASES) & set(DOCUMENT_PHRASES)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a", True),
        ("http://a", True),
        ("#x", True),
        ("javascript:x", False),
        ("data:text/html,x", False),
        ("", False),
        (" https://a", False),
    ],
)
def test_only_web_addresses_are_followed(url: str, safe: bool) -> None:
    assert bool(Link("x", url).safe) is safe


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("form", ["html", "markdown", "text", "xlsx"])
def test_an_empty_report_can_be_written(audience: str, form: str) -> None:
    bare = replace(
        FULL,
        verdicts=(),
        conflicts=(),
        questions=(),
        repairs=(),
        notices=(),
        overview=None,
        receipt=replace(FULL.receipt, regimes=(), laws={}, days=()),
    )
    assert publish(bare, wording(), audience, form)
