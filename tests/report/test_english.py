"""``--lang en``: everything a reader sees is English, and nothing else differs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.check import CheckRequest, check_centre, open_centre
from ikec_compliance.app.publish import publish
from ikec_compliance.app.translation import english, translated
from ikec_compliance.app.wording import wording_of
from ikec_compliance.cli import main
from ikec_compliance.engine.explanation import wording as condition
from ikec_compliance.model.expr import And, Expr
from ikec_compliance.model.resources import examples_dir
from ikec_compliance.model.result import Report
from ikec_compliance.report.english.phrasebook import Phrasebook
from ikec_compliance.report.english.results import English
from ikec_compliance.report.explanation import render_explanation
from ikec_compliance.report.github import render_github, render_summary
from ikec_compliance.report.json_report import render_json
from ikec_compliance.report.junit import render_junit
from ikec_compliance.report.sarif import render_sarif
from ikec_compliance.report.text import render_conflicts, render_text
from ikec_compliance.report.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = examples_dir() / "ikec-hoorn"
AUDIENCES = ("directie", "ggd", "onderwijsinspectie", "igj", "beleid")

# Words that Dutch cannot do without and English does not have.
DUTCH = re.compile(
    r"(?<![\w‘“-])(het|een|niet|voor|zijn|wordt|worden|bij|deze|dit|geen|naar|ook|heeft|hebben|moet|welke|hoeveel"
    r"|zonder|van de|van het|met de|met een|op de|uit de|aan de|jaar|leerlingen|kinderen|nodig|hoogstens)(?![\w-])",
    re.IGNORECASE,
)
NAMED = re.compile(r"\([^()]*\)|‘[^‘’]*’|\"[^\"]*\"|https?:\S+")
"""Terms of Dutch law stand in brackets behind their English, names between quotation marks."""

# Names of people, papers and court cases in what frictions cite, and of frameworks of supervisors.
CITED = (
    "Inspectie van het Onderwijs", "Toetsingskader Verantwoorde Hulp voor Jeugd", "Naar een IKC", "Van Dun",
    "Waarborgfonds Kinderopvang",
)  # fmt: skip


class Both(NamedTuple):
    """One check, as it was made and in English."""

    catalogue: Catalogue
    dutch: Report
    english: Report
    wording: Wording
    own: tuple[str, ...]


@pytest.fixture(scope="module")
def both() -> Both:
    catalogue = open_catalogue(None, None)
    request = CheckRequest(EXAMPLE, overview=True)
    centre = open_centre(request)
    report = check_centre(centre, catalogue, request)
    titles = [law.title for law in catalogue.rules.laws.by_code.values()]
    own = sorted({*_strings(centre.data), *titles, *CITED}, key=len, reverse=True)
    said = translated(report, catalogue.rules, "en")
    return Both(catalogue, report, said, wording_of(catalogue.rules, "en", report.receipt.on), tuple(own))


def _strings(raw: Any) -> Iterator[str]:
    if isinstance(raw, str) and len(raw) > 3:
        yield raw
        yield raw[:1].upper() + raw[1:]
    elif isinstance(raw, dict):
        for key, value in raw.items():
            yield from _strings(key)
            yield from _strings(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from _strings(value)


def left_dutch(text: str, own: tuple[str, ...]) -> list[str]:
    """The lines, words joined again, in which Dutch is left besides names and terms."""
    found = []
    for line in re.split(r"\n\s*\n|\n(?=\s*[•\d-])|\n(?=\S)", text):
        whole = plain = " ".join(line.split())
        if DUTCH.search(plain):
            for name in own:
                plain = plain.replace(name, "…")
            while (fewer := NAMED.sub("…", plain)) != plain:
                plain = fewer
            found += [whole] if DUTCH.search(plain) else []
    return found


def shown(page: str) -> str:
    """What a browser shows and reads aloud of a page."""
    page = re.sub(r"<(style|script).*?</\1>", "", page, flags=re.DOTALL)
    spoken = re.findall(r'(?:title|aria-label|alt)="([^"]*)"', page)
    return html.unescape(re.sub(r"(?:<[^>]*>\s*)+", "\n\n", page) + "\n\n" + "\n\n".join(spoken))


# What each form shows


def test_the_text_report_has_no_dutch_left(both: Both) -> None:
    assert left_dutch(render_text(both.english, both.wording), both.own) == []
    assert left_dutch(render_conflicts(both.english, both.wording), both.own) == []


def test_the_dutch_report_is_seen_as_dutch(both: Both) -> None:
    wording = wording_of(both.catalogue.rules, "nl", both.dutch.receipt.on)
    assert len(left_dutch(render_text(both.dutch, wording), both.own)) > 100


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_page_of_each_reader_has_no_dutch_left(both: Both, audience: str) -> None:
    page = publish(both.english, both.wording, audience, "html")
    assert isinstance(page, str)
    assert '<html lang="en"' in page
    assert left_dutch(shown(page), both.own) == []


def test_the_forms_for_ci_have_no_dutch_left(both: Both) -> None:
    heads = [translated(head, both.catalogue.rules, "en") for head in both.catalogue.rules.heads]
    report = replace(both.english, verdicts=tuple(line for line in both.english.verdicts if line.clauses))
    for form in (render_github, render_summary, render_junit):
        assert left_dutch(form(report, heads, wording=both.wording), both.own) == []
    assert '"language": "en"' in render_sarif(report, heads, wording=both.wording)


def test_an_explanation_has_no_dutch_left(both: Both) -> None:
    seen: set[tuple[str, str]] = set()
    for line in both.english.verdicts:
        if line.clauses and (line.rule, line.verdict.value) not in seen and len(seen) < 120:
            seen.add((line.rule, line.verdict.value))
            assert left_dutch(render_explanation(line, both.wording), both.own) == [], line.rule


@pytest.mark.parametrize(
    "arguments",
    [
        ["repair"],
        ["conflicts", "--joint", "groep:sg-vossen"],
        ["conflicts", "--joint", "medewerker:med-022"],
        ["explain", "examples/ikec-hoorn", "KO-BKR-01", "groep:sg-vossen@2026-11-24"],
        ["rules", "show", "KO-BKR-01"],
        ["diff", "examples/ikec-hoorn", "examples/ikec-hoorn-op-orde"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_each_command_answers_in_english(both: Both, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(main, [*arguments, "--lang", "en"])
    assert result.exit_code in (0, 1), result.output
    assert left_dutch(result.stdout, both.own) == []


# What stays as it is


def test_only_texts_differ(both: Both) -> None:
    for one, other in zip(both.dutch.verdicts, both.english.verdicts, strict=True):
        assert (one.rule, one.subject, one.verdict, one.severity, one.location, one.valid_until, one.harmless) == (
            other.rule, other.subject, other.verdict, other.severity, other.location, other.valid_until, other.harmless
        )  # fmt: skip
        assert [item.truth for item in one.clauses] == [item.truth for item in other.clauses]
    for before, after in zip(both.dutch.conflicts, both.english.conflicts, strict=True):
        assert (before.id, before.conflict_class, before.state) == (after.id, after.conflict_class, after.state)
        assert len(before.certificate.proof) == len(after.certificate.proof)
    assert both.dutch.receipt == both.english.receipt
    assert [item.location for item in both.dutch.questions] == [item.location for item in both.english.questions]


def test_numbers_stay_the_same(both: Both) -> None:
    number = re.compile(r"\d+(?:[.,]\d+)?")

    def numbers(text: str) -> list[str]:
        return sorted(item.replace(",", ".") for item in number.findall(text))

    # The sentence of a rule may count in words in one language.
    sentences = {head.text["nl"] for head in both.catalogue.rules.heads}
    for one, other in zip(both.dutch.verdicts, both.english.verdicts, strict=True):
        if one.message not in sentences:
            assert numbers(one.message) == numbers(other.message), one.message
    for before, after in zip(both.dutch.conflicts, both.english.conflicts, strict=True):
        # What cannot be computed is told in words of its own in each language.
        if before.norms:
            assert [numbers(text) for text in before.certificate.proof] == [
                numbers(text) for text in after.certificate.proof
            ]


def test_json_in_english_differs_in_texts_alone(both: Both) -> None:
    first = [replace(report, verdicts=report.verdicts[::20]) for report in (both.dutch, both.english)]
    rows = zip(render_json(first[0]).splitlines(), render_json(first[1]).splitlines(), strict=True)
    names = {before.split('"')[1] for before, after in rows if before != after and before.strip().startswith('"')}
    assert not names & {"rule", "regime", "subject", "verdict", "severity", "evidence", "binding", "file", "line",
                        "id", "class", "state", "truth", "role", "fingerprint", "sha256", "law"}  # fmt: skip


def test_in_dutch_nothing_is_touched(both: Both) -> None:
    assert translated(both.dutch, both.catalogue.rules, "nl") is both.dutch


def test_a_centre_keeps_its_own_words(both: Both) -> None:
    titles = {line.subject_title for line in both.english.verdicts}
    assert {"Speciaal onderwijs", "De Vossen, 24 November 2026", "Parlan"} <= titles
    assert any(title.startswith("childcare worker med-004") for title in titles)
    assert both.english.receipt.centre_name == both.dutch.receipt.centre_name


# Every sentence of the rules


def test_every_condition_of_every_rule_in_force_is_known(both: Both) -> None:
    speaker = english(both.catalogue.rules)
    unknown = []
    for rule in both.catalogue.on(both.dutch.receipt.on).rules:
        exprs = [rule.applies, rule.require]
        exprs += [part for item in rule.exceptions for part in (item.applies, item.require)]
        texts = [condition(part) for expr in exprs if expr is not None for part in _conjuncts(expr)]
        texts += [value.shown for value in rule.parameters]
        unknown += [f"{rule.id}: {text}" for text in texts if not speaker.knows(text)]
    assert unknown == []


def _conjuncts(expr: Expr) -> Iterator[Expr]:
    if isinstance(expr, And) and expr.items:
        for item in expr.items:
            yield from _conjuncts(item)
    else:
        yield expr


@pytest.mark.parametrize(
    ("dutch", "said"),
    [
        (
            "medewerkers op het rooster die meetellen; vul aan bij med-001: in_dienst_op, meerderjarig; "
            "roosterregel r-2: rol",
            "employees on the roster who count; fill in at med-001: in_dienst_op, meerderjarig; roster line r-2: rol",
        ),
        (
            "rekenregel 1: Z = 2/3 + (1/6 + 2/8) / 1,2 ≈ 1,014, naar boven afgerond 2; rij 0 tot 4 jaar, kolom 2: "
            "hoogstens 9 kinderen, van wie hoogstens 3 van 0 tot 2 jaar",
            "calculation rule 1: Z = 2/3 + (1/6 + 2/8) / 1.2 ≈ 1.014, rounded up 2; row 0 to 4 years, column 2: "
            "at most 9 children, of whom at most 3 of 0 to 2 years",
        ),
        ("Tel op: [aantal leden ≤ 5] + 2 × [- aantal leden ≤ -7].",
         "Add up: [number of members ≤ 5] + 2 × [- number of members ≤ -7]."),
        ("{ja} uit {ja, nee}", "{yes} of {yes, no}"),
        ("{2; 3} personen", "{2; 3} persons"),
        ("med-1 inzetten bij De Vossen op 2026-11-24 van 08:30 tot 13:00 (meer uren dan in het contract staan)",
         "deploy med-1 at De Vossen on 2026-11-24 from 08:30 to 13:00 (more hours than in the contract)"),
        ("De geaccepteerde bevinding KO-BKR-01 bij groep:x gold tot en met 1 mei 2026; de bevinding telt weer mee.",
         "The accepted finding KO-BKR-01 at groep:x held until 1 May 2026; the finding counts again."),
        ("personenregister: nog niet; onderwijsbevoegdheid: onbekend",
         "personenregister: not yet; teaching qualification: unknown"),
    ],
)  # fmt: skip
def test_what_this_example_does_not_say_is_known_too(both: Both, dutch: str, said: str) -> None:
    speaker = english(both.catalogue.rules)
    assert (speaker.text(dutch), speaker.knows(dutch)) == (said, True)


# The phrasebook

BOOK = Phrasebook(
    {"kinderen": "children", "Norm van {kinderen} in {titel}.": "Norm of {kinderen} in {titel}."},
    [
        ("{a} is hoogstens {b}", "{a} is at most {b}"),
        ("{a} of {b}", "{a} or {b}"),
        ("{b} voor {a}", "{a} before {b}"),
        ("roosterregel {#a}: rol", "roster line {a}: rol"),
        ("deel niets over {&a}", "do not share over {a}"),
        ("naam: {!a}", "name: {a}"),
    ],
)


@pytest.mark.parametrize(
    ("dutch", "other"),
    [
        ("kinderen", "children"),
        ("Kinderen", "Children"),
        ("kinderen is hoogstens 3,5 m2", "children is at most 3.5 m2"),
        ("kinderen is hoogstens 3 of 1 jaar", "children is at most 3 or 1 year"),
        ("2 jaar voor 23 november 2026", "23 November 2026 before 2 years"),
        ("roosterregel r-1: rol", "roster line r-1: rol"),
        ("roosterregel van de kinderen: rol", "roosterregel van de kinderen: rol"),
        ("deel niets over so, sbo en bso", "do not share over so, sbo and bso"),
        ("naam: kinderen of wat dan ook", "name: kinderen of wat dan ook"),
        ("Norm van 3 kinderen in kinderen.", "Norm of 3 children in kinderen."),
        ("iets heel anders", "iets heel anders"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_sentence_is_said_by_its_parts(dutch: str, other: str) -> None:
    assert BOOK.say(dutch) == other


@hypothesis_settings(max_examples=60)
@given(st.text(alphabet="abcxyz :;,()<>&é\u202e", max_size=60))
def test_what_is_not_known_stays_as_it_is(text: str) -> None:
    assert BOOK.say(text) == text


def test_a_long_text_of_somebody_else_takes_no_time() -> None:
    text = " of ".join(["iets van een ander: met, en (zonder) voor"] * 2000)
    assert English({}).text(text) == text


def test_markup_of_a_centre_stays_text(both: Both) -> None:
    line = next(line for line in both.dutch.verdicts if line.is_finding)
    changed = replace(line, subject_title="<b>niet</b> of {a}", message="{a} <script>")
    said = translated(changed, both.catalogue.rules, "en")
    assert (said.subject_title, said.message) == ("<b>niet</b> of {a}", "{a} <script>")
