"""Repairs: the smallest change of the centre's own choices that ends an open conflict."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.repair import Edit, Repair
from ikec_compliance.model.value import is_known
from ikec_compliance.reconcile.collision import Collision, ConflictClass, State
from ikec_compliance.reconcile.domain import Axis, AxisKind, Domain, interval, listed
from ikec_compliance.reconcile.norms import Source
from ikec_compliance.reconcile.quantities import Demand, Variable
from ikec_compliance.reconcile.splits import Part, split_text, splits
from ikec_compliance.reconcile.system import System
from ikec_compliance.reconcile.templates import fill, subtitle_with_schoolplan, title_with_schoolplan
from ikec_compliance.reconcile.values import chosen, shown_choice

DECIDES = ("directeur", "bestuur", "raad", "gemeente", "ministerie")
"""Who may decide, the nearest first."""

TITLE, NUMBER, SPLIT = 1, 2, 4
"""What a change of a name, of a number and of what belongs together costs."""

_TOGETHER = 3
_WORDS = {
    "ministerie": ("minister",),
    "gemeente": ("gemeente", "college"),
    "raad": ("raad", "commissie"),
    "directeur": ("directeur", "directie"),
}


def decides(who: str) -> str:
    """At which level somebody decides who is named in the words of a rule or friction; a board when nothing else."""
    text = who.lower()
    if "gezag" in text or "houder" in text or "bestuur" in text:
        return "bestuur"
    return next((level for level, words in _WORDS.items() if any(word in text for word in words)), "bestuur")


def template_values(collision: Collision, centre: Centre) -> dict[str, str]:
    """What a friction's texts can name, for this collision."""
    record = collision.subject.record
    joint = collision.demand.words() if collision.several else ""
    values = {
        "samenvoeging": collision.subject.title,
        "leden": listed(collision.subject.facilities),
        "partijen": listed(list(dict.fromkeys(item.act for item in collision.norms))),
        "waarde": shown_choice(collision.norms) if collision.several else shown_value(collision),
        "gezamenlijk": collision.joint.words() if collision.joint is not None else joint,
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
    if collision.state is not State.OPEN or collision.reason == "onvergelijkbaar":
        return ()
    if collision.conflict_class is ConflictClass.CONTRADICTORY:
        return tuple(_split_changes(collision, conflict, centre))
    friction = collision.friction
    if friction is not None and friction.repairs:
        found = _written_changes(collision, conflict, centre, friction.repairs)
        if found:
            return tuple(found)
    if collision.several:
        return tuple(_joint_changes(collision, conflict))
    return tuple(_value_changes(collision, conflict))


def _who(collision: Collision) -> str:
    if collision.friction is not None:
        return collision.friction.who
    return listed(list(dict.fromkeys(item.rule.head.repair_who for item in collision.norms)))


def _written_changes(collision: Collision, conflict: str, centre: Centre, templates: Sequence[str]) -> list[Repair]:
    """The changes a friction writes down; one that names a new title or subtitle can be carried out."""
    values, who = template_values(collision, centre), _who(collision)
    record = collision.subject.record
    found: list[Repair] = []
    for place, template in enumerate(templates):
        text = fill(template, values)
        if text is None:
            continue
        edits: tuple[Edit, ...] = ()
        for key in ("titel", "ondertitel"):
            if f"{{{key}_nieuw}}" in template and record.key == "documenten":
                edits = (Edit("set", "documenten", record.id, key, values[f"{key}_nieuw"]),)
        found.append(Repair(conflict, text, who, TITLE + place, decides(who), edits))
    return found


def _split_changes(collision: Collision, conflict: str, centre: Centre) -> list[Repair]:
    subject, who = collision.subject, _who(collision)
    found: list[Repair] = []
    for parts in splits(collision):
        text = f"deel geen {subject.title} over {listed(subject.facilities)}: {split_text(parts, collision, centre)}"
        edits: tuple[Edit, ...] = ()
        if subject.record.key == "integratie":
            shared = list(subject.record.get("deelt"))
            gone = {member.partition(":")[2] for part in parts[1:] for member in part.members}
            stay = [id_ for id_ in shared if not _leaves(id_, gone, centre)]
            if len(stay) < 2:
                text += f"; de integratie {subject.record.id} vervalt"
                edits = (Edit("remove", "integratie", subject.record.id),)
            elif len(stay) < len(shared):
                text += f"; deelt: {', '.join(shared)} → {', '.join(stay)}"
                edits = (Edit("set", "integratie", subject.record.id, "deelt", stay),)
                value, extra = _new_value(collision, parts[0])
                text += value
                edits += extra
        if edits and any(other.edits == edits for other in found):
            continue  # the same, told the other way round
        moved = sum(len(part.members) for part in parts[1:])
        found.append(Repair(conflict, text, who, SPLIT + moved, decides(who), edits))
    return found


def _leaves(id_: str, gone: Collection[str], centre: Centre) -> bool:
    """Whether what is shared goes with the voorzieningen that leave: it is one, or serves no other."""
    if id_ in gone or centre.find("voorzieningen", id_) is not None:
        return id_ in gone
    records = (centre.find(key, id_) for key in ("medewerkers", "groepen", "ruimtes", "buitenruimtes"))
    places = {place for own in records if own for place in own.get("werkt_bij") or own.get("voorzieningen") or ()}
    return bool(places) and places <= set(gone)


def _new_value(collision: Collision, part: Part) -> tuple[str, tuple[Edit, ...]]:
    """The change of the declared value that the part which stays needs."""
    if part.joint is None or not collision.subject.declared or not all(is_known(value) for value in collision.values):
        return "", ()
    value = collision.values[0][0]
    nearest = part.joint.nearest(value)
    if nearest is None or nearest == value:
        return "", ()
    axis = collision.axis
    edit = Edit("set", "integratie", collision.subject.record.id, "waarde", written(axis, nearest))
    return f"; waarde: {axis.number(value)} → {axis.number(nearest)}", (edit,)


def _value_changes(collision: Collision, conflict: str) -> list[Repair]:
    """The nearest allowed value for everything whose value is not allowed: one change that mends them all."""
    joint, axis = collision.joint, collision.axis
    if joint is None:
        return []
    texts: dict[str, None] = {}
    edits: dict[tuple[str, str, str], Edit] = {}
    levels: list[str] = []
    whole = True
    for item in collision.norms:
        variable = item.demand.variables[0]
        source = item.sources.get(variable)
        for value in item.values:
            nearest = joint.nearest(value[0] if joint.low is not None and value[0] < joint.low else value[1])
            if not joint.holds_none(value) or nearest is None:
                continue
            own = "" if collision.subject.declared or collision.subject.record.key == "documenten" else item.applied_to
            where = f" van {own}" if own else ""
            old = axis.show(value[0]) if is_known(value) else "nu"
            texts[f"{variable.quantity}{where}: {old} → {axis.show(nearest)}"] = None
            whole &= source is not None and bool(source.decided_by)
            if source is not None and source.decided_by:
                edit = Edit("set", source.key, source.id, source.path, written(axis, nearest))
                edits[source.key, source.id, source.path] = edit
                levels.append(source.decided_by)
    who = _who(collision)
    level = max(levels, key=DECIDES.index, default=decides(who)) if whole else decides(who)
    if not texts:
        return []
    every = tuple(edits.values()) if whole else ()
    return [Repair(conflict, "; ".join(texts), who, NUMBER * len(texts), level, every)]


def _joint_changes(collision: Collision, conflict: str) -> list[Repair]:
    """Values for as few of the centre's own choices as possible that satisfy everything, the others as they are."""
    now = chosen(collision.norms)
    sources: dict[Variable, Source] = {}
    for item in collision.norms:
        sources.update(item.sources)
    if any(len(values) > 1 or not is_known(values[0]) for values in now.values()):
        return []
    fixed = {variable: values[0][0] for variable, values in now.items()}
    free = [variable for variable in fixed if (source := sources.get(variable)) is not None and source.decided_by]
    demands = [item.demand for item in collision.hard]
    for size in range(1, min(len(free), _TOGETHER) + 1):
        found = [
            repair
            for some in combinations(free, size)
            if (repair := _joint_change(collision, conflict, demands, fixed, some, sources)) is not None
        ]
        if found:
            return found
    return []


def _joint_change(
    collision: Collision,
    conflict: str,
    demands: Sequence[Demand],
    fixed: Mapping[Variable, int],
    some: Sequence[Variable],
    sources: Mapping[Variable, Source],
) -> Repair | None:
    held = [Demand({v: _exactly(v.axis, value)}) for v, value in fixed.items() if v not in some]
    system = System([*demands, *held])
    every = range(len(system))
    answer = system.solve(every, fixed)
    if answer.point is None:
        return None
    point = system.values(answer, every)
    changed = [variable for variable in some if point.get(variable, fixed[variable]) != fixed[variable]]
    texts = [f"{v.title}: {v.axis.show(fixed[v])} → {v.axis.show(point[v])}" for v in changed]
    edits = tuple(
        Edit("set", sources[v].key, sources[v].id, sources[v].path, written(v.axis, point[v])) for v in changed
    )
    level = max((sources[v].decided_by for v in changed), key=DECIDES.index)
    return Repair(conflict, "; ".join(texts), _who(collision), NUMBER * len(changed), level, edits)


def _exactly(axis: Axis, value: int) -> Domain:
    if axis.kind is AxisKind.CHOICE:
        return Domain(axis, members=frozenset({value}))
    return interval(axis, value, value)


def written(axis: Axis, steps: int) -> object:
    """A value as a configuration writes it."""
    if axis.kind is AxisKind.CHOICE:
        code = axis.number(steps)
        return {"ja": True, "nee": False}.get(code, code.replace(" ", "_"))
    if axis.kind is AxisKind.DATE:
        return axis.number(steps)
    number = Decimal(steps) / axis.scale
    return int(number) if number == number.to_integral_value() else number
