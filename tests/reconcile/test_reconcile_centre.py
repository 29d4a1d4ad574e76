"""From a configuration and the rule set to conflicts: CF-01, CF-34 and what changes them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reconcile_cases import (
    ON,
    centre_facts,
    listed_frictions,
    norm,
    rule,
    rule_set,
    rules_with_norm,
)

from ikec_compliance.centre import load_centre
from ikec_compliance.facts.base import FactBase, derive
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.expr import ALWAYS, NEVER, Atom, Expr, Op, Ref, Term
from ikec_compliance.model.resources import examples_dir, rules_dir
from ikec_compliance.model.result import ConflictLine
from ikec_compliance.model.rule import Binding, Evidence, ResolvedRule, RuleException, Severity
from ikec_compliance.reconcile import check_certificates, reconcile, repairs

FILE = "{id: dossier, soort: kinddossier, deelt: [so, sbo, jeugdhulp], waarde: 20}"
UNKNOWN_FIELD: Expr = Atom(Term(((1, Ref("antipestpersoon")),)), Op.EQ, 1)


# These cases are about the name of a plan and the retention of a file, and about nothing else.
FRICTIONS = tuple(item for item in listed_frictions() if item.id in ("CF-01", "CF-34"))
ABOUT = {quantity for item in FRICTIONS for quantity in item.quantities}


def own_rules() -> list[ResolvedRule]:
    return [item for item in rules_with_norm() if item.norm and {q.name for q in item.norm.quantities} <= ABOUT]


def conflicts(facts: FactBase, rules: list[ResolvedRule] | None = None) -> dict[str, ConflictLine]:
    found = reconcile(own_rules() if rules is None else rules, facts, FRICTIONS)
    assert check_certificates(found) == []
    return {line.id: line for line in found}


def only(facts: FactBase, rules: list[ResolvedRule] | None = None) -> ConflictLine:
    (found,) = conflicts(facts, rules).values()
    return found


def test_one_plan_under_another_name(tmp_path: Path) -> None:
    found = only(centre_facts(tmp_path))
    assert found.id == "CF-01/document:plan"
    assert (found.conflict_class, found.state, found.severity) == ("voorwaardelijk", "open", Severity.WARNING)
    assert (found.evidence, found.binding) == (Evidence.SECONDARY, Binding.TOEZICHTPRAKTIJK)
    assert found.binds == ("WEC", "WPO")
    assert found.subject == "document:plan"
    assert {(item.rule, item.act, item.applied_to) for item in found.norms} == {
        ("OW-SPL-07", "WEC", "voorziening:so"), ("OW-SPL-08", "WPO", "voorziening:sbo"),
    }  # fmt: skip
    assert found.certificate.joint == "{ja} uit {nee, ja}"
    assert found.certificate.free == ("BKK (houder)",)
    assert found.certificate.broken == ("OW-SPL-07", "OW-SPL-08")
    assert found.location.file.endswith("centrum.yaml")
    assert [item.change for item in repairs([found])] == [
        'titel: "Centrumplan 2025-2029" → "Schoolplan 2025-2029, tevens centrumplan"',
        'ondertitel → "Tevens schoolplan" (de titel blijft "Centrumplan 2025-2029")',
    ]


def test_renaming_the_plan_changes_its_state_and_nothing_else(tmp_path: Path) -> None:
    before = only(centre_facts(tmp_path))
    after = only(centre_facts(tmp_path, title="'Schoolplan 2025-2029, tevens centrumplan'"))
    assert after.state == "voldaan"
    assert repairs([after]) == ()
    for name in ("id", "conflict_class", "binds", "norms", "severity", "reason", "explanation", "location", "sources"):
        assert getattr(after, name) == getattr(before, name)


def test_the_repair_of_a_title_ends_the_conflict(tmp_path: Path) -> None:
    for title in ("Centrumplan 2025-2029", "Ons IKEC-plan", "Samen groeien", "Kindplan"):
        change = repairs([only(centre_facts(tmp_path, title=title))])[0].change
        assert only(centre_facts(tmp_path, title=change.split("→")[1].strip())).state == "voldaan"


def test_an_unknown_title_gives_an_unknown_state(tmp_path: Path) -> None:
    assert only(centre_facts(tmp_path, title="null")).state == "onbekend"


def test_a_plan_of_two_schools_asks_the_same_twice(tmp_path: Path) -> None:
    facts = centre_facts(tmp_path, kinds="[schoolplan, jaarplan]", facilities="[so, sbo]")
    assert (only(facts).conflict_class, only(facts).state, only(facts).binds) == ("dubbel", "open", ())


def test_one_school_and_childcare_is_conditional_and_a_plan_for_itself_is_nothing(tmp_path: Path) -> None:
    found = only(centre_facts(tmp_path, facilities="[so, dagopvang]"))
    assert (found.conflict_class, found.binds, found.reason) == ("voorwaardelijk", ("WEC",), "strengste eis wint")
    assert conflicts(centre_facts(tmp_path, kinds="[schoolplan]", facilities="[so, sbo]")) == {}
    assert conflicts(centre_facts(tmp_path, kinds="[schoolplan, jaarplan]", facilities="[so]")) == {}


def test_a_declared_plan_of_schools_with_the_title_as_value(tmp_path: Path) -> None:
    plan = "[{{id: p, soort: plan, deelt: [so, sbo], waarde: {}}}]"
    for title, state in (("Schoolplan 2025", "voldaan"), ("Ons plan", "open"), ("null", "onbekend")):
        facts = centre_facts(tmp_path, kinds="[schoolplan]", facilities="[so, sbo]", merges=plan.format(title))
        found = only(facts)
        assert (found.id, found.conflict_class, found.state) == ("CF-01/integratie:p", "dubbel", state)


def test_a_declared_plan_does_not_repeat_the_document_that_it_is(tmp_path: Path) -> None:
    facts = centre_facts(tmp_path, merges="[{id: p, soort: plan, deelt: [so, sbo, dagopvang]}]")
    assert list(conflicts(facts)) == ["CF-01/document:plan"]


def test_one_child_file_has_no_term(tmp_path: Path) -> None:
    found = conflicts(centre_facts(tmp_path, merges=f"[{FILE}]"))["CF-34/integratie:dossier"]
    assert (found.conflict_class, found.state, found.severity) == ("tegenstrijdig", "open", Severity.WARNING)
    assert (found.evidence, found.binding) == (Evidence.SECONDARY, Binding.RICHTSNOER)
    assert found.certificate.kind == "mus"
    assert set(found.certificate.core) == {"OW-DOS-01", "JH-DOS-02"}
    assert {(item.rule, item.act) for item in found.norms} == {
        ("OW-DOS-01", "WEC"), ("OW-DOS-01", "WPO"), ("JH-DOS-02", "JW"),
    }  # fmt: skip
    (repair,) = repairs([found])
    assert repair.change.startswith(
        "deel geen kinddossier over so, sbo en jeugdhulp: splits in een schooldossier voor so en sbo "
        "(hoogstens 2 jaar) en een jeugdhulpdossier voor jeugdhulp (ten minste 20 jaar)"
    )
    assert repair.change.endswith("deelt: so, sbo, jeugdhulp → so, sbo; waarde: 20 → 2")


def test_two_countings_are_compared_only_where_a_friction_says_why(tmp_path: Path) -> None:
    facts = centre_facts(tmp_path, merges=f"[{FILE}]")
    strict = [replace(friction, countings=()) for friction in FRICTIONS]
    found = {line.id: line for line in reconcile(own_rules(), facts, strict)}["CF-34/integratie:dossier"]
    assert (found.conflict_class, found.reason, found.state) == ("te_beoordelen", "onvergelijkbaar", "onbekend")
    assert check_certificates([found]) == []


def test_the_repair_of_a_child_file_ends_the_conflict(tmp_path: Path) -> None:
    kept = "[{id: dossier, soort: kinddossier, deelt: [so, sbo], waarde: 2}]"
    everything = conflicts(centre_facts(tmp_path, merges=kept)).values()
    found = [line for line in everything if line.subject != "document:plan"]
    assert [(line.conflict_class, line.state) for line in found] == [("dubbel", "voldaan")]
    assert found[0].code.startswith("CX-")
    assert found[0].id == f"{found[0].code}/integratie:dossier"


def test_without_integration_there_is_no_conflict(tmp_path: Path) -> None:
    facts = centre_facts(tmp_path, kinds="[schoolplan]", facilities="[so]")
    assert conflicts(facts) == {}


def test_an_open_regime_leaves_the_file_to_be_judged(tmp_path: Path) -> None:
    found = conflicts(centre_facts(tmp_path, merges=f"[{FILE}]", college="null"))["CF-34/integratie:dossier"]
    assert (found.conflict_class, found.reason) == ("te_beoordelen", "regime open")
    assert "JH-DOS-02" not in found.certificate.binding_norms
    found = conflicts(centre_facts(tmp_path, merges=f"[{FILE}]", college="anders"))
    assert not any(name.startswith("CF-34") for name in found)


def test_without_a_declared_value_the_members_give_it(tmp_path: Path) -> None:
    merge = "[{id: dossier, soort: kinddossier, deelt: [so, sbo]}]"
    for term, state in (("20", "open"), ("2", "voldaan"), ("null", "onbekend")):
        found = conflicts(centre_facts(tmp_path, merges=merge, term=term))
        (line,) = (line for line in found.values() if line.subject == "integratie:dossier")
        assert line.state == state


def test_a_value_that_fits_nothing_is_refused_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="een aantal jaar") as caught:
        conflicts(centre_facts(tmp_path, merges=f"[{FILE.replace('20', 'lang')}]"))
    assert caught.value.location is not None
    assert caught.value.location.file.endswith("centrum.yaml")


GEBOUW = "[{id: g, soort: gebouw, deelt: [so, jeugdhulp], waarde: 5}]"


def pair(other: ResolvedRule) -> list[ResolvedRule]:
    """A rule for every school, and another."""
    return [rule("OW-1", norm("WEC", maximum=3)), other]


def gebouw(tmp_path: Path, other: ResolvedRule) -> list[ConflictLine]:
    facts = centre_facts(tmp_path, kinds="[schoolplan]", facilities="[so]", merges=GEBOUW)
    return list(conflicts(facts, pair(other)).values())


def test_a_rule_that_does_not_apply_gives_no_norm(tmp_path: Path) -> None:
    assert [item.conflict_class for item in gebouw(tmp_path, rule("JH-1", norm("JW", minimum=9)))] == ["tegenstrijdig"]
    assert gebouw(tmp_path, rule("JH-1", norm("JW", minimum=9), applies=NEVER)) == []


def test_an_exception_takes_the_norm_away_and_an_unknown_one_makes_it_soft(tmp_path: Path) -> None:
    def with_exception(applies: Expr, require: Expr | None = None) -> list[ConflictLine]:
        exceptions = [RuleException("u1", (), applies, require)]
        return gebouw(tmp_path, rule("JH-1", norm("JW", minimum=9), exceptions=exceptions))

    assert with_exception(ALWAYS) == []
    assert [item.conflict_class for item in with_exception(NEVER)] == ["tegenstrijdig"]
    for found, reason in (
        (with_exception(UNKNOWN_FIELD), "uitzondering onbekend"),
        (with_exception(ALWAYS, ALWAYS), "uitzondering vervangt de eis"),
    ):
        assert [(item.conflict_class, item.reason) for item in found] == [("te_beoordelen", reason)]
        assert "JH-1" not in found[0].certificate.core + found[0].certificate.binding_norms


def test_unconfirmed_is_left_to_be_judged(tmp_path: Path) -> None:
    found = gebouw(tmp_path, rule("JH-1", norm("JW", minimum=9), evidence=Evidence.UNCONFIRMED))
    assert [(item.conflict_class, item.reason, item.evidence) for item in found] == [
        ("te_beoordelen", "onbevestigd", Evidence.UNCONFIRMED)
    ]


def test_leave_does_not_restrict_whatever_it_says(tmp_path: Path) -> None:
    (found,) = gebouw(tmp_path, rule("JH-1", norm("JW", minimum=9, modality="verlof")))
    assert (found.conflict_class, found.binds, found.certificate.joint) == ("voorwaardelijk", ("WEC",), "≤ 3 kinderen")
    assert [item.change for item in repairs([found])] == ["maat: 5 kinderen → 3 kinderen"]


def test_a_three_way_contradiction_over_a_choice(tmp_path: Path) -> None:
    def of(act: str, *codes: str) -> ResolvedRule:
        return rule(f"R-{act}", norm(act, field="soort", allowed=codes))

    rules = [of("WEC", "so", "sbo"), of("WKO", "sbo", "bso"), of("JW", "so", "bso")]
    merge = "[{id: g, soort: gebouw, deelt: [so, jeugdhulp], waarde: so}]"
    (found,) = conflicts(centre_facts(tmp_path, merges=merge), rules).values()
    assert found.conflict_class == "tegenstrijdig"
    assert found.certificate.core == ("R-WEC", "R-WKO", "R-JW")
    for two in ((0, 1), (1, 2), (0, 2)):
        (pairwise,) = conflicts(centre_facts(tmp_path, merges=merge), [rules[i] for i in two]).values()
        assert pairwise.conflict_class == "voorwaardelijk"


def test_groups_rooms_and_people_are_merged_when_several_use_them(tmp_path: Path) -> None:
    extra = (
        "ruimtes:\n  - {id: zaal, soort: speelruimte, voorzieningen: [so, dagopvang]}\n"
        "  - {id: eigen, soort: leslokaal, voorzieningen: [so]}\n"
        "medewerkers:\n  - {id: m1, organisatie: bestuur, functie: leraar, werkt_bij: [so, dagopvang]}\n"
        "  - {id: m2, organisatie: bestuur, functie: leraar, werkt_bij: [so]}\n"
        "groepen:\n  - {id: kog, soort: kog, voorzieningen: [so, dagopvang]}\n"
    )
    facts = centre_facts(tmp_path, kinds="[schoolplan]", facilities="[so]", extra=extra)
    rules = []
    for kind in ("ruimte", "groep", "persoon"):
        rules += [
            rule(f"OW-{kind}", norm("WEC", maximum=3, merges=(kind,), name=kind)),
            rule(f"KO-{kind}", norm("WKO", minimum=5, merges=(kind,), name=kind)),
        ]
    found = conflicts(facts, rules)
    assert sorted(line.subject for line in found.values()) == ["groep:kog", "medewerker:m1", "ruimte:zaal"]


def test_ids_do_not_depend_on_names_values_or_order(tmp_path: Path) -> None:
    rules = pair(rule("JH-1", norm("JW", minimum=9)))
    facts = centre_facts(tmp_path, merges=GEBOUW)
    first = list(conflicts(facts, rules))
    assert list(conflicts(facts, rules[::-1])) == first
    other = centre_facts(tmp_path, merges=GEBOUW.replace("waarde: 5", "waarde: 7"))
    assert list(conflicts(other, [replace(item, head=replace(item.head, title="anders")) for item in rules])) == first
    # sha256 of "gebouw|maat|JH-1|OW-1" by sha256sum
    assert first == ["CX-21d91b17/integratie:g"]


def test_the_example_centres() -> None:
    def states(name: str) -> dict[str, tuple[str, str]]:
        centre = load_centre(examples_dir() / name)
        facts = derive(centre, rule_set().vocabulary, ON, [], rules_dir())
        return {key: (line.conflict_class, line.state) for key, line in conflicts(facts).items()}

    assert states("ikec-hoorn") == {
        "CF-01/document:centrumplan": ("voorwaardelijk", "open"),
        "CF-34/integratie:kinddossier": ("tegenstrijdig", "open"),
    }
    assert states("ikec-hoorn-op-orde") == {"CF-01/document:schoolplan-centrumplan": ("voorwaardelijk", "voldaan")}
