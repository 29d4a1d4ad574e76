"""Each kind of result in English: every text that a reader sees, and nothing that a program reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import singledispatchmethod
from typing import TypeVar, cast

from ikec_compliance.model.diff import Change as Flipped
from ikec_compliance.model.diff import Diff, Outcome, Side
from ikec_compliance.model.joint import JointDuty, JointLine, JointRequirement, WorkingTime
from ikec_compliance.model.overview import Change, Overview
from ikec_compliance.model.plan import Applied, RepairPlan, Target
from ikec_compliance.model.repair import Repair
from ikec_compliance.model.result import (
    BreachInterval,
    Certificate,
    Clause,
    ConflictLine,
    MissingFact,
    NormLine,
    Question,
    Report,
    VerdictLine,
)
from ikec_compliance.model.rule import RuleHead, Source
from ikec_compliance.report.english.collisions import COLLISIONS
from ikec_compliance.report.english.conditions import CONDITIONS
from ikec_compliance.report.english.phrasebook import Phrasebook
from ikec_compliance.report.english.provenance import PROVENANCE
from ikec_compliance.report.findings import BASIS
from ikec_compliance.report.wording import Wording

_Result = TypeVar("_Result")
_DATED = re.compile(r"(.*), (\d{1,2} [a-z]+ \d{4})")
_REGIME = re.compile(r"(?<=\()(?:onderwijs|kinderopvang|jeugdhulp)(?=\))")
_LID = re.compile(r"(?<=\d) lid (?=\d)")


class English:
    """Says results in English. ``texts`` are those of the rules, by their Dutch text."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._book = Phrasebook(texts, (*CONDITIONS, *PROVENANCE, *COLLISIONS))
        self._sources: dict[tuple[Source, ...], tuple[Source, ...]] = {}

    def say(self, result: _Result) -> _Result:
        """A result of any kind, in English."""
        return cast(_Result, self._say(result))

    def text(self, text: str) -> str:
        """A sentence of the program or of the rules; itself when it is not known."""
        return self._book.say(text)

    def knows(self, text: str) -> bool:
        """Whether all of a sentence is known, names of the centre apart."""
        return self._book.knows(text)

    @singledispatchmethod
    def _say(self, result: object) -> object:
        raise TypeError(f"no English form of {type(result).__name__}")

    @_say.register
    def _(self, report: Report) -> Report:
        overview = report.overview
        return replace(
            report,
            verdicts=tuple(self._line(line) for line in report.verdicts),
            conflicts=tuple(self._conflict(line) for line in report.conflicts),
            questions=tuple(self._question(item) for item in report.questions),
            repairs=tuple(self._repair(item) for item in report.repairs),
            notices=self._every(report.notices),
            not_in_force=tuple(replace(item, reason=self.text(item.reason)) for item in report.not_in_force),
            stale=tuple(replace(item, message=self.text(item.message)) for item in report.stale),
            vocabulary={
                own: _REGIME.sub(lambda found: self.text(found[0]), term) for own, term in report.vocabulary.items()
            },
            overview=None if overview is None else self._overview(overview),
        )

    @_say.register
    def _(self, line: VerdictLine) -> VerdictLine:
        return self._line(line)

    @_say.register
    def _(self, head: RuleHead) -> RuleHead:
        return replace(
            head,
            theme=self._book.lookup(head.theme),
            title=self._book.lookup(head.title),
            open_norm=self._book.lookup(head.open_norm),
            repair_who=self.text(head.repair_who),
            repair_what=self._book.lookup(head.repair_what),
            source=self._cited(head.source),
            message=self._book.lookup(head.message),
        )

    @_say.register
    def _(self, wording: Wording) -> Wording:
        turns = tuple(
            replace(turn, title=self._book.lookup(turn.title), source=self._cited(turn.source))
            for turn in wording.turns
        )  # fmt: skip
        laws = {code: self._book.lookup(title) for code, title in wording.laws.items()}
        return replace(wording, laws=laws, turns=turns)

    @_say.register
    def _(self, plan: RepairPlan) -> RepairPlan:
        return replace(
            plan,
            targets=tuple(self._target(target) for target in plan.targets),
            sets=tuple(tuple(self._repair(item) for item in chosen) for chosen in plan.sets),
            applied=None if plan.applied is None else self._applied(plan.applied),
        )

    @_say.register
    def _(self, found: JointRequirement) -> JointRequirement:
        return replace(
            found,
            title=self._subject(found.subject, found.title),
            lines=tuple(self._joint_line(line) for line in found.lines),
            duties=tuple(self._duty(duty) for duty in found.duties),
            times=tuple(self._time(time) for time in found.times),
        )

    @_say.register
    def _(self, found: Diff) -> Diff:
        return replace(
            found,
            then=self._side(found.then),
            now=self._side(found.now),
            changes=tuple(self._flipped(change) for change in found.changes),
        )

    def _every(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.text(text) for text in texts)

    def _subject(self, subject: str, title: str) -> str:
        """A subject's title: the centre's own name stays; a job that stands for a name, and a day, do not."""
        dated = _DATED.fullmatch(title) if "@" in subject else None
        name = dated[1] if dated else title
        id_ = subject.partition("@")[0].partition("/")[0].partition(":")[2]
        if subject.startswith("medewerker:") and f" {id_}" in name:
            job, _, rest = name.partition(f" {id_}")
            name = f"{self._book.lookup(job)} {id_}{rest}"
        return f"{name}, {self.text(dated[2])}" if dated else name if ":" in subject else self.text(name)

    def _cited(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        found = self._sources.get(sources)
        if found is None:
            found = tuple(self._source(item) for item in sources)
            self._sources[sources] = found
        return found

    def _source(self, item: Source) -> Source:
        """A place in a law that has a name, and not a number, is said in English too."""
        place = item.article if item.article[:1].isdigit() else self.text(item.article)
        note = self._book.lookup(item.note)
        return item if (place, note) == (item.article, item.note) else replace(item, article=place, note=note)

    def _line(self, line: VerdictLine) -> VerdictLine:
        return replace(
            line,
            title=self._book.lookup(line.title),
            subject_title=self._subject(line.subject, line.subject_title),
            message=self.text(line.message),
            repair_who=self.text(line.repair_who),
            repair_what=self._book.lookup(line.repair_what),
            source=self._cited(line.source),
            missing=tuple(self._missing(item) for item in line.missing),
            clauses=tuple(self._clause(item) for item in line.clauses),
            intervals=tuple(self._interval(item) for item in line.intervals),
            exceptions=tuple(
                replace(item, text=self._book.lookup(item.text), source=self._cited(item.source))
                for item in line.exceptions
            ),
        )

    def _missing(self, item: MissingFact) -> MissingFact:
        return replace(item, question=self.text(item.question))

    def _clause(self, clause: Clause) -> Clause:
        values = tuple(
            replace(item, title=self.text(item.title), shown=self.text(item.shown), formula=self._formula(item.formula))
            for item in clause.values
        )
        return replace(clause, text=self.text(clause.text), values=values)

    def _formula(self, formula: str) -> str:
        """A key of the configuration is no text: it stays."""
        return self.text(formula) if " " in formula else formula

    def _interval(self, interval: BreachInterval) -> BreachInterval:
        details = {
            title if title == BASIS else self.text(title): self.text(shown)
            for title, shown in interval.details.items()
        }  # fmt: skip
        return replace(interval, details=details)

    def _question(self, item: Question) -> Question:
        title = self._subject(item.subject, item.subject_title)
        return replace(item, subject_title=title, question=self.text(item.question))

    def _conflict(self, line: ConflictLine) -> ConflictLine:
        return replace(
            line,
            title=self.text(line.title),
            binds=self._every(line.binds),
            reason=self.text(line.reason),
            explanation=self.text(line.explanation),
            norms=tuple(self._norm(item) for item in line.norms),
            certificate=self._certificate(line.certificate),
            resolutions=self._every(line.resolutions),
            sources=self._every(line.sources),
            repairs=tuple(self._repair(item) for item in line.repairs),
        )

    def _norm(self, norm: NormLine) -> NormLine:
        return replace(
            norm,
            addressee=self.text(norm.addressee),
            quantity=self.text(norm.quantity),
            shown=self.text(norm.shown),
            source=self._cited(norm.source),
            domain=self.text(norm.domain),
        )

    def _certificate(self, found: Certificate) -> Certificate:
        return replace(
            found,
            core=self._every(found.core),
            proof=self._every(found.proof),
            witnesses={self.text(norm): self.text(value) for norm, value in found.witnesses.items()},
            joint=self.text(found.joint),
            binding_norms=self._every(found.binding_norms),
            value=self.text(found.value),
            broken=self._every(found.broken),
            free=self._every(found.free),
            conflicts=tuple(self._every(item) for item in found.conflicts),
            removals=tuple(self._every(item) for item in found.removals),
            quantities=self._every(found.quantities),
        )

    def _repair(self, item: Repair) -> Repair:
        return replace(item, change=self.text(item.change), who=self.text(item.who))

    def _target(self, target: Target) -> Target:
        subject = target.id.partition("/")[2]
        return replace(
            target,
            title=self.text(target.title),
            subject_title=self._subject(subject, target.subject_title),
            repairs=tuple(self._repair(item) for item in target.repairs),
        )

    def _applied(self, applied: Applied) -> Applied:
        return replace(
            applied,
            written=tuple(self._repair(item) for item in applied.written),
            dropped=tuple(self._repair(item) for item in applied.dropped),
        )

    def _joint_line(self, line: JointLine) -> JointLine:
        return replace(
            line,
            quantity=self.text(line.quantity),
            requirement=self.text(line.requirement),
            source=self._cited(line.source),
        )

    def _duty(self, duty: JointDuty) -> JointDuty:
        return replace(duty, text=self._book.lookup(duty.text), source=self._cited(duty.source))

    def _time(self, time: WorkingTime) -> WorkingTime:
        return replace(
            time,
            role=self.text(time.role),
            registration=self.text(time.registration),
            counted=self.text(time.counted),
            cao=self.text(time.cao),
            note=self.text(time.note),
        )

    def _side(self, side: Side) -> Side:
        return replace(side, outcomes={key: self._outcome(item) for key, item in side.outcomes.items()})

    def _flipped(self, change: Flipped) -> Flipped:
        return replace(
            change,
            then=None if change.then is None else self._outcome(change.then),
            now=None if change.now is None else self._outcome(change.now),
        )

    def _outcome(self, item: Outcome) -> Outcome:
        subject, colon, message = item.message.partition(": ")
        shown = f"{self._subject(item.subject, subject)}: {self.text(message)}" if colon else self.text(item.message)
        return replace(
            item, title=self.text(item.title), message=shown, articles=_LID.sub(" par. ", item.articles)
        )  # fmt: skip

    def _overview(self, overview: Overview) -> Overview:
        changes = overview.changes
        if changes is None:
            return overview
        return replace(
            overview,
            changes=replace(
                changes,
                new=tuple(self._change(item) for item in changes.new),
                solved=tuple(self._change(item) for item in changes.solved),
                still=tuple(self._change(item) for item in changes.still),
            ),
        )

    def _change(self, item: Change) -> Change:
        return replace(item, title=self.text(item.title), subject_title=self._subject(item.subject, item.subject_title))
