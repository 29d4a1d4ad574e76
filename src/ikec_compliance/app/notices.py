"""What a reader must know besides the verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ikec_compliance.app.catalogue import Rules
from ikec_compliance.app.evaluation import Evaluation
from ikec_compliance.app.remarks import could_meet
from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.result import ConflictLine, Receipt, VerdictLine
from ikec_compliance.rules.inventory import REGIMES
from ikec_compliance.rules.sides import show_date


def notices(
    centre: Centre,
    rules: Rules,
    found: Evaluation,
    lines: Sequence[VerdictLine],
    conflicts: Sequence[ConflictLine],
    receipt: Receipt,
) -> Iterator[str]:
    """Dutch sentences in a stable order: the texts read, what was left out, and remarks that need attention."""
    last = max([receipt.on, *receipt.days])
    if any(last > read for read in receipt.laws.values()):
        yield (
            f"Op {show_date(last)} kan de wet anders luiden dan de teksten die voor deze regels zijn gelezen; "
            "wat na hun datum veranderde is niet meegewogen."
        )
    yield from _left_out(centre, rules, found)
    yield from _remarks(centre, rules, found, lines, conflicts, receipt)
    if centre.records("ontheffingen"):
        yield "Ontheffingen zijn ingevuld, maar geen regel die nu geldt gebruikt ze: zij veranderen geen oordeel."


def _left_out(centre: Centre, rules: Rules, found: Evaluation) -> Iterator[str]:
    loaded = {head.regime for head in rules.heads}
    for regime in REGIMES:
        if regime not in loaded:
            yield f"In de regelmap staan geen regels over {regime}: daarop is niet getoetst."
    rostered = {line.get("medewerker") for line in centre.records("rooster")}
    for person in centre.records("medewerkers"):
        if person.get("werkt_bij") is None and person.id not in rostered and person.get("vacature") is not True:
            yield (
                f"Medewerker {person.id} heeft geen werkt_bij en staat niet op het rooster: "
                "de regels over personen zijn voor deze medewerker niet getoetst."
            )
    for facility in centre.records("voorzieningen"):
        if facility.get("soort") == "basisschool":
            yield (
                f"{facility.get('naam') or facility.id}: van de Wet op het primair onderwijs zijn alleen de regels "
                "gelezen die voor een IKEC nodig zijn; voor een gewone basisschool ontbreken regels."
            )


def _remarks(
    centre: Centre,
    rules: Rules,
    found: Evaluation,
    lines: Sequence[VerdictLine],
    conflicts: Sequence[ConflictLine],
    receipt: Receipt,
) -> Iterator[str]:
    known = {(line.rule, line.subject) for line in lines}
    known |= {(conflict.code, conflict.subject) for conflict in conflicts}
    other_rules = {head.id for head in rules.heads} - {rule.id for rule in found.rules}

    def checked(raw: Mapping[str, Any]) -> bool:
        return could_meet(raw["regel"], raw["onderwerp"], receipt.days, other_rules)

    for conflict in conflicts:
        if conflict.accepted is not None:
            accepted = conflict.accepted
            yield (
                f"De botsing {conflict.id} is geaccepteerd door {accepted.by} tot en met {show_date(accepted.until)}: "
                f"{accepted.reason}"
            )
    for raw in filter(checked, centre.data.get("oordelen", ())):
        key = (raw["regel"], raw["onderwerp"])
        if raw["op"] > receipt.on:
            yield f"Het oordeel over {key[0]} bij {key[1]} is van na de peildatum en telt nog niet."
        if key not in known:
            yield f"Het oordeel over {key[0]} bij {key[1]} hoort bij geen enkele toets: controleer regel en onderwerp."
