"""Rego by regopy (the interpreter of Microsoft in C++): one module, all facts as its input, one query a run."""

from __future__ import annotations

import json
from collections.abc import Callable

from conditions import Answers, Condition, Plain
from regopy import Interpreter

VERSION_OF = "regopy"


class _Module:
    """Rego has no *or* within a rule: each becomes a function with several bodies."""

    def __init__(self) -> None:
        self.lines = ["package bench", "import rego.v1"]
        self._known: dict[Condition, str] = {}

    def holds(self, item: Condition) -> str:
        """A condition on ``f`` as a statement."""
        if item[0] in ("le", "ge"):
            return f"f[{item[1]}] {'<=' if item[0] == 'le' else '>='} {item[2]}"
        if item[0] == "not":
            return f"not {self.name(item[1])}(f)"
        if item[0] == "and":
            return "; ".join(map(self.holds, item[1])) or "true"
        return f"{self.name(item)}(f)"

    def name(self, item: Condition) -> str:
        """A function for a condition."""
        if item not in self._known:
            name = f"c{len(self._known)}"
            self._known[item] = name
            bodies = [self.holds(part) for part in item[1]] if item[0] == "or" else [self.holds(item)]
            self.lines += [f"{name}(f) if {{ {body} }}" for body in bodies or ["false"]]
        return self._known[item]


def build(work: Plain) -> tuple[Callable[[], object], Callable[[object], Answers]]:
    module, asked = _Module(), []
    for number, rule in enumerate(work.rules):
        if rule.type not in work.rows:
            continue
        *steps, (_, last) = rule.chain
        parts = [f"{code} if {{ {module.holds(item)} }}" for item, code in steps if item is not None]
        module.lines.append(f"r{number}(f) := {' else := '.join([*parts, str(last)])}")
        asked.append(f'"{number}": [r{number}(f) | some f in input.{rule.type}]')
    module.lines.append("answers := {" + ", ".join(asked) + "}")
    interpreter = Interpreter()
    interpreter.add_module("bench", "\n".join(module.lines))
    facts = {type: [list(row) for row in rows] for type, rows in work.rows.items()}

    def run() -> object:
        interpreter.set_input(facts)
        return interpreter.query("x = data.bench.answers")

    def read(found: object) -> Answers:
        bindings = json.loads(str(found))["bindings"]["x"]
        return [bindings.get(str(number), []) for number in range(len(work.rules))]

    return run, read
