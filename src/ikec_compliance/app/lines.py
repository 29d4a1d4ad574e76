"""Turns judged rules into the verdict lines of a report: message, clauses, intervals, questions, dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from datetime import date
from operator import attrgetter

from ikec_compliance.app.breaches import breaches
from ikec_compliance.app.display import missing_fact, show_value, subject_title
from ikec_compliance.app.evaluation import Judged
from ikec_compliance.centre.centre import Centre
from ikec_compliance.engine import Role, Truth, clauses, dated_atoms, harmless, missing, truth, valid_until
from ikec_compliance.engine.explanation import Clause as EngineClause
from ikec_compliance.model.errors import InternalError
from ikec_compliance.model.expr import Atom
from ikec_compliance.model.fact import Fact, Provenance
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import (
    Acceptance,
    AppliedException,
    Clause,
    Judgement,
    MissingFact,
    ReadValue,
    VerdictLine,
)
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.model.vocabulary import Vocabulary
from ikec_compliance.rules.sides import show_date
from ikec_compliance.rules.version import placeholders

_TRUTHS = {Truth.TRUE: "waar", Truth.FALSE: "onwaar", Truth.UNKNOWN: "onbekend"}
_ROLES = {Role.APPLIES: "geldt", Role.REQUIRE: "eis"}
_LINE = tuple(item.name for item in fields(VerdictLine))
_VALUES = attrgetter(*_LINE)
_SUBJECT, _TITLE, _MISSING, _JUDGEMENT, _ACCEPTED = map(
    _LINE.index, ("subject", "subject_title", "missing", "judgement", "accepted")
)
_OPEN = (Verdict.FAILS, Verdict.UNDECIDED, Verdict.REVIEW)


@dataclass(slots=True, eq=False)
class LineMaker:
    """Makes verdict lines for one check."""

    centre: Centre
    vocabulary: Vocabulary
    on: date
    detail: bool
    judgements: Mapping[tuple[str, str], Judgement]
    acceptances: Mapping[tuple[str, str], Acceptance]
    # Asked again for every rule, and for every subject.
    _titles: dict[str, str] = field(default_factory=dict)
    _dated: dict[int, tuple[ResolvedRule, list[Atom]]] = field(default_factory=dict)
    _made: dict[int, tuple[Judged, VerdictLine]] = field(default_factory=dict)

    def line(self, judged: Judged) -> VerdictLine:
        """The line of one verdict."""
        twin = judged.twin
        if twin is None:
            made = self._made.get(id(judged))
            if made is None:
                # The verdict goes in too: while it lives, its id is not used again.
                made = self._made[id(judged)] = (judged, self._line(judged))
            return made[1]
        if judged.verdict in _OPEN and self._reads(judged.rule):
            return self._line(judged)  # what it shows may be the date itself
        key = (judged.rule.head.id, judged.about.id)
        first = self.line(twin)
        # As ``dataclasses.replace``, which takes four times as long: a year of rosters has tens of thousands of these.
        values = list(_VALUES(first))
        values[_SUBJECT], values[_TITLE] = key[1], self._subject_title(key[1])
        if first.missing:
            values[_MISSING] = _asked_on(key[1], first.missing)
        values[_JUDGEMENT] = self.judgements.get(key)
        values[_ACCEPTED] = self.acceptances.get(key) if judged.verdict is Verdict.FAILS else None
        return VerdictLine(*values)

    def _plain(self, judged: Judged) -> VerdictLine:
        """The line of a verdict with nothing to explain, as nine in ten are."""
        rule, fact, head, subject = judged.rule, judged.fact, judged.rule.head, judged.about.id
        return VerdictLine(
            head.id, head.regime, head.title, subject, self._subject_title(subject), judged.verdict, head.severity,
            rule.evidence, head.binding, self._message(judged, (), (), ()), head.repair_who, head.repair_what,
            head.source, fact.location,
            slices=len(judged.verdicts) if self.vocabulary.types[fact.type].per_day else 0,
            judgement=self.judgements.get((head.id, subject)) if self.judgements else None,
        )  # fmt: skip

    def _line(self, judged: Judged) -> VerdictLine:
        rule, fact, verdict, head = judged.rule, judged.fact, judged.verdict, judged.rule.head
        if not (self.detail or rule.exceptions or verdict in _OPEN) and (
            verdict is Verdict.NOT_APPLICABLE or not self._reads(rule)
        ):
            return self._plain(judged)
        per_day = self.vocabulary.types[fact.type].per_day
        shown: tuple[Clause, ...] = ()
        engine_clauses: tuple[EngineClause, ...] = ()
        if self.detail or verdict in _OPEN:
            engine_clauses = clauses(rule, fact)
            shown = tuple(self._clause(clause, fact) for clause in engine_clauses)
        questions: tuple[MissingFact, ...] = ()
        no_harm = False
        if verdict is Verdict.UNDECIDED:
            questions = self._missing(rule, fact)
            no_harm = all(harmless(rule, part) for part, found in judged.slices if found is Verdict.UNDECIDED)
        until = None
        if verdict is Verdict.PASSES and not per_day and (dated := self._reads(rule)):
            ordinal = valid_until(rule, fact, dated)
            until = None if ordinal is None else date.fromordinal(ordinal)
        exceptions = self._exceptions(judged, fact) if rule.exceptions else ()
        key = (head.id, judged.subject)
        location = fact.location
        if engine_clauses and verdict is not Verdict.PASSES:
            location = self._location(engine_clauses, fact)
        return VerdictLine(
            rule=head.id,
            regime=head.regime,
            title=head.title,
            subject=judged.subject,
            subject_title=self._subject_title(judged.subject),
            verdict=verdict,
            severity=head.severity,
            evidence=rule.evidence,
            binding=head.binding,
            message=self._message(judged, engine_clauses, questions, exceptions),
            repair_who=head.repair_who,
            repair_what=head.repair_what,
            source=head.source,
            location=location,
            missing=questions,
            clauses=shown,
            intervals=breaches(judged, self._reading) if verdict is Verdict.FAILS else (),
            slices=len(judged.verdicts) if per_day else 0,
            valid_until=until,
            harmless=no_harm,
            exceptions=exceptions,
            judgement=self.judgements.get(key),
            accepted=self.acceptances.get(key) if verdict is Verdict.FAILS else None,
        )

    def _subject_title(self, subject: str) -> str:
        title = self._titles.get(subject)
        if title is None:
            title = self._titles[subject] = subject_title(subject, self.centre)
        return title

    def _reads(self, rule: ResolvedRule) -> list[Atom]:
        """The comparisons of a rule with the date."""
        found = self._dated.get(id(rule))
        if found is None:
            # The rule goes in too: while it lives, its id is not used again.
            found = self._dated[id(rule)] = (rule, dated_atoms(rule))
        return found[1]

    def _missing(self, rule: ResolvedRule, fact: Fact) -> tuple[MissingFact, ...]:
        found: dict[tuple[str, str], MissingFact] = {}
        for path in missing(rule, fact):
            item = missing_fact(fact, path, self.centre, self.vocabulary)
            found.setdefault((item.subject, item.path), item)
        return tuple(found.values())

    def _clause(self, clause: EngineClause, fact: Fact) -> Clause:
        values = tuple(self._reading(r.path, fact, r.provenance) for r in clause.readings)
        role = _ROLES.get(clause.role, clause.exception)
        return Clause(role, clause.text, _TRUTHS[clause.truth], 0, values)

    def _reading(self, path: str, fact: Fact, provenance: Provenance | None) -> ReadValue:
        definition = self.vocabulary.field(fact.type, path)
        title = definition.title if definition else path
        _, tilde, member = path.partition("~")
        if tilde:
            title = f"{title}: {member.replace('_', ' ')}"
        shown = show_value(fact.value(path), definition, self.vocabulary) if definition else "onbekend"
        source = provenance or Provenance("")
        return ReadValue(path, title, shown, source.formula, source.places)

    def _exceptions(self, judged: Judged, fact: Fact) -> tuple[AppliedException, ...]:
        rule = judged.rule
        if judged.verdict is Verdict.NOT_APPLICABLE and (
            all(item.require is not None for item in rule.exceptions) or truth(rule.applies, fact) is Truth.FALSE
        ):
            return ()  # nothing lapsed: the rule itself does not apply
        found = []
        for item in rule.exceptions:
            state = truth(item.applies, fact)
            if state is not Truth.FALSE:
                word = "geldt" if state is Truth.TRUE else "onbekend"
                found.append(AppliedException(item.id, item.text, word, item.source))
        # Nearly always no exception holds: then it need not be known whether the rule applies.
        return tuple(found) if found and truth(rule.applies, fact) is not Truth.FALSE else ()

    def _message(
        self,
        judged: Judged,
        engine_clauses: tuple[EngineClause, ...],
        questions: tuple[MissingFact, ...],
        exceptions: tuple[AppliedException, ...],
    ) -> str:
        rule = judged.rule
        if judged.verdict is Verdict.NOT_APPLICABLE:
            names = [item.text for item in exceptions if item.state == "geldt"]
            return f"Uitzondering: {'; '.join(names)}" if names else "Niet van toepassing."
        if judged.verdict is Verdict.PASSES:
            return rule.head.text["nl"]
        fact = judged.fact
        if judged.verdict is Verdict.FAILS and rule.head.message:
            text = rule.head.message
            numbers = {value.name: value.shown for value in rule.parameters}
            for path in placeholders(text):
                shown = numbers.get(path) or self._reading(path, fact, None).shown
                text = text.replace(f"{{{path}}}", shown)
            return text
        if judged.verdict is Verdict.FAILS:
            failed = [
                c for c in engine_clauses if c.role in (Role.REQUIRE, Role.REPLACEMENT) and c.truth is Truth.FALSE
            ]
            required = [c for c in failed if c.role is Role.REQUIRE] or failed
            return " ".join(dict.fromkeys(self._failure(c, fact) for c in required)) or rule.head.text["nl"]
        if judged.verdict is Verdict.UNDECIDED:
            return " ".join(dict.fromkeys(item.question for item in questions))
        if judged.verdict is Verdict.REVIEW:
            return rule.head.open_norm or "De bron van deze regel is niet bevestigd: laat een mens oordelen."
        raise InternalError(f"het oordeel {judged.verdict.value} heeft geen tekst")

    def _failure(self, clause: EngineClause, fact: Fact) -> str:
        """One sentence: what was found, and what is needed."""
        read = [self._reading(r.path, fact, r.provenance) for r in clause.readings]
        if len(read) == 1 and "~" in read[0].path:
            return f"Ontbreekt: {clause.text}."
        if len(read) == 1 and read[0].path.endswith(".aanwezig"):
            return f"Niet aanwezig: {clause.text.removeprefix('er is ').removesuffix(': ja')}."
        title = self._title(clause, fact)
        rest = clause.text.removeprefix(title).lstrip(": ").removeprefix("is ")
        if clause.text.startswith(title) and read[0].path != "peildatum" and " of (" not in clause.text:
            rest = _filled(rest.replace(f" of {title} is ", ", "), read[1:])
            return f"{_upper(read[0].title)}: {read[0].shown}; nodig: {rest}."
        text = clause.text.replace("de peildatum", f"de peildatum ({show_date(self.on)})")
        return f"Niet voldaan: {_filled(text, [v for v in read if v.path != 'peildatum'])}."

    def _title(self, clause: EngineClause, fact: Fact) -> str:
        """How the clause's own text names its one field: the title, with the partner after it."""
        path = clause.readings[0].path
        definition = self.vocabulary.field(fact.type, path)
        title = definition.title if definition else path
        head, dot, _ = path.rpartition(".")
        named = f"{title} ({head.replace('_', ' ')})"
        return named if dot and clause.text.startswith(named) else title

    def _location(self, engine_clauses: tuple[EngineClause, ...], fact: Fact) -> Location:
        """Where to look first: the value behind the first part of the requirement that does not hold."""
        for clause in engine_clauses:
            if clause.role in (Role.REQUIRE, Role.REPLACEMENT) and clause.truth is not Truth.TRUE:
                for reading in clause.readings:
                    if reading.path.endswith(".aanwezig"):
                        return fact.location
                    if reading.provenance and reading.provenance.places:
                        return reading.provenance.places[0]
        return fact.location


def _asked_on(subject: str, missing: tuple[MissingFact, ...]) -> tuple[MissingFact, ...]:
    """The questions of an equal day, asked of the day of this subject."""
    day = subject.partition("@")[2]
    return tuple(
        replace(item, subject=f"{item.subject.partition('@')[0]}@{day}") if "@" in item.subject else item
        for item in missing
    )


def _filled(text: str, values: list[ReadValue]) -> str:
    """A condition with the value found put at each field it names; what it does not name once follows after it."""
    rest = []
    for value in values:
        if value.path.endswith(".aanwezig"):
            continue
        if text.count(value.title) == 1:
            text = text.replace(value.title, f"{value.shown} [{value.title}]")
        else:
            rest.append(f"{value.title}: {value.shown}")
    return text + (f" ({'; '.join(dict.fromkeys(rest))})" if rest else "")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
