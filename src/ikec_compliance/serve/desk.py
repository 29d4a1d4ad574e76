"""What the pages ask of the program: open a centre, change it, take that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.check import check_centre
from ikec_compliance.app.diff import compare, side_of
from ikec_compliance.app.held import Held, hold, hold_path
from ikec_compliance.app.history import keep
from ikec_compliance.app.repair import proposals
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.app.wording import wording_of
from ikec_compliance.model.diff import Diff
from ikec_compliance.model.plan import Target
from ikec_compliance.model.repair import Edit
from ikec_compliance.model.resources import examples_dir
from ikec_compliance.report.audience.reading import Reading, reading
from ikec_compliance.report.wording import Wording
from ikec_compliance.serve.sessions import MOST_STEPS, Session, Sessions, State, Step
from ikec_compliance.serve.settings import Settings

EXAMPLES = {"ikec-hoorn": "met gebreken", "ikec-hoorn-op-orde": "op orde"}
"""The example centres that come with the program."""

_MOST_WORDINGS = 20


@dataclass
class Desk:
    """The rules and the open centres. Its methods run one at a time."""

    settings: Settings
    catalogue: Catalogue
    sessions: Sessions
    _wordings: dict[date, Wording] = field(default_factory=dict)
    _examples: dict[str, State] = field(default_factory=dict)

    def open_files(self, files: dict[str, bytes], on: date | None) -> Session:
        """A session on files that were handed over."""
        return self._open(hold(files), on)

    def open_path(self, path: Path, on: date | None) -> Session:
        """A session on a configuration on this computer; it is only read."""
        return self._open(hold_path(path), on)

    def open_example(self, name: str) -> Session:
        """A session on an example centre; it is checked once."""
        if name not in self._examples:
            self._examples[name] = self._state(hold_path(examples_dir() / name), None)
        return self.sessions.open(self._examples[name], None)

    def change(self, session: Session, edits: Sequence[Edit], said: Sequence[str]) -> Diff:
        """Change the centre and check it again; what is wrong with the change leaves everything as it was."""
        before = session.now
        after = self._state(before.held.changed(edits), session.on)
        session.steps = [*session.steps[-MOST_STEPS + 1 :], Step(tuple(said), before.held)]
        session.now = after
        session.last = _difference(before, after)
        return session.last

    def undo(self, session: Session) -> None:
        """Take the last change back."""
        if session.steps:
            before = session.now
            session.now = self._state(session.steps[-1].before, session.on)
            session.steps.pop()
            session.last = _difference(before, session.now)

    def since_start(self, session: Session) -> Diff:
        """What all changes together flipped."""
        return _difference(session.first, session.now)

    def proposals(self, session: Session) -> tuple[Target, ...]:
        """What the program itself can change to mend a finding or collision; worked out once."""
        state = session.now
        if state.proposals is None:
            request = self._request(state.held, session.on)
            every = proposals(state.report, state.centre, self.catalogue, request)
            able = (
                replace(target, repairs=tuple(item for item in target.repairs if item.applicable)) for target in every
            )
            state.proposals = tuple(target for target in able if target.repairs)
        return state.proposals

    def wording(self, state: State) -> Wording:
        """The words of the reports on the date of a check."""
        on = state.report.receipt.on
        if on not in self._wordings:
            if len(self._wordings) >= _MOST_WORDINGS:
                self._wordings.clear()
            self._wordings[on] = wording_of(self.catalogue.rules, "nl", on)
        return self._wordings[on]

    def reading(self, state: State) -> Reading:
        """A report as the pages read it."""
        return reading(state.report, self.wording(state))

    @cached_property
    def template(self) -> bytes:
        """The empty workbook."""
        from ikec_compliance.app.exchange import template_book

        return template_book()

    @cached_property
    def example(self) -> bytes:
        """The example centre as a workbook."""
        return hold_path(examples_dir() / "ikec-hoorn").workbook()

    def _open(self, held: Held, on: date | None) -> Session:
        state = self._state(held, on)
        if self.settings.keep is not None:
            state = State(held, state.centre, keep(state.report, self.settings.keep))
        return self.sessions.open(state, on)

    def _state(self, held: Held, on: date | None) -> State:
        centre = held.centre()
        return State(held, centre, check_centre(centre, self.catalogue, self._request(held, on)))

    def _request(self, held: Held, on: date | None) -> CheckRequest:
        return CheckRequest(
            Path(held.name), on, None, (), self.settings.rules, self.settings.extra_rules,
            seconds=self.settings.seconds, overview=True,
        )  # fmt: skip


def new_desk(settings: Settings) -> Desk:
    """A desk with the rules that the settings name; ``InputError`` for what is wrong with them."""
    return Desk(
        settings,
        open_catalogue(settings.rules, settings.extra_rules),
        Sessions(settings.sessions, settings.idle),
    )


def _difference(before: State, after: State) -> Diff:
    return compare(side_of(before.report, "eerst"), side_of(after.report, "nu"))
