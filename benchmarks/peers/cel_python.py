"""CEL by cel-python, which is written in Python."""

from __future__ import annotations

from collections.abc import Callable

import celpy
from celpy import celtypes
from conditions import Answers, Plain

from peers.cel_expressions import units

VERSION_OF = "cel-python"


def build(work: Plain) -> tuple[Callable[[], object], Callable[[object], Answers]]:
    environment = celpy.Environment()
    programs = [
        (type, numbers, environment.program(environment.compile(text))) for type, numbers, text in units(work, 20)
    ]
    # Facts in the types that CEL works with: what it would otherwise do at every run.
    facts = {
        type: [{"v": celtypes.ListType([celtypes.IntType(value) for value in row])} for row in rows]
        for type, rows in work.rows.items()
    }

    def run() -> object:
        return [
            (numbers, [program.evaluate(fact) for fact in facts[type]])  # type: ignore[arg-type]
            for type, numbers, program in programs
        ]

    def read(found: object) -> Answers:
        answers: Answers = [[] for _ in work.rules]
        for numbers, rows in found:  # type: ignore[attr-defined]
            for place, number in enumerate(numbers):
                answers[number] = [int(row[place]) for row in rows]
        return answers

    return run, read
