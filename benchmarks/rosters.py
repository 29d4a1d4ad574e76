"""A made-up centre with a whole year of rosters, for measuring: every quarter of an hour something changes.

``python benchmarks/rosters.py FOLDER`` writes it. Nothing in it is drawn at random: the same sizes give the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

QUARTER = 15
OPEN, CLOSE = 7 * 60 + 30, 18 * 60
AFTER_SCHOOL = 14 * 60 + 15
PATTERNS = (("ma", "di", "do"), ("wo", "vr"))
WEEKDAYS = ("ma", "di", "wo", "do", "vr")


@dataclass(frozen=True)
class Size:
    """How big the centre is: three in ten groepen are a basisgroep, the others a stamgroep."""

    groups: int = 40
    first: date = date(2026, 1, 1)
    last: date = date(2026, 12, 31)
    exceptions_a_week: int = 3

    @property
    def stamgroepen(self) -> int:
        return self.groups - self.groups * 3 // 10

    def mondays(self) -> list[date]:
        start = self.first - timedelta(days=self.first.weekday())
        return [start + timedelta(days=7 * n) for n in range((self.last - start).days // 7 + 1)]


def late_start(number: int) -> int:
    """When somebody comes on a day with a dated line: late enough to use up the three hours now and then."""
    return OPEN + 270 + QUARTER * number


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def centre(size: Size) -> str:
    """The configuration as one YAML file."""
    return "\n".join(_lines(size)) + "\n"


def _lines(size: Size) -> Iterator[str]:
    yield "schema: ikec-centrum/v1"
    yield "centrum: {id: jaarrooster, naam: Centrum met een jaar rooster, peildatum: 2026-06-01}"
    yield "organisaties: [{id: houder, soort: houder_kinderopvang}]"
    hours = f"{{dagen: [{', '.join(WEEKDAYS)}], van: {clock(OPEN)}, tot: {clock(CLOSE)}}}"
    yield "voorzieningen:"
    for kind in ("dagopvang", "bso"):
        yield f"  - {{id: {kind}, soort: {kind}, organisatie: houder, openingstijden: {hours}, kindplaatsen: 500}}"
    yield "groepen:"
    for group in range(size.groups):
        young = group < size.stamgroepen
        kind, facility = ("stamgroep", "dagopvang") if young else ("basisgroep", "bso")
        offer = "ja, gesubsidieerd: ja" if young and group % 7 == 6 else "nee"
        faces = f", vaste_gezichten: [[p{3 * group}, p{3 * group + 1}]]" if young else ""
        yield f"  - {{id: g{group}, soort: {kind}, voorzieningen: [{facility}], ve: {{aanbod: {offer}}}{faces}}}"
    yield "ruimtes:"
    for group in range(size.groups):
        facility = "dagopvang" if group < size.stamgroepen else "bso"
        yield (
            f"  - {{id: r{group}, soort: groepsruimte, voorzieningen: [{facility}], m2: 60, ingericht_voor_spelen: ja}}"
        )
    yield "buitenruimtes:"
    for facility in ("dagopvang", "bso"):
        yield f"  - {{id: b-{facility}, voorzieningen: [{facility}], m2: 2000}}"
    yield "medewerkers:"
    for number in range(size.groups * 3):
        yield _person(number, size)
    yield "documenten:"
    for kind in ("dagopvang", "bso"):
        yield (
            f"  - {{id: plan-{kind}, soorten: [pedagogisch_beleidsplan], voorzieningen: [{kind}], "
            "vastgesteld_op: 2025-06-17, onderdelen: [kaders_afwijking]}"
        )
    yield from _calendar()
    yield "rooster:"
    yield from _roster(size)
    yield (
        "volledig: {medewerkers: ja, diplomas: ja, documenten: ja, onderdelen: ja, registraties: ja, ruimtes: ja, "
        f"buitenruimtes: ja, rooster: [{size.first}/{size.last}]}}"
    )


def _person(number: int, size: Size) -> str:
    diploma = "[dagopvang, bso, ve]" if number // 3 < size.stamgroepen else "[bso]"
    # One in six certificates runs out within the year, on a day of its own.
    until = date(2026, 1, 15) + timedelta(days=3 * number) if number % 6 == 0 else date(2027, 6, 1)
    return (
        f"  - {{id: p{number}, functie: pedagogisch_medewerker, organisatie: houder, meerderjarig: ja, "
        "in_dienst_op: 2024-01-08, contract: {soort: arbeidsovereenkomst, bezoldigd: ja}, "
        f"diplomas: [{{kwalificeert: {diploma}}}], vog: {{afgegeven_op: 2023-12-20}}, "
        "registraties: {personenregister: {ingeschreven_op: 2024-01-02, gekoppeld_op: 2024-01-03}}, "
        f"ehbo: {{kinderen: ja, geldig_tot: {until}}}}}"
    )


def _calendar() -> Iterator[str]:
    yield "kalender:"
    yield (
        "  schoolweken: [2025-08-18/2025-12-19, 2026-01-05/2026-02-20, 2026-03-02/2026-04-24, 2026-05-11/2026-07-03, "
        "2026-08-17/2026-10-09, 2026-10-19/2026-12-18]"
    )
    yield (
        "  vakanties: [2025-12-20/2026-01-04, 2026-02-21/2026-03-01, 2026-04-25/2026-05-10, 2026-07-04/2026-08-16, "
        "2026-10-10/2026-10-18, 2026-12-19/2027-01-03]"
    )
    yield "  studiedagen: [2026-03-20/2026-03-20, 2026-06-01/2026-06-01, 2026-09-25/2026-09-25]"
    yield "  sluitingsdagen: [2026-01-01/2026-01-01, 2026-12-25/2026-12-25]"


def counts(group: int, pattern: int, minute: int, young: bool) -> dict[int, int]:
    """Children per age in a quarter of an hour: more towards noon, and never the same as a quarter before."""
    step = (minute - OPEN) // QUARTER
    middle = (CLOSE - OPEN) // QUARTER // 2
    full = max(0, 10 - abs(step - middle) // 3)
    if young:
        return {0: (group + step) % 2, 1: 1 + step % 2, 2: full // 2 + pattern, 3: full // 2 + (step + 1) % 2}
    return {4: 1 + full // 2, 5: 1 + step % 2, 7: 2 + full // 2, 9: 1 + (step // 2 + pattern) % 2}


def _roster(size: Size) -> Iterator[str]:
    for group in range(size.groups):
        young = group < size.stamgroepen
        for pattern, days in enumerate(PATTERNS):
            when = f"dag: [{', '.join(days)}]"
            if young:
                yield from _children(group, pattern, when, "", OPEN)
            else:
                yield from _children(group, pattern, when, "kalender: school, ", AFTER_SCHOOL)
                yield from _children(group, pattern, when, "kalender: vakantie, ", OPEN, "v")
        yield from _staff(group, f"dag: [{', '.join(WEEKDAYS)}]", f"s{group}")
    for week, monday in enumerate(size.mondays()):
        for number in range(size.exceptions_a_week):
            day = monday + timedelta(days=(week + 2 * number) % 5)
            group = (week * 7 + number * 11) % size.groups
            # The second beroepskracht comes some hours later that day.
            person = 3 * group + 1
            if size.first <= day <= size.last:
                late = clock(late_start(number))
                yield (
                    f"  - {{id: u{week}-{number}, groep: g{group}, datum: {day}, van: {late}, "
                    f"tot: {clock(CLOSE)}, rol: beroepskracht, medewerker: p{person}}}"
                )


def _children(group: int, pattern: int, when: str, calendar: str, start: int, mark: str = "") -> Iterator[str]:
    young = mark == "" and start == OPEN
    for minute in range(start, CLOSE, QUARTER):
        ages = ", ".join(f"{age}: {number}" for age, number in counts(group, pattern, minute, young).items())
        yield (
            f"  - {{id: k{group}-{pattern}{mark}-{minute}, groep: g{group}, {when}, {calendar}"
            f"van: {clock(minute)}, tot: {clock(minute + QUARTER)}, aantallen: {{{ages}}}}}"
        )


def _staff(group: int, when: str, mark: str) -> Iterator[str]:
    """Three beroepskrachten a groep, each with a break of half an hour."""
    for number, (start, rest, end) in enumerate(((OPEN, 720, 1020), (OPEN + 30, 750, CLOSE), (OPEN + 75, 780, CLOSE))):
        for part, (first, last) in enumerate(((start, rest), (rest + 30, end))):
            yield (
                f"  - {{id: {mark}-{number}-{part}, groep: g{group}, {when}, van: {clock(first)}, tot: {clock(last)}, "
                f"rol: beroepskracht, medewerker: p{3 * group + number}}}"
            )


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "centrum.yaml").write_text(centre(Size()), encoding="utf-8")


if __name__ == "__main__":
    main()
