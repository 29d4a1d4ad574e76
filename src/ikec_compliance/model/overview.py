"""What a report for people shows besides verdicts: places, papers, days on the roster, own words, what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.value import Value


@dataclass(frozen=True, slots=True)
class Facility:
    """A voorziening as its supervisor knows it.

    ``number`` is its LRK number, BRIN or AGB code (``number_kind`` says which); both are empty when none was given.
    """

    id: str
    title: str
    kind: str
    regime: str
    organisation: str
    organisation_title: str
    number_kind: str = ""
    number: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document or regeling of the centre: its own title, and what the law calls it (``kinds``)."""

    title: str
    kinds: tuple[str, ...]
    facilities: tuple[str, ...]
    adopted_on: date | None = None


@dataclass(frozen=True, slots=True)
class PresenceSlice:
    """A slice of a day in which nothing changes, in minutes after midnight (``end`` exclusive).

    ``children``, ``required`` and ``present`` are bounds: the two ends differ where the number is not known.
    """

    start: int
    end: int
    children: Value
    required: Value
    present: Value


@dataclass(frozen=True, slots=True)
class GroupDay:
    """A groep with children, or a bso (which the law counts as a whole), on one day.

    ``subject`` is ``groep:sg-egels`` or ``voorziening:bso``; ``known`` whether the roster of that day is declared
    complete.
    """

    subject: str
    title: str
    day: date
    facilities: tuple[str, ...]
    known: bool
    slices: tuple[PresenceSlice, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that came, went or stayed since an earlier check."""

    regime: str
    code: str
    subject: str
    title: str
    subject_title: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The findings of this check against those of an earlier one, by fingerprint.

    ``same_rules`` and ``same_centre`` say whether rules and configuration were the same bytes.
    """

    since: date
    same_rules: bool
    same_centre: bool
    new: tuple[Change, ...]
    solved: tuple[Change, ...]
    still: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything of this module for one centre.

    ``belongs`` maps a subject without its day (``groep:sg-egels``) to the ids of its voorzieningen, ``glossary`` an own
    word to the law's term per regime.
    """

    facilities: tuple[Facility, ...] = ()
    papers: tuple[Paper, ...] = ()
    belongs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: tuple[GroupDay, ...] = ()
    glossary: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    changes: Changes | None = None
