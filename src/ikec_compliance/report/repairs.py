"""What can be mended, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ikec_compliance.model.plan import Applied, RepairPlan
from ikec_compliance.model.repair import Edit, Repair
from ikec_compliance.report.json_report import dumps, receipt_data, repair_data
from ikec_compliance.report.layout import Page
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import LEVELS

SCHEMA = "ikec-herstel/v1"


def plan_text(plan: RepairPlan, wording: Wording, colour: bool = False) -> str:
    """The cheapest set first, then each finding with its own options, then what only people can do."""
    page = Page(colour)
    page.title(wording.say("repair_title", name=plan.receipt.centre_name))
    if plan.applied is not None:
        _write_applied(page, plan.applied, wording)
    page.heading(wording.say("repair_best"))
    if plan.sets:
        _write_set(page, plan.sets[0], wording)
    else:
        page.write(wording.say("repair_nothing"))
    page.heading(wording.say("repair_options"))
    for target in (target for target in plan.targets if target.repairs):
        page.write(f"{target.title} ({target.id})", style=("bold",))
        for item in target.repairs:
            mark = wording.say("repair_by_program" if item.applicable else "repair_by_people")
            page.write(f"{item.change} ({_who(item, wording)}; {mark})", 2, "• ")
    others = [target for target in plan.targets if not target.repairs]
    if others:
        page.heading(wording.say("repair_none"))
        page.write(wording.say("repair_none_why"))
        for target in others:
            page.write(f"{target.title} ({target.id})", 0, "• ")
    return page.text()


def _who(item: Repair, wording: Wording) -> str:
    level = wording.words.of(LEVELS, item.decides)
    return wording.say("repair_decides", who=level, text=item.who) if item.who else level


def _write_set(page: Page, chosen: Sequence[Repair], wording: Wording) -> None:
    by_change: dict[str, list[Repair]] = {}
    for item in chosen:
        by_change.setdefault(item.change, []).append(item)
    for number, (change, items) in enumerate(by_change.items(), start=1):
        page.write(f"{change} ({_who(items[0], wording)})", 0, f"{number}.".ljust(4))
        page.write(wording.say("repair_mends", items=wording.words.listing([item.conflict for item in items])), 4)


def _write_applied(page: Page, applied: Applied, wording: Wording) -> None:
    page.write(wording.say("repair_written", path=applied.path))
    for key, items in (("repair_gone", applied.gone), ("repair_unsure", applied.undecided),
                       ("repair_left", applied.left), ("repair_new", applied.new)):  # fmt: skip
        if items:
            page.write(wording.say(key, count=len(items), items=", ".join(items)), 0, "• ")
    for item in applied.dropped:
        page.write(wording.say("repair_dropped", change=item.change), 0, "• ")


def plan_json(plan: RepairPlan) -> str:
    """The same as JSON, schema ``ikec-herstel/v1``."""
    applied = plan.applied
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "receipt": receipt_data(plan.receipt),
        "targets": [
            {"id": target.id, "title": target.title, "repairs": [_repair(item) for item in target.repairs]}
            for target in plan.targets
        ],
        "sets": [
            {"cost": sum({item.change: item.cost for item in chosen}.values()), "repairs": [_repair(i) for i in chosen]}
            for chosen in plan.sets
        ],
        "applied": applied and {
            "path": applied.path, "written": [_repair(item) for item in applied.written], "gone": list(applied.gone),
            "undecided": list(applied.undecided), "left": list(applied.left), "new": list(applied.new),
            "dropped": [_repair(item) for item in applied.dropped],
        },
    }  # fmt: skip
    return dumps(data)


def _repair(item: Repair) -> dict[str, Any]:
    return {**repair_data(item), "edits": [_edit(edit) for edit in item.edits]}


def _edit(edit: Edit) -> dict[str, Any]:
    value = (
        edit.value if isinstance(edit.value, str | int | bool | list | dict) or edit.value is None else str(edit.value)
    )
    return {"action": edit.action, "list": edit.key, "id": edit.id, "path": edit.path, "value": value}
