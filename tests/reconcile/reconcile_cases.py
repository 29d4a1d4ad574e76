"""Norms, merged subjects and small centres for the tests of reconciliation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from ikec_compliance.centre import load_centre
from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.base import FactBase, derive
from ikec_compliance.model.expr import ALWAYS, And, Atom, Expr, Op, Or, Ref, Term
from ikec_compliance.model.place import Location
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.model.rule import (
    Binding,
    Evidence,
    Norm,
    NormQuantity,
    ResolvedRule,
    RuleException,
    RuleHead,
    Severity,
    Status,
    Validity,
)
from ikec_compliance.model.value import Value, known
from ikec_compliance.reconcile import Friction, load_frictions
from ikec_compliance.reconcile.domain import Axis, AxisKind, Domain, finite, interval
from ikec_compliance.reconcile.norms import AppliedNorm, Standing
from ikec_compliance.reconcile.quantities import Demand, Variable
from ikec_compliance.reconcile.subjects import MergedSubject
from ikec_compliance.rules.loader import load_rules
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.yamlio.reader import parse
from ikec_compliance.yamlio.schema import Places

ON = date(2026, 11, 23)
PLACE = Location("centrum.yaml", 1, 1)
YEARS = Axis(AxisKind.NUMBER, "jaar")
CODES = Axis(AxisKind.CHOICE, choices=("a", "b", "c", "d"))

CENTRE = """\
schema: ikec-centrum/v1
centrum: {{id: proef, naam: Proefcentrum}}
organisaties:
  - {{id: bestuur, naam: Bestuur, soort: schoolbestuur}}
  - {{id: houder, naam: Houder, soort: houder_kinderopvang}}
  - {{id: hulp, naam: Hulp, soort: jeugdhulpaanbieder}}
voorzieningen:
  - {{id: so, naam: So, soort: so, organisatie: bestuur}}
  - {{id: sbo, naam: Sbo, soort: sbo, organisatie: bestuur}}
  - {{id: dagopvang, naam: Dagopvang, soort: dagopvang, organisatie: houder}}
  - id: jeugdhulp
    naam: Dagbehandeling
    soort: jeugdhulp
    organisatie: hulp
    poort: {{activiteit: jeugdhulp, verantwoordelijkheid: {college}, geneeskundig: nee}}
documenten:
  - {{id: plan, titel: {title}, soorten: {kinds}, voorzieningen: {facilities}}}
regelingen:
  - {{id: bewaren, soort: bewaartermijnen, voorzieningen: [so, sbo, jeugdhulp], bewaartermijn_jaren: {term}}}
integratie: {merges}
volledig: {{documenten: ja, regelingen: ja}}
"""


@cache
def rule_set() -> RuleSet:
    """The rule set of the project."""
    return load_rules(rules_dir())


@cache
def listed_frictions() -> tuple[Friction, ...]:
    """The frictions of the project."""
    return load_frictions(rules_dir() / "afstemming", rule_set().laws)


def rules_with_norm() -> list[ResolvedRule]:
    """The rules of the project that carry a norm."""
    return [item for item in rule_set().on(ON).rules if item.norm is not None]


def centre_facts(
    folder: Path,
    *,
    title: str = "Centrumplan 2025-2029",
    kinds: str = "[schoolplan, pedagogisch_beleidsplan]",
    facilities: str = "[so, sbo, dagopvang]",
    merges: str = "[]",
    college: str = "college",
    term: str = "20",
    extra: str = "",
) -> FactBase:
    """Facts of a small centre in which a few choices differ."""
    path = folder / "centrum.yaml"
    text = CENTRE.format(title=title, kinds=kinds, facilities=facilities, merges=merges, college=college, term=term)
    path.write_text(text + extra, encoding="utf-8")
    return derive(load_centre(path), rule_set().vocabulary, ON, [], rules_dir())


def norm(
    act: str = "WEC",
    *,
    field: str = "kindplaatsen",
    minimum: int | None = None,
    maximum: int | None = None,
    allowed: tuple[str, ...] | None = None,
    merges: tuple[str, ...] = ("gebouw",),
    name: str = "maat",
    counting: str = "telregel",
    addressee: str = "wie",
    modality: str = "gebod",
) -> Norm:
    """A norm with everything that does not matter filled in."""
    quantity = NormQuantity(name, "kind", counting, field)
    ref = Term(((1, Ref(field)),))
    parts: list[Expr] = [Atom(ref, Op.GE, minimum)] if minimum is not None else []
    parts += [Atom(ref, Op.LE, maximum)] if maximum is not None else []
    if allowed is not None:
        choices = rule_set().vocabulary.types["voorziening"].fields[field].choices
        parts.append(Or(tuple(Atom(ref, Op.EQ, choices.index(code)) for code in allowed)))
    return Norm(act, addressee, modality, merges, (quantity,), And(tuple(parts)), f"eis van {act}")


def rule(
    id: str,
    norm: Norm,
    *,
    applies: Expr = ALWAYS,
    exceptions: Sequence[RuleException] = (),
    evidence: Evidence = Evidence.READ,
    binding: Binding = Binding.WET,
    severity: Severity = Severity.ERROR,
    regime: str = "onderwijs",
    subject: str = "voorziening",
) -> ResolvedRule:
    """A rule that carries a norm."""
    head = RuleHead(
        id=id,
        regime=regime,
        theme="proef",
        title=id,
        text={"nl": id},
        source=(),
        evidence=evidence,
        binding=binding,
        valid=Validity(date(2020, 1, 1), None),
        status=Status.PUBLISHED,
        severity=severity,
        subject=subject,
        open_norm="",
        repair_who="directeur",
        repair_what="",
        tests=(),
        place=PLACE,
    )
    return ResolvedRule(head, applies, ALWAYS, tuple(exceptions), evidence, (), norm)


def merged(kind: str = "gebouw", acts: Sequence[str] = (), id: str = "integratie:x") -> MergedSubject:
    """A merged subject without facts."""
    record = Record("integratie", 0, {"id": "x", "deelt": []}, Places(parse(b"a: 1\n", "centrum.yaml")))
    return MergedSubject(id, kind, kind, record, frozenset(), (), frozenset(acts), PLACE)


def applied(
    number: int,
    party: str,
    domain: Domain,
    *,
    standing: Standing = Standing.HARD,
    values: tuple[Value, ...] = (known(0),),
    counting: str = "telregel",
    addressee: str = "wie",
    name: str = "maat",
    evidence: Evidence = Evidence.READ,
    binding: Binding = Binding.WET,
    severity: Severity = Severity.ERROR,
) -> AppliedNorm:
    """A norm of rule ``KO-<number>`` that applies to something."""
    own = norm(party, counting=counting, addressee=addressee, name=name)
    owner = rule(f"KO-{number:03d}", own, evidence=evidence, binding=binding, severity=severity)
    variable = Variable("proef", name, domain.axis, counting)
    readings = tuple({variable: value} for value in values)
    demand = Demand({variable: domain})
    return AppliedNorm(owner, own, f"voorziening:v{number}", party, demand, standing, readings)


def numbers(low: int | None, high: int | None) -> Domain:
    """An interval of years."""
    return interval(YEARS, low, high)


def codes(text: str) -> Domain:
    """A set of the codes a, b, c and d."""
    return finite(CODES, [CODES.choices.index(code) for code in text])


def renamed(item: ResolvedRule, **changes: object) -> ResolvedRule:
    """A rule of the project with something else in its head."""
    return replace(item, head=replace(item.head, **changes))  # type: ignore[arg-type]
