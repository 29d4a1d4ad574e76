"""Own words: what an act names and the centre calls otherwise, and where the term of the act can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from reconcile_cases import ON, centre_facts, listed_frictions, rule_set

from ikec_compliance.centre import load_centre
from ikec_compliance.centre.editing import edited_texts
from ikec_compliance.model.repair import Edit
from ikec_compliance.model.result import ConflictLine
from ikec_compliance.model.rule import Binding, Evidence, Severity
from ikec_compliance.reconcile import check_certificates, reconcile
from ikec_compliance.reconcile.own_words import own_word

FRICTIONS = tuple(item for item in listed_frictions() if item.names or item.id == "CF-01")
# The rules that name something, and those of CF-01.
NAMED = {rule for friction in FRICTIONS for name in friction.names for rule in name.rules}
RULES = [rule for rule in rule_set().on(ON).rules if rule.id in NAMED]
PLAIN = {"title": "Schoolplan 2025-2029", "kinds": "[schoolplan]", "facilities": "[so]"}

GUIDE = "raden:\n  - {{id: r, naam: {name}, soort: {kind}, voorzieningen: [{place}]}}\n"
GROUPS = (
    "groepen:\n  - {id: g1, naam: De Kikkers, soort: stamgroep, voorzieningen: [dagopvang], domein: Huis 1}\n"
    "  - {id: g2, naam: So 1, soort: onderwijsgroep, voorzieningen: [so], domein: Huis 2}\n"
)
PEOPLE = """\
medewerkers:
  - {{id: m1, organisatie: houder, functie: pedagogisch_medewerker, eigen_functie: {word}, werkt_bij: [dagopvang]}}
groepen:
  - {{id: g1, soort: stamgroep, voorzieningen: [dagopvang]}}
rooster:
  - {{id: r1, groep: g1, dag: ma, van: 08:00, tot: 12:00, rol: beroepskracht, medewerker: m1}}
