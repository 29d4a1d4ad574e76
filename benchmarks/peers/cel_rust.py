"""CEL by common-expression-language, a binding to an interpreter in Rust."""

from __future__ import annotations

from collections.abc import Callable

import cel
from conditions import Answers, Plain

from peers.cel_expressions import units

VERSION_OF = "common-expression-language"


def build(work: Plain) -> tuple[Callable[[], object], Callable[[object], Answers]]:
    programs = [(type, numbers, cel.compile(text)) for type, numbers, text in units(work, 1000)]
    facts = {type: [{"v": list(row)} for row in rows] for type, rows in work.rows.items()}

    def run() -> object:
        return [(numbers, [program.execute(fact) for fact in facts[type]]) for type, numbers, program in programs]

    def read(found: object) -> Answers:
        answers: Answers = [[] for _ in work.rules]
        for numbers, rows in found:  # type: ignore[attr-defined]
            for place, number in enumerate(numbers):
                answers[number] = [row[place] for row in rows]
        return answers

    return run, read
