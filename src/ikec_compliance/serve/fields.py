"""What of a centre can be changed on a page: names and numbers, each with its place in the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ikec_compliance.centre import Centre
from ikec_compliance.centre.centre import Record
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.repair import Edit
from ikec_compliance.report.picture.canvas import clock

TEXT, COUNT, DECIMAL, TIME = "text", "count", "decimal", "time"
LONGEST_TEXT = 300
MOST = 999
_DAYS = {"ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag", "za": "zaterdag",
         "zo": "zondag"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One value. ``name`` is its name in a form, ``value`` what it is now as a form writes it."""

    name: str
    label: str
    kind: str
    value: str
    key: str
    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one thing."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Fields that are sent together."""

    id: str
    title: str
    lead: str
    rows: tuple[Row, ...]


def forms(centre: Centre) -> tuple[Form, ...]:
    """The forms of a centre, without those that would be empty."""
    every = (
        Form("namen", "Namen van plannen en andere documenten",
             "Een wet noemt sommige documenten bij naam. Staat die naam in de titel of ondertitel, dan is duidelijk "
             "welk document u bedoelt.", tuple(_documents(centre))),
        Form("groepen", "Groepen: naam en geplaatste kinderen", "Geplaatste kinderen per leeftijd in jaren.",
             tuple(_groups(centre))),
        Form("aanwezig", "Aanwezige kinderen per dagdeel", "Kinderen die er dan zijn, per leeftijd in jaren.",
             tuple(_children(centre))),
        Form("ruimtes", "Ruimtes: oppervlakte", "Speeloppervlakte in vierkante meter.", tuple(_rooms(centre))),
        Form("keuzes", "Wat u samen doet", "Het getal dat u samen hebt gekozen, bijvoorbeeld een termijn in jaren.",
             tuple(_choices(centre))),
    )  # fmt: skip
    return tuple(form for form in every if form.rows)


def roster_form(centre: Centre, groups: Sequence[str]) -> Form:
    """The working times of the people in some groups."""
    rows = tuple(
        Row(_line_title(record, centre), tuple(_times(record)))
        for record in centre.records("rooster")
        if record.get("groep") in groups and record.get("medewerker")
    )
    return Form("werktijden", "Wie werkt wanneer", "Begin- en eindtijd per regel van het rooster.", rows)


def edits(form: Form, posted: Mapping[str, str]) -> list[tuple[Edit, str]]:
    """What a sent form changes, each with a sentence that says so; ``InputError`` for a value that is none."""
    found = []
    for row in form.rows:
        for field in row.fields:
            written = posted.get(field.name)
            if written is None or written.strip() == field.value:
                continue
            name = f"{row.title}, {field.label}"
            value = _value(field, written.strip(), name)
            shown = f"{name}: {field.value or 'niets'} → {written.strip() or 'niets'}"
            found.append((Edit("set", field.key, field.id, field.path, value), shown))
    return found


def check_text(written: str, name: str) -> str:
    """A text of one line; ``InputError`` otherwise."""
    if len(written) > LONGEST_TEXT:
        raise InputError(f"{name}: deze tekst heeft {len(written)} tekens; hoogstens {LONGEST_TEXT}")
    if not written.isprintable():
        raise InputError(f"{name}: deze tekst bevat een onzichtbaar stuurteken; typ hem opnieuw")
    return written


def check_time(written: str, name: str) -> str:
    """A time as 07:30; ``InputError`` otherwise."""
    hours, colon, minutes = written.partition(":")
    if not (colon and len(hours) == len(minutes) == 2 and (hours + minutes).isdecimal() and hours < "24"
            and minutes < "60"):  # fmt: skip
        raise InputError(f"{name}: ‘{written[:40]}’ is geen tijd; schrijf bijvoorbeeld 07:30")
    return written


def days_text(record: Record) -> str:
    """``maandag en dinsdag`` or a date."""
    if (day := record.get("datum")) is not None:
        return f"{day:%d-%m-%Y}"
    days = record.get("dag") or ()
    names = [_DAYS.get(day, str(day)) for day in ([days] if isinstance(days, str) else days)]
    return " en ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _value(field: Field, written: str, name: str) -> object:
    if field.kind == TEXT:
        return check_text(written, name) or None
    if field.kind == TIME:
        return check_time(written, name)
    if field.kind == COUNT:
        if not (written.isdecimal() and written.isascii() and len(written) < 4):
            raise InputError(f"{name}: ‘{written[:40]}’ is geen aantal; schrijf een heel getal van 0 tot en met {MOST}")
        return int(written)
    try:
        number = Decimal(written.replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= 99_999 or number != round(number, 2):
        raise InputError(f"{name}: ‘{written[:40]}’ is geen oppervlakte; schrijf een getal, bijvoorbeeld 46 of 46,5")
    return int(number) if number == int(number) else number


def _field(record: Record, path: str, label: str, kind: str, value: object) -> Field:
    return Field(f"{record.key}|{record.id}|{path}", label, kind, _written(value), record.key, record.id, path)


def _written(value: object) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else str(value)


def _title(record: Record) -> str:
    name = str(record.get("naam") or record.get("titel") or record.id)
    return name if len(name) <= LONGEST_TEXT else f"{name[:LONGEST_TEXT]}…"


def _documents(centre: Centre) -> Iterator[Row]:
    for record in centre.records("documenten"):
        yield Row(
            _title(record),
            tuple(_field(record, path, path, TEXT, record.get(path)) for path in ("titel", "ondertitel")),
        )


def _groups(centre: Centre) -> Iterator[Row]:
    for record in centre.records("groepen"):
        yield Row(
            _title(record),
            (_field(record, "naam", "naam", TEXT, record.get("naam")), *_ages(record, "plaatsing")),
        )


def _children(centre: Centre) -> Iterator[Row]:
    for record in centre.records("rooster"):
        if counts := tuple(_ages(record, "aantallen")):
            yield Row(_line_title(record, centre), counts)


def _rooms(centre: Centre) -> Iterator[Row]:
    for key in ("ruimtes", "buitenruimtes"):
        for record in centre.records(key):
            if record.get("m2") is not None:
                yield Row(_title(record), (_field(record, "m2", "m²", DECIMAL, record.get("m2")),))


def _choices(centre: Centre) -> Iterator[Row]:
    for record in centre.records("integratie"):
        value = record.get("waarde")
        if isinstance(value, int) and not isinstance(value, bool):
            kind = str(record.get("soort")).replace("_", " ")
            yield Row(f"{kind} ({record.id})", (_field(record, "waarde", "waarde", COUNT, value),))


def _ages(record: Record, path: str) -> Iterator[Field]:
    counts = record.get(path)
    for age, number in counts.items() if isinstance(counts, Mapping) else ():
        if isinstance(number, int):
            yield _field(record, f"{path}.{age}", f"{age} jaar", COUNT, number)


def _times(record: Record) -> Iterator[Field]:
    for path in ("van", "tot"):
        yield _field(record, path, path, TIME, _clock(record.get(path)))


def _line_title(record: Record, centre: Centre) -> str:
    group = centre.find("groepen", str(record.get("groep")))
    who = str(record.get("medewerker") or (_title(group) if group is not None else record.get("groep")))
    return f"{who}, {days_text(record)}, {_clock(record.get('van'))}–{_clock(record.get('tot'))}"


def _clock(minute: object) -> str:
    return clock(minute) if isinstance(minute, int) else ""