"""


def found(folder: Path, extra: str = "", **changes: str) -> dict[str, ConflictLine]:
    lines = reconcile(RULES, centre_facts(folder, extra=extra, **{**PLAIN, **changes}), FRICTIONS)
    assert check_certificates(lines) == []
    return {line.id: line for line in lines}


def words(text: str) -> str:
    return f"woordenlijst:\n  {text}\n"


def test_every_rule_that_is_said_to_name_something_is_there() -> None:
    assert {rule.id for rule in RULES} == NAMED


def test_a_school_guide_under_another_name_is_open_until_the_term_can_be_read(tmp_path: Path) -> None:
    guide = {"kinds": "[schoolgids]", "title": "Centrumgids 2026-2027"}
    (line,) = found(tmp_path, **guide).values()
    assert line.id == "CF-53/document:plan"
    assert (line.conflict_class, line.state, line.severity) == ("voorwaardelijk", "open", Severity.WARNING)
    assert (line.evidence, line.binding) == (Evidence.SECONDARY, Binding.TOEZICHTPRAKTIJK)
    assert line.binds == ("WEC",)
    # WEC art. 22a is the article that names the schoolgids.
    assert {(source.law, source.article) for norm in line.norms for source in norm.source} >= {("WEC", "22a")}
    assert "de Inspectie van het Onderwijs leest hier ‘schoolgids’, en die term staat nergens" in line.explanation
    assert line.certificate.broken == ("OW-SGI-01",) and line.certificate.free == ("eigen woord (centrum)",)
    assert [item.change for item in line.repairs] == [
        'ondertitel → "Tevens schoolgids"', "woordenlijst: centrumgids → schoolgids (onderwijs)",
    ]  # fmt: skip
    assert all(item.applicable and item.decides == "directeur" for item in line.repairs)
    # A glossary of one regime helps the supervisor of that regime only.
    assert found(tmp_path, words("centrumgids: {kinderopvang: schoolgids}"), **guide)[line.id].state == "open"
    assert found(tmp_path, words("centrumgids: {onderwijs: schoolgids}"), **guide) == {}
    assert found(tmp_path, kinds="[schoolgids]", title="Schoolgids so") == {}


def test_the_schoolplan_has_to_be_in_the_name_itself(tmp_path: Path) -> None:
    glossary = words("centrumplan: {onderwijs: schoolplan}")
    (line,) = found(tmp_path, glossary, title="Centrumplan 2025").values()
    assert (line.state, line.repairs[0].change, len(line.repairs)) == ("open", 'ondertitel → "Tevens schoolplan"', 1)


def test_what_another_collision_says_already_is_not_said_twice(tmp_path: Path) -> None:
    both = {"title": "Centrumplan", "kinds": "[schoolplan, pedagogisch_beleidsplan]", "facilities": "[so, dagopvang]"}
    lines = found(tmp_path, **both)
    assert set(lines) == {"CF-01/document:plan", "CF-53/document:plan"}
    assert {norm.rule for norm in lines["CF-53/document:plan"].norms} == {"KO-PED-01"}
    # Shared by two regimes it stays listed when it can be read.
    lines = found(tmp_path, words("centrumplan: {kinderopvang: pedagogisch beleidsplan}"), **both)
    assert lines["CF-53/document:plan"].state == "voldaan"


@pytest.mark.parametrize(("kind", "place", "term", "article"), [
    ("medezeggenschapsraad", "so", "medezeggenschapsraad", ("WMS", "3")),
    ("oudercommissie", "dagopvang", "oudercommissie", ("WKO", "1.58")),
])  # fmt: skip
def test_a_council_under_another_name(
    tmp_path: Path, kind: str, place: str, term: str, article: tuple[str, str]
) -> None:
    lines = found(tmp_path, GUIDE.format(name="Ouderpanel", kind=kind, place=place))
    line = lines["CF-53/raad:r"]
    # Whether a parents committee is due depends on the day of registration, which is not given.
    assert line.state == ("open" if kind == "medezeggenschapsraad" else "onbekend")
    assert article in {(source.law, source.article) for norm in line.norms for source in norm.source}
    assert all(term in way for way in line.resolutions[:1])
    named = GUIDE.format(name=f"'Ouderpanel ({term})'", kind=kind, place=place)
    assert found(tmp_path, named) == {}


def test_a_proper_name_of_a_group_is_no_own_word_and_its_own_kind_is(tmp_path: Path) -> None:
    lines = found(tmp_path, GROUPS, kinds="[schoolplan, pedagogisch_beleidsplan]", facilities="[so, dagopvang]",
                  title="Schoolplan en pedagogisch beleidsplan")  # fmt: skip
    line = lines["CF-53/woord:huis"]
    assert (line.state, [norm.applied_to for norm in line.norms]) == ("open", ["voorziening:dagopvang"])
    assert line.repairs[0].change == "woordenlijst: huis → stamgroep (kinderopvang)"
    assert not any("kikkers" in other for other in lines)


def test_a_role_under_another_name(tmp_path: Path) -> None:
    line = found(tmp_path, PEOPLE.format(word="flexmedewerker"))["CF-53/woord:flexmedewerker"]
    assert (line.state, line.binds) == ("open", ("WKO",))
    assert found(tmp_path, PEOPLE.format(word="beroepskracht peuters")) == {}
    known = words("flexmedewerker: {kinderopvang: beroepskracht}")
    assert found(tmp_path, PEOPLE.format(word="flexmedewerker") + known) == {}


def test_the_own_word_in_a_name(tmp_path: Path) -> None:
    centre = centre_facts(tmp_path, extra=words("centrumplan: {}"), **PLAIN).context.centre
    names = {"Ons Centrumplan 2025-2029": "centrumplan", "Unit 3": "unit", "Manager opvang": "manager opvang", "7": "7"}
    assert {text: own_word(text, centre) for text in names} == names


@pytest.mark.parametrize("extra", [
    "",
    "woordenlijst: {}\n",
    "woordenlijst:\n  # eigen taal\n  domein: {onderwijs: groep}\n",
    "woordenlijst: {domein: {onderwijs: groep}}\n",
    "woordenlijst:\n  domein: {onderwijs: groep}  # zo heet dat\n",
])  # fmt: skip
def test_a_glossary_entry_is_written_with_everything_else_as_it_was(tmp_path: Path, extra: str) -> None:
    facts = centre_facts(tmp_path, extra=PEOPLE.format(word="flexmedewerker") + extra)
    path = tmp_path / "centrum.yaml"
    line = next(line for line in reconcile(RULES, facts, FRICTIONS) if line.id == "CF-53/woord:flexmedewerker")
    before = path.read_text(encoding="utf-8")
    (text,) = edited_texts(path, line.repairs[0].edits).values()
    path.write_text(text, encoding="utf-8")
    written = load_centre(path).data["woordenlijst"]
    assert written["flexmedewerker"] == {"kinderopvang": "beroepskracht"}
    assert ("domein" in written) == ("domein" in extra)
    assert [row for row in before.splitlines() if "#" in row] == [row for row in text.splitlines() if "#" in row]


def test_an_empty_entry_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "centrum.yaml"
    path.write_text("schema: x\nwoordenlijst:\n  unit: {}\n  'ons huis': {onderwijs: groep}\n", encoding="utf-8")
    edits = [Edit("set", "woordenlijst", "unit", "kinderopvang", "stamgroep"),
             Edit("set", "woordenlijst", "ons huis", "kinderopvang", "stamgroep"),
             Edit("set", "woordenlijst", "mijn hof", "jeugdhulp", "behandelgroep")]  # fmt: skip
    (text,) = edited_texts(path, edits).values()
    assert text == (
        "schema: x\nwoordenlijst:\n  unit: {kinderopvang: stamgroep}\n"
        "  'ons huis': {onderwijs: groep, kinderopvang: stamgroep}\n  mijn hof: {jeugdhulp: behandelgroep}\n"
    )
