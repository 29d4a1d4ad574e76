"""Repairs: the smallest change of the centre's own choices that ends an open conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import Repair
from ikec_compliance.model.value import is_known
from ikec_compliance.reconcile.collision import Collision, ConflictClass, State
from ikec_compliance.reconcile.domain import Domain, intersection, listed
from ikec_compliance.reconcile.templates import fill, subtitle_with_schoolplan, title_with_schoolplan

_MOST = 3
_LARGEST = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a split merge: its voorzieningen, the regimes that ask something of it and what they leave."""

    members: tuple[str, ...]
    regimes: tuple[str, ...]
    joint: Domain


def splits(collision: Collision) -> list[tuple[Part, ...]]:
    """The ways to split a contradictory merge that take the fewest members out; the first part is what stays."""
    asked: dict[str, list[int]] = {}
    for position, item in enumerate(collision.hard):
        asked.setdefault(_member(item.applied_to), []).append(position)
    movable = list(asked)
    for size in range(1, min(len(movable), _LARGEST)):
        found = []
        for out in combinations(movable, size):
            stay = [member for member in movable if member not in out]
            if not _part(collision, stay, asked).joint.empty:
                found.append((_part(collision, stay, asked), *_parts(collision, list(out), asked)))
        if found:
            return found[:_MOST]
    return []


def _parts(collision: Collision, members: list[str], asked: Mapping[str, Sequence[int]]) -> list[Part]:
    """``members`` in as few parts as they need when taken together greedily, in order."""
    parts: list[list[str]] = []
    for member in members:
        for part in parts:
            if not _part(collision, [*part, member], asked).joint.empty:
                part.append(member)
                break
        else:
            parts.append([member])
    return [_part(collision, part, asked) for part in parts]


def _part(collision: Collision, members: Sequence[str], asked: Mapping[str, Sequence[int]]) -> Part:
    norms = [collision.hard[position] for member in members for position in asked[member]]
    regimes = tuple(dict.fromkeys(item.rule.head.regime for item in norms))
    return Part(tuple(members), regimes, intersection([item.domain for item in norms], collision.axis))


def _member(applied_to: str) -> str:
    """The voorziening of a fact, else the fact itself."""
    parts = applied_to.split("/")
    return next((part for part in parts if part.startswith("voorziening:")), parts[-1])


def member_title(member: str, centre: Centre) -> str:
    """The id of a member as the configuration writes it."""
    return member.partition(":")[2] if centre.find("voorzieningen", member.partition(":")[2]) else member


def split_text(parts: Sequence[Part], collision: Collision, centre: Centre) -> str:
    """``splits in een schooldossier voor so en sbo (hoogstens 2 jaar) en een jeugdhulpdossier …``."""
    names = collision.friction.parts if collision.friction is not None else {}
    shown = []
    ordered = sorted(parts, key=lambda part: list(names).index(part.regimes[0]) if part.regimes[0] in names else 99)
    for part in ordered:
        own = names.get(part.regimes[0], "") if len(part.regimes) == 1 else ""
        who = listed([member_title(member, centre) for member in part.members])
        shown.append(f"een {own or 'deel'} voor {who} ({part.joint.words()})")
    return f"splits in {listed(shown)}"


def template_values(collision: Collision, centre: Centre) -> dict[str, str]:
    """What a friction's texts can name, for this collision."""
    record = collision.subject.record
    values = {
        "samenvoeging": collision.subject.title,
        "leden": listed(collision.subject.facilities),
        "partijen": listed(list(dict.fromkeys(item.act for item in collision.norms))),
        "waarde": shown_value(collision),
        "gezamenlijk": collision.joint.words() if collision.joint is not None else "",
    }
    if collision.conflict_class is ConflictClass.CONTRADICTORY:
        found = splits(collision)
        values["splitsing"] = split_text(found[0], collision, centre) if found else ""
    title = record.get("titel") if record.key == "documenten" else None
    if title is not None:
        values["titel"] = title
        values["titel_nieuw"] = title_with_schoolplan(title)
        if values["titel_nieuw"] != title:
            values["ondertitel_nieuw"] = subtitle_with_schoolplan(record.get("ondertitel") or "")
    return values


def shown_value(collision: Collision) -> str:
    """What the centre chose, in Dutch; ``onbekend`` as far as it is not known."""
    shown = [
        item.axis.show(value[0]) if is_known(value) else "onbekend" for item in collision.norms for value in item.values
    ]
    return " of ".join(dict.fromkeys(shown))


def repairs_of(collision: Collision, conflict: str, centre: Centre) -> tuple[Repair, ...]:
    """The smallest changes for an open collision, cheapest first; none when it is not open or needs a judgement."""
    if collision.state is not State.OPEN or collision.joint is None:
        return ()
    if collision.conflict_class is ConflictClass.CONTRADICTORY:
        return tuple(Repair(conflict, text, _who(collision)) for text in _split_changes(collision, centre))
    friction = collision.friction
    if friction is not None and friction.repairs:
        values = template_values(collision, centre)
        texts = [text for text in (fill(template, values) for template in friction.repairs) if text is not None]
        if texts:
            return tuple(Repair(conflict, text, _who(collision)) for text in texts)
    return tuple(Repair(conflict, text, _who(collision)) for text in _value_changes(collision))


def _who(collision: Collision) -> str:
    if collision.friction is not None:
        return collision.friction.who
    return listed(list(dict.fromkeys(item.rule.head.repair_who for item in collision.norms)))


def _split_changes(collision: Collision, centre: Centre) -> list[str]:
    subject = collision.subject
    texts = []
    for parts in splits(collision):
        text = f"deel geen {subject.title} over {listed(subject.facilities)}: {split_text(parts, collision, centre)}"
        if subject.record.key == "integratie":
            shared = list(subject.record.get("deelt"))
            gone = {member.partition(":")[2] for part in parts[1:] for member in part.members}
            stay = [id_ for id_ in shared if id_ not in gone]
            if len(stay) < 2:
                text += f"; de integratie {subject.record.id} vervalt"
            elif len(stay) < len(shared):
                text += f"; deelt: {', '.join(shared)} → {', '.join(stay)}"
                text += _new_value(collision, parts[0].joint)
        texts.append(text)
    return texts


def _new_value(collision: Collision, joint: Domain) -> str:
    """The change of the declared value that the part which stays needs."""
    if not collision.subject.declared or not all(is_known(value) for value in collision.values):
        return ""
    value = collision.values[0][0]
    nearest = joint.nearest(value)
    if nearest is None or nearest == value:
        return ""
    return f"; waarde: {collision.axis.number(value)} → {collision.axis.number(nearest)}"


def _value_changes(collision: Collision) -> list[str]:
    """The nearest allowed value for each thing whose value is not allowed."""
    joint, axis = collision.joint, collision.axis
    if joint is None:
        return []
    texts: dict[str, None] = {}
    for item in collision.norms:
        for value in item.values:
            nearest = joint.nearest(value[0] if joint.low is not None and value[0] < joint.low else value[1])
            if not joint.holds_none(value) or nearest is None:
                continue
            own = "" if collision.subject.declared or collision.subject.record.key == "documenten" else item.applied_to
            where = f" van {own}" if own else ""
            old = axis.show(value[0]) if is_known(value) else "nu"
            texts[f"{item.norm.quantity.name}{where}: {old} → {axis.show(nearest)}"] = None
    return list(texts)
