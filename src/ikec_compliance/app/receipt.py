"""Repeats the check that a receipt describes, and says what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ikec_compliance.app.check import TODAY, check
from ikec_compliance.app.program import program_sha256
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.receipt import Difference
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.resources import rules_dir
from ikec_compliance.model.result import Receipt
from ikec_compliance.rules.files import CheckedFile, published
from ikec_compliance.yamlio.digest import digest_bytes
from ikec_compliance.yamlio.reader import parse, read_bytes

NOTHING = "–"
"""What a value is shown as that one of the two does not have."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """A receipt and the receipt of the same check today. ``differences`` is empty when they are equal."""

    file: str
    then: Mapping[str, Any]
    now: Receipt
    differences: tuple[Difference, ...]

    @property
    def same_results(self) -> bool:
        """Whether every verdict and conflict is what it was, whatever else changed."""
        return bool(self.then["results"]["sha256"] == self.now.results.sha256)


def repeat(
    path: Path, centre: Path | None = None, rules: Path | None = None, extra_rules: Path | None = None
) -> Repetition:
    """Check again what the receipt in ``path`` describes.

    ``centre``, ``rules`` and ``extra_rules`` say where these stand now, when that is elsewhere. ``InputError`` for a
    file that is no receipt or is too old to repeat, and for whatever is wrong with what it names.
    """
    then = _read(path)
    options = then["options"]

    def place(own: Path | None, name: str) -> Path | None:
        return own if own is not None or name not in options else Path(options[name])

    rules = place(rules, "rules")
    if rules is None and then["rules_packaged"]:
        rules = rules_dir()
    period = options.get("period")
    request = CheckRequest(
        centre=place(centre, "centre"),
        on=options.get("on"),
        period=(period["from"], period["to"]) if period else None,
        regimes=tuple(options.get("regimes", ())),
        rules=rules,
        extra_rules=place(extra_rules, "extra_rules"),
        verify=then["verified"],
        today=then["on"] if then["on_source"] == TODAY else None,
    )
    now = check(request).receipt
    return Repetition(str(path), then, now, tuple(_differences(then, now)))


def _read(path: Path) -> Mapping[str, Any]:
    data = read_bytes(path)
    checked = published("receipt").walk(parse(data, str(path)))
    file = CheckedFile(checked.data, checked.places, digest_bytes(data), str(path))
    for key in ("options", "results"):
        if key not in file.data:
            raise InputError(
                f"dit ontvangstbewijs is van een oudere versie en mist '{key}': het kan niet worden herhaald; maak het "
                "opnieuw met 'ikec check --receipt BESTAND'",
                file.place(),
            )
    found: Mapping[str, Any] = file.data
    return found


def _differences(then: Mapping[str, Any], now: Receipt) -> Iterator[Difference]:
    """What differs, causes before effects."""
    laws = sorted({*then["laws"], *now.laws})
    results = then["results"]
    rows: list[tuple[str, object, object]] = [
        ("versie van het programma", then["version"], now.version),
        ("programma", then.get("program_sha256", program_sha256()), program_sha256()),
        ("regelmachine", then["engine"], now.engine),
        ("regels", then["rules_sha256"], now.rules_sha256),
        ("configuratie", then["centre_sha256"], now.centre_sha256),
        ("centrum", then["centre"], now.centre),
        ("peildatum", then["on"], now.on),
        ("dagen van het rooster", tuple(then["days"]), now.days),
        ("regimes", tuple(then["regimes"]), now.regimes),
        *((f"gelezen tekst van {law}", then["laws"].get(law), now.laws.get(law)) for law in laws),
        *_counts("uitkomst", results["verdicts"], now.results.verdicts),
        *_counts("botsing", results["conflicts"], now.results.conflicts),
        ("uitkomsten samen", results["sha256"], now.results.sha256),
    ]
    for what, one, other in rows:
        if one != other:
            yield Difference(what, _shown(one), _shown(other))


def _counts(what: str, then: Mapping[str, int], now: Mapping[str, int]) -> Iterator[tuple[str, object, object]]:
    for code in dict.fromkeys((*now, *then)):
        yield f"{what} {code.replace('_', ' ')}", then.get(code, 0), now.get(code, 0)


def _shown(value: object) -> str:
    if value is None or value == ():
        return NOTHING
    if isinstance(value, tuple):
        if len(value) > 2 and all(isinstance(item, date) for item in value):
            return f"{value[0]} tot en met {value[-1]} ({len(value)} dagen)"
        return ", ".join(map(str, value))
    return str(value)
