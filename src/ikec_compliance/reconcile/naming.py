"""Own words: documents, councils, groups and roles that an act names and the centre calls otherwise.

Each supervisor looks for the term of its own act. What stands under an own word has to show that term: in its name,
or in the ``woordenlijst``. The term rests on a rule that holds for the voorziening; that somebody looks for it is
supervisory practice, so such a norm is a warning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace

from ikec_compliance.centre.centre import Centre, Record
from ikec_compliance.centre.references import REGIME_OF
from ikec_compliance.engine import Truth, truth
from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.repair import Edit, Repair
from ikec_compliance.model.result import ConflictLine
from ikec_compliance.model.rule import Binding, Evidence, Norm, ResolvedRule, Severity, weakest
from ikec_compliance.model.value import flag
from ikec_compliance.reconcile.collision import Collision, State, judge
from ikec_compliance.reconcile.domain import finite, listed
from ikec_compliance.reconcile.frictions import FreeParty, Friction, LegalName
from ikec_compliance.reconcile.lines import conflict_line
from ikec_compliance.reconcile.norms import AppliedNorm, Standing
from ikec_compliance.reconcile.own_words import NAMES, WORDS, Named, named, reads
from ikec_compliance.reconcile.parties import default_norm, family_of, named_act
from ikec_compliance.reconcile.quantities import Demand, Variable
from ikec_compliance.reconcile.sharing import YES_NO
from ikec_compliance.reconcile.subjects import MergedSubject, acts_of
from ikec_compliance.reconcile.templates import fill

_OWN = FreeParty("eigen woord", "centrum", "Een centrum kiest zijn eigen woorden; geen gelezen artikel verbiedt dat.")
_PLACES = {"medewerkers": "werkt_bij"}
_RENAME, _GLOSSARY = 1, 2
"""What it costs to put the term in the name itself, and only in the woordenlijst."""


def naming_lines(
    rules: Sequence[ResolvedRule], facts: FactBase, frictions: Sequence[Friction], known: Collection[tuple[str, str]]
) -> Iterator[ConflictLine]:
    """A line for each own word that stands for something an act names; ``known`` are (subject, rule) said elsewhere.

    One that everybody can read is listed only where it is shared by several regimes.
    """
    centre = facts.context.centre
    for friction in frictions:
        if not friction.names:
            continue
        finder = _Norms(rules, facts)
        for item in named(centre):
            terms = [name for name in friction.names if name.list == item.records[0].key]
            found = [pair for name in terms for pair in finder.of(item, name, known)]
            # What is called as its act calls it is no own word.
            if not found or all(reads(name, item.text) for name, _ in found):
                continue
            subject = _subject(item, [name for name, _ in found], centre)
            line = _line(item, subject, found, friction, centre)
            if line.state != State.MET.value or len(_regimes(subject, centre)) > 1:
                yield line


@dataclass(slots=True, eq=False)
class _Norms:
    """Finds who asks for a term."""

    rules: Sequence[ResolvedRule]
    facts: FactBase
    _known: dict[str, tuple[dict[str, list[Fact]], dict[str, list[Fact]]]] = field(default_factory=dict)

    def of(
        self, item: Named, name: LegalName, known: Collection[tuple[str, str]]
    ) -> Iterator[tuple[LegalName, AppliedNorm]]:
        """The norm of each voorziening for which a rule of this name holds."""
        centre = self.facts.context.centre
        readable = reads(name, item.text)
        for rule in self.rules:
            if rule.id not in name.rules or (item.subject, rule.id) in known:
                continue
            found = readable or (name.glossary and _in_glossary(name, item, rule.head.regime, centre))
            done: set[str] = set()
            for record in item.records:
                if name.kinds and not set(name.kinds) & set(_kinds(record)):
                    continue
                for fact in self._facts(rule, record):
                    holds = truth(rule.applies, fact)
                    place = next((part for part in fact.subject.split("/") if part.startswith("voorziening:")), "")
                    where = place or fact.subject
                    if holds is not Truth.FALSE and where not in done:
                        done.add(where)
                        yield name, self._norm(rule, fact, where, item, name, found, holds)

    def _facts(self, rule: ResolvedRule, record: Record) -> Iterator[Fact]:
        """What the rule is about, as far as it speaks of the record or of a voorziening it stands for."""
        person = record.key == "medewerkers"
        own, alone = self._index(rule.head.subject)
        yield from own.get(f"{'medewerker' if person else 'groep'}:{record.id}", ())
        for place in record.get(_PLACES.get(record.key, "voorzieningen")) or ():
            yield from alone.get(place, ())

    def _index(self, name: str) -> tuple[Mapping[str, list[Fact]], Mapping[str, list[Fact]]]:
        """The facts of a type by each part of their subject, and those of one part by the voorziening they serve."""
        if name not in self._known:
            own: dict[str, list[Fact]] = {}
            alone: dict[str, list[Fact]] = {}
            for fact in self.facts.of_type(name):
                parts = fact.subject.partition("@")[0].split("/")
                for part in parts:
                    own.setdefault(part, []).append(fact)
                prefix, _, id_ = parts[0].partition(":")
                group = self.facts.context.centre.find("groepen", id_) if prefix == "groep" else None
                served = [id_] if prefix == "voorziening" else group.get("voorzieningen") if group is not None else ()
                for place in served if len(parts) == 1 else ():
                    alone.setdefault(place, []).append(fact)
            self._known[name] = own, alone
        return self._known[name]

    def _norm(
        self, rule: ResolvedRule, fact: Fact, where: str, item: Named, name: LegalName, found: bool, holds: Truth
    ) -> AppliedNorm:
        centre = self.facts.context.centre
        evidence = weakest(rule.evidence, Evidence.SECONDARY)
        head = replace(rule.head, binding=Binding.TOEZICHTPRAKTIJK, severity=Severity.WARNING, evidence=evidence)
        variable = Variable(item.subject, f"de term {name.term}", YES_NO)
        demand = Demand({variable: finite(YES_NO, [1])})
        base = rule.norm or default_norm(rule, fact, _subject(item, [name], centre), centre)
        norm = Norm(base.act, base.addressee, "gebod", ("naam",), (), None,
                    f"een naam waarin {name.reader} de term ‘{name.term}’ leest")  # fmt: skip
        act = named_act(norm.act, fact.subject, centre)
        standing = Standing.HARD if rule.evidence is not Evidence.UNCONFIRMED else Standing.UNCONFIRMED
        return AppliedNorm(
            rule=replace(rule, head=head, evidence=evidence),
            norm=norm,
            applied_to=where,
            act=act,
            demand=demand,
            standing=standing if holds is Truth.TRUE else Standing.OPEN_REGIME,
            readings=({variable: flag(found)},),
            derived=True,
            family=family_of(act, rule.head.regime, where, centre),
        )


def _kinds(record: Record) -> Sequence[str]:
    if record.key == "documenten":
        return tuple(record.get("soorten"))
    return (str(record.get("functie" if record.key == "medewerkers" else "soort")),)


def _in_glossary(name: LegalName, item: Named, regime: str, centre: Centre) -> bool:
    entry = centre.data.get("woordenlijst", {}).get(item.word)
    return entry is not None and reads(name, entry.get(regime) or "")


def _subject(item: Named, names: Sequence[LegalName], centre: Centre) -> MergedSubject:
    """The word with the voorzieningen of all it stands for that is named by an act."""
    kinds = {kind for name in names for kind in name.kinds}
    anything = any(not name.kinds for name in names)
    records = [own for own in item.records if anything or kinds & set(_kinds(own))]
    ids = {id_ for own in records for id_ in own.get(_PLACES.get(own.key, "voorzieningen")) or ()}
    facilities = [facility for facility in centre.records("voorzieningen") if facility.id in ids]
    return MergedSubject(
        id=item.subject,
        kind="naam",
        title=f"‘{item.text}’",
        record=item.records[0],
        members=frozenset(f"voorziening:{facility.id}" for facility in facilities),
        facilities=tuple(facility.id for facility in facilities),
        acts=frozenset(act for facility in facilities for act in acts_of(facility)),
        location=_place(item, centre),
    )


def _regimes(subject: MergedSubject, centre: Centre) -> set[str]:
    found = (centre.find("voorzieningen", id_) for id_ in subject.facilities)
    return {REGIME_OF[facility.get("soort")] for facility in found if facility is not None}


def _place(item: Named, centre: Centre) -> Location:
    record = item.records[0]
    if record.key in NAMES:
        return record.place("titel" if record.key == "documenten" else "naam")
    if item.word in centre.data.get("woordenlijst", {}):
        return centre.place("woordenlijst", item.word)
    return record.place(WORDS[record.key])


def _line(
    item: Named,
    subject: MergedSubject,
    found: Sequence[tuple[LegalName, AppliedNorm]],
    friction: Friction,
    centre: Centre,
) -> ConflictLine:
    collision = judge(subject, [norm for _, norm in found], (_OWN,), friction)
    line = conflict_line(collision, centre)
    missing = [pair for pair in found if pair[1].values == (flag(False),)]
    terms = listed(list(dict.fromkeys(f"‘{name.term}’" for name, _ in missing or found)))
    values: Mapping[str, str] = {"eigen_woord": item.word, "termen": terms}
    ways = [fill(way.text, values) for way in friction.resolutions]
    explanation = f"{_told(item, found, missing)} {friction.explanation['nl']}"
    return replace(
        line,
        explanation=" ".join(explanation.split()),
        resolutions=tuple(text for text in ways if text is not None),
        repairs=tuple(_repairs(collision, item, missing, line.id, friction, centre)),
    )


def _told(
    item: Named,
    found: Sequence[tuple[LegalName, AppliedNorm]],
    missing: Sequence[tuple[LegalName, AppliedNorm]],
) -> str:
    """Which supervisor needs to read what, and whether it stands somewhere."""
    lacking = {(name.reader, name.term) for name, _ in missing}
    readers = dict.fromkeys((name.reader, name.term) for name, _ in found)
    shown = [
        f"{reader} leest hier ‘{term}’" + (", en die term staat nergens" if (reader, term) in lacking else "")
        for reader, term in readers
    ]
    return f"Het eigen woord is ‘{item.word}’; {listed(shown)}."


def _repairs(
    collision: Collision,
    item: Named,
    missing: Sequence[tuple[LegalName, AppliedNorm]],
    conflict: str,
    friction: Friction,
    centre: Centre,
) -> Iterator[Repair]:
    """The term in the name, or in the woordenlijst where that is enough."""
    if collision.state is not State.OPEN:
        return
    record, terms = item.records[0], list(dict.fromkeys(name.term for name, _ in missing))
    if record.key == "documenten":
        old = record.get("ondertitel")
        new = f"{old}, tevens {listed(terms)}" if old else f"Tevens {listed(terms)}"
        edit = Edit("set", "documenten", record.id, "ondertitel", new)
        yield Repair(conflict, f'ondertitel → "{new}"', friction.who, _RENAME, "directeur", (edit,))
    elif record.key == "raden":
        new = f"{record.get('naam')} ({listed(terms)})"
        edit = Edit("set", "raden", record.id, "naam", new)
        yield Repair(conflict, f'naam: "{record.get("naam")}" → "{new}"', friction.who, _RENAME, "directeur", (edit,))
    if all(name.glossary for name, _ in missing):
        wanted: dict[str, list[str]] = {}
        for name, norm in missing:
            own = wanted.setdefault(norm.rule.head.regime, [])
            own += [name.term] if name.term not in own else []
        entry = centre.data.get("woordenlijst", {}).get(item.word, {})
        edits = tuple(
            Edit("set", "woordenlijst", item.word, regime, " of ".join([*filter(None, [entry.get(regime)]), *own]))
            for regime, own in wanted.items()
        )
        shown = listed([f"{edit.value} ({edit.path})" for edit in edits])
        cost = _RENAME if record.key in WORDS else _GLOSSARY
        yield Repair(conflict, f"woordenlijst: {item.word} → {shown}", friction.who, cost, "directeur", edits)
