"""The ledger of a regime: the units of law in scope, and what stands for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Status
from ikec_compliance.rules.files import CheckedFile, read_checked
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.yamlio.suggest import did_you_mean

UNITS, CLAIMS = "eenheden.yaml", "dekking.yaml"


class Cover(Enum):
    """What a claim says of a unit of law, strongest first: a unit counts once, under its strongest claim."""

    RULED = "regels"
    OPEN = "open_norm"
    UNREADABLE = "niet_leesbaar"
    NOT_COMPUTABLE = "niet_berekenbaar"
    NOT_FOR_CENTRE = "niet_voor_centrum"
    UNREAD = "ongelezen"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of law: an article, and in it a lid, onderdeel or sentence (``-`` for an article without lids)."""

    law: str
    article: str
    unit: str
    state: date
    place: Location


@dataclass(frozen=True, slots=True)
class Claim:
    """What stands for some units of one article, with the rules that test them or the reason why there are none."""

    cover: Cover
    rules: tuple[str, ...]
    reason: str
    instead: str
    place: Location


@dataclass(frozen=True, slots=True)
class Covered:
    """One unit with its claims in file order; none means that nobody answered for it."""

    unit: Unit
    claims: tuple[Claim, ...]

    @property
    def cover(self) -> Cover:
        """The strongest claim; a unit without one is unread."""
        order = list(Cover)
        return min((claim.cover for claim in self.claims), key=order.index, default=Cover.UNREAD)


def load_ledger(rules: RuleSet, regime: str) -> tuple[Covered, ...] | None:
    """Every unit of a regime with its claims, in file order; ``None`` when the regime keeps no ledger.

    ``InputError`` for a claim on a unit that is not listed, on a rule that does not exist, is not published or
    does not cite the article, and for a claim without rules or reason.
    """
    folder = rules.folder / regime
    if not (folder / UNITS).is_file() and not (folder / CLAIMS).is_file():
        return None
    listed = read_checked(folder / UNITS, "eenheden", rules.folder.parent)
    claimed = read_checked(folder / CLAIMS, "dekking", rules.folder.parent)
    for checked in (listed, claimed):
        if checked.data["regime"] != regime:
            raise InputError(
                f"dit bestand staat in de map {regime} maar noemt regime {checked.data['regime']}",
                checked.place("regime"),
            )
    units = _units(listed, rules)
    claims: dict[tuple[str, str, str], list[Claim]] = {}
    cited = _cited(rules)
    for index, raw in enumerate(claimed.data["claims"]):
        named = list(_claimed_units(raw, index, claimed, units))
        claim = _claim(raw, index, claimed, cited)
        for unit in named:
            claims.setdefault((raw["law"], raw["article"], unit), []).append(claim)
    return tuple(
        Covered(unit, tuple(claims.get((unit.law, unit.article, unit.unit), ())))
        for articles in units.values()
        for row in articles.values()
        for unit in row
    )


_Units = Mapping[str, Mapping[str, Sequence[Unit]]]
_Cited = Mapping[str, set[tuple[str, str]]]


def _units(checked: CheckedFile, rules: RuleSet) -> _Units:
    found: dict[str, dict[str, list[Unit]]] = {}
    for index, raw in enumerate(checked.data["laws"]):
        law = raw["law"]
        if law not in rules.laws.by_code:
            hint = did_you_mean(law, rules.laws.by_code)
            raise InputError(f"onbekende wet '{law}'{hint}", checked.place("laws", index, "law"))
        if law in found:
            raise InputError(f"wet {law} staat er al", checked.place("laws", index, "law"))
        found[law] = {
            article: [
                Unit(law, article, unit, raw["state"], checked.place("laws", index, "articles", article, number))
                for number, unit in enumerate(units)
            ]
            for article, units in raw["articles"].items()
        }
    return found


def _claimed_units(raw: Mapping[str, Any], index: int, checked: CheckedFile, units: _Units) -> Iterator[str]:
    law, article = raw["law"], raw["article"]
    if law not in units:
        hint = did_you_mean(law, units)
        raise InputError(f"wet '{law}' staat niet in {UNITS}{hint}", checked.place("claims", index, "law"))
    if article not in units[law]:
        hint = did_you_mean(article, units[law])
        raise InputError(
            f"artikel '{article}' van {law} staat niet in {UNITS}{hint}", checked.place("claims", index, "article")
        )
    known = [unit.unit for unit in units[law][article]]
    if raw["units"] == "alle":
        yield from known
        return
    for number, unit in enumerate(raw["units"]):
        if unit not in known:
            hint = did_you_mean(unit, known)
            place = checked.place("claims", index, "units", number)
            raise InputError(f"eenheid '{unit}' van {law} artikel {article} staat niet in {UNITS}{hint}", place)
        yield unit


def _claim(raw: Mapping[str, Any], index: int, checked: CheckedFile, cited: _Cited) -> Claim:
    cover, place = Cover(raw["as"]), checked.place("claims", index)
    rules, reason, instead = tuple(raw.get("rules", ())), raw.get("reason", ""), raw.get("instead", "")
    if cover is Cover.RULED and not rules:
        raise InputError("een claim 'regels' noemt de regels die de eenheid toetsen (rules)", place)
    if cover not in (Cover.RULED, Cover.UNREAD) and not reason:
        raise InputError(f"een claim '{cover.value}' heeft een reden (reason)", place)
    if cover is Cover.UNREADABLE and not instead:
        raise InputError("een claim 'niet_leesbaar' zegt wat er in de plaats staat (instead)", place)
    for number, rule in enumerate(rules):
        at = checked.place("claims", index, "rules", number)
        if rule not in cited:
            raise InputError(f"regel '{rule}' bestaat niet of is niet gepubliceerd{did_you_mean(rule, cited)}", at)
        if (raw["law"], raw["article"]) not in cited[rule]:
            raise InputError(f"regel {rule} noemt {raw['law']} artikel {raw['article']} niet als bron", at)
    return Claim(cover, rules, reason, instead, place)


def _cited(rules: RuleSet) -> _Cited:
    """For each published rule the articles it cites, also in its exceptions and parameters."""
    found: dict[str, set[tuple[str, str]]] = {}
    for version in rules.versions:
        if version.head.status is Status.PUBLISHED:
            found.setdefault(version.head.id, set()).update(version.cited())
    return found
