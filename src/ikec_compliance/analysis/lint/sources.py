"""Sources that cannot be looked up, and rules whose source and the text that was read have drifted apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ikec_compliance.analysis.lint.kinds import finding
from ikec_compliance.model.lint import LintFinding
from ikec_compliance.model.place import Location
from ikec_compliance.model.rule import Evidence, Source, Status
from ikec_compliance.rules.laws import Laws
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion


def sources(rules: RuleSet) -> Iterator[LintFinding]:
    """What is wrong with the sources of rules, exceptions and parameters."""
    seen: set[Location] = set()
    for version in rules.versions:
        if version.head.status is Status.WITHDRAWN:
            continue
        for cited, place in _cited(version, rules.laws):
            for source in cited:
                yield from _placeless(source, version.head.id, place)
                yield from _newer(source, version, place, rules.laws)
        yield from _older(version, rules.laws)
        for values in version.parameters.values.values():
            for value in values:
                if value.place not in seen:
                    seen.add(value.place)
                    for source in value.source:
                        yield from _placeless(source, "", value.place)


def _cited(version: RuleVersion, laws: Laws) -> Iterator[tuple[Sequence[Source], Location]]:
    yield version.head.source, version.checked.place("rules", version.index, "source")
    for number, raw in enumerate(version.raw.get("exceptions", ())):
        place = version.checked.place("rules", version.index, "exceptions", number, "source")
        yield [laws.source(item, place) for item in raw["source"]], place


def _placeless(source: Source, rule: str, place: Location) -> Iterator[LintFinding]:
    """A law of the registry has an address of its own; anything else needs a link, or a note on where it was found."""
    if not source.url and not source.note:
        yield finding(
            "bron-ontbreekt",
            f"{rule + ': ' if rule else ''}de bron {source} heeft geen vindplaats",
            place,
            "Geef een url, of een note die zegt waar de tekst staat.",
            rule,
        )


def _newer(source: Source, version: RuleVersion, place: Location, laws: Laws) -> Iterator[LintFinding]:
    law = laws.by_code[source.law]
    if source.state > law.read_until:
        yield finding(
            "bron-nieuwer",
            f"{version.head.id}: de bron {source} is gelezen in de toestand van {source.state}, "
            f"maar wetten.yaml zegt dat {source.law} tot {law.read_until} is gelezen",
            place,
            f"Zet read_until van {source.law} in wetten.yaml op {source.state}, of verbeter state.",
            version.head.id,
        )


def _older(version: RuleVersion, laws: Laws) -> Iterator[LintFinding]:
    """Of a rule that is said to be read, the newest text of each law that was read must be the one it cites."""
    head = version.head
    if head.evidence is not Evidence.READ or head.valid.last is not None or head.status is not Status.PUBLISHED:
        return
    newest: dict[str, Source] = {}
    for source in head.source:
        if source.law not in newest or newest[source.law].state < source.state:
            newest[source.law] = source
    for source in newest.values():
        law = laws.by_code[source.law]
        if source.state < law.read_until:
            yield finding(
                "bron-nieuwer",
                f"{head.id}: de bron {source} is gelezen in de toestand van {source.state}; "
                f"van {source.law} is intussen de tekst van {law.read_until} gelezen",
                version.checked.place("rules", version.index, "source"),
                "Vergelijk het artikel met de nieuwe tekst en zet state op die datum, of noem het bewijs oudere_tekst.",
                head.id,
            )
