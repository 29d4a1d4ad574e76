"""Keeps personal data of children out of a configuration: no BSN, no name, no address."""

from __future__ import annotations

import re

from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar, Sequence

# Nine digits in a row, or grouped as people write them. Eight digits are as often a date, so they pass.
_NINE = re.compile(r"(?<!\d)(\d{9}|\d{3}[ .]\d{3}[ .]\d{3}|\d{4}[ .]\d{2}[ .]\d{3})(?!\d)")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
# Typed identifiers have a register of their own and are not free text.
_TYPED = frozenset({"lrk_nummer", "brin", "agb", "kvk", "nummer"})
_CHILD_KEYS = frozenset({
    "naam", "voornaam", "voornamen", "achternaam", "roepnaam", "tussenvoegsel", "adres", "straat", "huisnummer",
    "postcode", "woonplaats", "bsn", "burgerservicenummer", "telefoon", "email", "geboortedatum",
})  # fmt: skip


def is_bsn(digits: str) -> bool:
    """The eleven-test of a burgerservicenummer over nine digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    return digits != "000000000" and total % 11 == 0


def refuse_personal_data(root: Mapping) -> None:
    """``InputError`` at the first value that may be a BSN, or a child's name or address."""
    children = root.get("kinderen")
    if isinstance(children, Sequence):
        for child in children.items:
            if isinstance(child, Mapping):
                for key, _ in child.entries:
                    if key.value.lower() in _CHILD_KEYS:
                        raise InputError(
                            f"gegevens die een kind aanwijzen horen hier niet: verwijder '{key.value}' "
                            "en gebruik een pseudoniem en geboortemaand",
                            key.place,
                        )
    _scan(root, "")


def _scan(node: Node, key: str) -> None:
    if isinstance(node, Scalar):
        if key not in _TYPED and len(node.value) >= 9:
            for match in _NINE.finditer(node.value):
                if is_bsn(re.sub(r"\D", "", match[1])):
                    raise InputError(
                        "deze waarde kan een burgerservicenummer zijn; verwijder haar uit de configuratie", node.place
                    )
    elif isinstance(node, Mapping):
        for name, value in node.entries:
            _scan(name, "")
            _scan(value, name.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            _scan(item, key)
