"""CLIPS through clipspy: a rule for each verdict of each rule, facts asserted afresh for every run."""

from __future__ import annotations

from collections.abc import Callable

import clips
from conditions import Answers, Condition, Notation, Plain, ends_in, every, opposite

VERSION_OF = "clipspy"

_NOTATION = Notation(
    lambda kind, texts: f"({kind} {' '.join(texts)})" if texts else ("TRUE" if kind == "and" else "FALSE"),
    lambda text: f"(not {text})",
    lambda kind, end, number: f"({'<=' if kind == 'le' else '>='} ?e{end} {number})",
)


def build(work: Plain) -> tuple[Callable[[], object], Callable[[object], Answers]]:
    found: list[tuple[int, int, int]] = []
    environment = clips.Environment()
    environment.define_function(lambda *answer: found.append(answer), name="answer")
    templates = {}
    for type, rows in work.rows.items():
        slots = " ".join(f"(slot e{end} (type INTEGER))" for end in range(len(rows[0])))
        environment.build(f"(deftemplate {type} (slot n (type INTEGER)) {slots})")
        templates[type] = environment.find_template(type)
    for number, rule in enumerate(work.rules):
        before: list[Condition] = []
        for step, (condition, code) in enumerate(rule.chain):
            # Rules fire on their own in CLIPS: each excludes what the steps before it decide.
            whole = every(*map(opposite, before), *([condition] if condition is not None else []))
            slots = " ".join(f"(e{end} ?e{end})" for end in sorted(ends_in(whole)))
            environment.build(
                f"(defrule r{number}-{step} ({rule.type} (n ?n) {slots}) (test {_NOTATION.write(whole)})"
                f" => (answer {number} ?n {code}))"
            )
            if condition is not None:
                before.append(condition)
    facts = [
        (templates[type], {"n": number, **{f"e{end}": value for end, value in enumerate(row)}})
        for type, rows in work.rows.items()
        for number, row in enumerate(rows)
    ]

    def run() -> object:
        environment.reset()
        found.clear()
        for template, slots in facts:
            template.assert_fact(**slots)
        environment.run()
        return list(found)

    def read(result: object) -> Answers:
        answers: Answers = [[-1] * len(work.rows.get(rule.type, ())) for rule in work.rules]
        for rule, row, code in result:  # type: ignore[attr-defined]
            answers[rule][row] = code
        return answers

    return run, read
