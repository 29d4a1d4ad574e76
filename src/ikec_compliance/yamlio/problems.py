"""What a document does wrong against its schema: collected first, put into words when shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.record import dataclass
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar
from ikec_compliance.yamlio.scalars import BOOL, NULL, TEXT, kind_of
from ikec_compliance.yamlio.suggest import did_you_mean

MAX_PROBLEMS = 500
"""Nobody reads more; keeps a file that is wrong everywhere from costing seconds."""

FORM, VALUE, KEY, OTHER = "form", "value", "key", "other"
"""Kinds of problem: another type, none of the values allowed, a key missing or unknown, anything else."""

Wording = Callable[[tuple[str, ...]], str]
"""Gives the message for a set of choices, so that the branches of a union can pool theirs."""


class InputErrors(InputError):
    """Several errors in one input: reads as the first, ``errors`` holds all in the order of the files."""

    def __init__(self, errors: Iterable[InputError]) -> None:
        self.errors = tuple(errors)
        first = self.errors[0]
        super().__init__(first.message, first.location)


@dataclass(slots=True)
class Problem:
    """One problem at ``node``; ``owner`` is the mapping whose keys are wrong, for kind ``KEY``."""

    node: Node
    kind: str
    wording: Wording
    choices: tuple[str, ...] = ()
    owner: Node | None = None


class Problems:
    """The problems of one walk, or of one branch of a union in it."""

    __slots__ = ("items", "memo", "secret")

    def __init__(self, parent: Problems | None = None) -> None:
        self.items: list[Problem] = []
        # What a union made of a node, so that nested unions stay linear. Shared by all branches.
        self.memo: dict[tuple[int, int], Any] = parent.memo if parent else {}
        # Above zero inside parts whose values no message may quote.
        self.secret: int = parent.secret if parent else 0

    def add(
        self,
        node: Node,
        wording: Wording,
        kind: str = OTHER,
        choices: tuple[str, ...] = (),
        owner: Node | None = None,
    ) -> None:
        """Note a problem; ``wording`` is only called when it is shown."""
        if len(self.items) < MAX_PROBLEMS:
            self.items.append(Problem(node, kind, wording, choices, owner))

    def errors(self) -> list[InputError]:
        """The problems in the order of the files, without repeats."""
        found: dict[tuple[Any, str], InputError] = {}
        for problem in self.items:
            message = problem.wording(problem.choices)
            found.setdefault((problem.node.place, message), InputError(message, problem.node.place))
        return [found[key] for key in sorted(found, key=lambda key: key[0])]


def label(name: str) -> str:
    """The head of a message: the key it is about."""
    return f"‘{clip(name)}’: " if name else ""


def clip(text: str) -> str:
    """``text`` on one line and short enough for a message."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def shown(node: Node, secret: bool = False) -> str:
    """What was found at ``node``, in Dutch; without its value when that is ``secret``."""
    if isinstance(node, Mapping):
        return "een blok met sleutels" if node.index else "een leeg blok"
    if not isinstance(node, Scalar):
        return "een lijst"
    kind = kind_of(node)
    if kind == NULL:
        return "niets"
    word = "tekst" if kind == TEXT else "de waarde" if kind == BOOL else "het getal"
    return "een andere waarde" if secret else f"{word} ‘{clip(node.value)}’"


def enumeration(words: Iterable[str], joint: str = "of") -> str:
    """``a, b of c``."""
    items = list(dict.fromkeys(words))
    return f" {joint} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def choice_words(name: str, node: Node, choices: tuple[str, ...], secret: bool) -> str:
    """The message for a value that is none of ``choices``."""
    wanted = "verwacht " + enumeration(f"‘{clip(choice)}’" for choice in choices)
    if not isinstance(node, Scalar) or secret:
        return f"{label(name)}{wanted}, gevonden {shown(node, secret)}"
    hint = did_you_mean(node.value, choices)
    if len(choices) > 8 and hint:
        return f"{label(name)}onbekende waarde ‘{clip(node.value)}’{hint}"
    if node.value in choices:
        # The right letters as the wrong type: "true" in quotes, or 1 where the text is meant.
        hint = "; laat de aanhalingstekens weg" if node.quoted else "; zet de waarde tussen aanhalingstekens"
    return f"{label(name)}{wanted}, gevonden {shown(node)}{hint}"


def unknown_key_words(key: Scalar, choices: tuple[str, ...]) -> str:
    """The message for a key that is none of ``choices``."""
    hint = did_you_mean(key.value, choices)
    if not hint and ":" in key.value and not key.quoted:
        hint = "; zet een spatie na ‘:’"
    if not hint and 0 < len(choices) <= 8:
        hint = "; toegestaan: " + ", ".join(choices)
    return f"onbekende sleutel ‘{clip(key.value)}’{hint}"
