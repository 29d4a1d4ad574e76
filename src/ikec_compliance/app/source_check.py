"""Which citations of the rules a newer text of a law touches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from ikec_compliance.importers.bwb import Piece, Toestand, number, read_toestand
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Source, Status
from ikec_compliance.model.source_check import SourceChange, SourceCheck
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion

_LID = re.compile(r"[0-9]+[a-z]*")
_ARTICLE = re.compile(r"[0-9]+[a-z0-9.:]*")


def source_check(path: Path, rules: RuleSet) -> SourceCheck:
    """Every citation of the law in ``path`` that changed, moved or vanished since the state it was read in.

    No old text is kept, so what is compared are numbers and days. ``InputError`` for a law that no rule cites.
    """
    text = read_toestand(path)
    laws = [law for law in rules.laws.by_code.values() if law.bwb == text.bwb]
    if not laws:
        raise InputError(f"{path}: geen regel noemt de wet {text.bwb}; zie rules/wetten.yaml voor de wetten die wel")
    codes = {law.code for law in laws}
    found: dict[tuple[object, ...], SourceChange] = {}
    citations = 0
    for rule, source, place in _citations(rules, text):
        if source.law not in codes:
            continue
        citations += 1
        for change in _changes(rule, source, place, text):
            found.setdefault((change.rule, change.cited, change.kind, change.place), change)
    ordered = tuple(sorted(found.values(), key=lambda item: (item.place, item.cited)))
    names = ", ".join(law.title for law in laws)
    return SourceCheck(", ".join(sorted(codes)), names, text.bwb, text.state, ordered, citations)


def _citations(rules: RuleSet, text: Toestand) -> Iterator[tuple[str, Source, Location]]:
    """Sources of every version that still holds when the text comes into force, of its exceptions and parameters."""
    users: dict[Location, list[str]] = {}
    values: dict[Location, tuple[Source, ...]] = {}
    for version in rules.versions:
        head = version.head
        if head.status is Status.WITHDRAWN or (head.valid.last is not None and head.valid.last < text.state):
            continue
        yield from _own(version, rules)
        for name in sorted(version.parameter_names()):
            for value in version.parameters.values.get(name, ()):
                if value.valid.last is None or value.valid.last >= text.state:
                    users.setdefault(value.place, []).append(head.id)
                    values[value.place] = value.source
    for place, sources in values.items():
        for source in sources:
            yield ", ".join(dict.fromkeys(users[place])), source, place


def _own(version: RuleVersion, rules: RuleSet) -> Iterator[tuple[str, Source, Location]]:
    path = ("rules", version.index)
    for number_, source in enumerate(version.head.source):
        yield version.head.id, source, version.checked.place(*path, "source", number_)
    for count, raw in enumerate(version.raw.get("exceptions", ())):
        for number_, item in enumerate(raw["source"]):
            place = version.checked.place(*path, "exceptions", count, "source", number_)
            yield version.head.id, rules.laws.source(item, place), place


def _changes(rule: str, source: Source, place: Location, text: Toestand) -> Iterator[SourceChange]:
    def change(kind: str, words: str, piece: Piece | None = None) -> SourceChange:
        since = piece.since if piece else None
        return SourceChange(rule, str(source), source.state, kind, words, since, place)

    annex = source.article.lower().startswith("bijlage")
    known: Mapping[str, Piece] = text.annexes if annex else text.articles
    match = _ARTICLE.search(source.article.lower())
    if match is None and not annex:
        yield change("onleesbaar", f"‘{source.article}’ is geen nummer van een artikel: vergelijk het zelf")
        return
    name = number(match[0]) if match else ""
    what = f"{'bijlage' if annex else 'artikel'} {name}".rstrip()
    piece = known.get(name)
    if piece is None:
        yield change(*_absent(what, known))
        return
    if piece.gone or piece.later:
        yield change("vervallen" if piece.gone else "nog_niet", _state_words(what, piece), piece)
        return
    for lid in _LID.findall(source.lid.lower()):
        found = next((item for item in piece.leden if item.number == lid), None)
        if found is None:
            yield change(*_absent_lid(what, lid, piece), piece)
        elif found.gone or found.later:
            yield change("vervallen" if found.gone else "nog_niet", _state_words(f"{what} lid {lid}", found), found)
        elif found.since is not None and found.since > source.state:
            yield change("gewijzigd", f"{what} lid {lid} luidt anders sinds {found.since}{_renumbered(found)}", found)
        elif piece.since is not None and piece.since > source.state and found.since is None:
            yield change("gewijzigd", f"{what} luidt anders sinds {piece.since}{_renumbered(piece)}", piece)
    if not _LID.search(source.lid.lower()) and piece.since is not None and piece.since > source.state:
        yield change("gewijzigd", f"{what} luidt anders sinds {piece.since}{_renumbered(piece)}", piece)


def _absent(what: str, known: Mapping[str, Piece]) -> tuple[str, str]:
    moved = [name for name, piece in known.items() if piece.effect.startswith("vernummer")]
    if moved:
        return "verplaatst", f"{what} staat er niet meer; vernummerd zijn {', '.join(moved)}"
    return "weg", f"{what} staat niet in deze tekst"


def _absent_lid(what: str, lid: str, piece: Piece) -> tuple[str, str]:
    moved = [item.number for item in piece.leden if item.effect.startswith("vernummer")]
    if moved:
        return "verplaatst", f"{what} lid {lid} staat er niet meer; vernummerd zijn lid {', '.join(moved)}"
    if not piece.leden:
        return "weg", f"{what} heeft geen leden meer, dus ook geen lid {lid}"
    return (
        "weg",
        f"{what} lid {lid} staat er niet; het artikel heeft nu lid {', '.join(item.number for item in piece.leden)}",
    )


def _state_words(what: str, piece: Piece) -> str:
    if piece.later:
        return f"{what} is nog niet in werking"
    return f"{what} is vervallen{f' per {piece.since}' if piece.since else ''}"


def _renumbered(piece: Piece) -> str:
    return " (vernummerd)" if piece.effect.startswith("vernummer") else ""
