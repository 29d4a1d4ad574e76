"""Fields that are computed rather than read: by name, for the subjects that are not about presence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ikec_compliance.centre.centre import Record
from ikec_compliance.facts.consent import council_vote
from ikec_compliance.facts.context import Context
from ikec_compliance.facts.derived import Derivation, Derived, Subject, all_of, any_of
from ikec_compliance.facts.dossiers import count
from ikec_compliance.facts.early_education import gives, offered
from ikec_compliance.facts.premises import beside_building, beside_centre, not_beside_centre, own_room
from ikec_compliance.facts.shared_rooms import area_together, shares_room
from ikec_compliance.facts.sharing import combined, one_houder, own_number, several_regimes
from ikec_compliance.model.value import FALSE, POS, TRUE, UNKNOWN_COUNT, UNKNOWN_FLAG, Value, flag, known
from ikec_compliance.rules.testcases import calendar_fields


def _calendar(name: str) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        return known(calendar_fields(context.on)[name]), "volgt uit de peildatum", ()

    return derive


def _dossier(name: str) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        return count(subject[0], name, context)

    return derive


def _area(key: str, kinds: tuple[str, ...] | None) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        low = high = 0
        places = []
        for room in context.centre.records(key):
            if subject[0].id not in room.get("voorzieningen") or (kinds and room.get("soort") not in kinds):
                continue
            if key == "ruimtes" and room.get("ingericht_voor_spelen") is False:
                continue
            m2 = room.get("m2")
            places.append(room.place("m2"))
            sure = key != "ruimtes" or room.get("ingericht_voor_spelen") is True
            steps = None if m2 is None else int(m2 * 100)
            low += steps if steps is not None and sure else 0
            high = POS if steps is None else min(POS, high + steps)
        if not context.centre.complete(key):
            high = POS
            places.append(context.centre.place(key))
        return (low, high), f"som van de oppervlakte in {key}", tuple(places)

    return derive


def _sleeping(subject: Subject, context: Context) -> Derived:
    rooms = [r for r in context.centre.records("ruimtes")
             if r.get("soort") == "slaapruimte" and subject[0].id in r.get("voorzieningen")]  # fmt: skip
    rest = FALSE if context.centre.complete("ruimtes") else UNKNOWN_FLAG
    value = TRUE if rooms else rest
    places = tuple(room.place("soort") for room in rooms) or (context.centre.place("ruimtes"),)
    return value, "een ruimte van soort slaapruimte bij deze voorziening", places


def _placed_under(surely: int, maybe: int, formula: str) -> Derivation:
    """Children below ``surely`` whole years are; of ``maybe`` years some may be: the plaatsing knows years only."""

    def derive(subject: Subject, context: Context) -> Derived:
        values, places = [], []
        for group in context.centre.records("groepen"):
            if subject[0].id in group.get("voorzieningen"):
                ages = group.get("plaatsing")
                values.append(_positive(_age_counts(ages, lambda age: age < surely)))
                values.append((0, _positive(_age_counts(ages, lambda age: age == maybe))[1]))
                places.append(group.place("plaatsing"))
        rest = FALSE if context.centre.complete("groepen") else UNKNOWN_FLAG
        return any_of(values, rest), f"{formula} in de plaatsing van de groepen", tuple(places)

    return derive


def _positive(value: Value) -> Value:
    return (int(value[0] > 0), int(value[1] > 0))


def _age_counts(raw: Any, wanted: Callable[[int], bool]) -> Value:
    if raw is None:
        return UNKNOWN_COUNT
    low = high = 0
    for age, number in raw.items():
        if wanted(int(age)):
            low += number or 0
            high += POS if number is None else number
    return (low, min(high, POS))


def _placed(subject: Subject, context: Context) -> Derived:
    group = subject[0]
    return _age_counts(group.get("plaatsing"), lambda age: True), "som van de plaatsing", (group.place("plaatsing"),)


def _pupils(kind: str | None) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        group = subject[0]
        raw = group.get("leerlingen_van")
        place = (group.place("leerlingen_van"),)
        if raw is None:
            schools = [f for f in context.facilities(group) if f.get("soort") in ("so", "sbo", "basisschool")]
            relevant = [f for f in schools if kind is None or f.get("soort") == kind]
            if not relevant:
                return known(0), "de groep hoort niet bij zo'n school", (group.place("voorzieningen"),)
            high = len(schools) if kind is None else POS
            return (0, high), "leerlingen per school niet ingevuld", place
        counts = [(context.must_find("voorzieningen", id_), n) for id_, n in raw.items()]
        if kind is None:
            low = sum(1 for _, n in counts if n)
            unknown = sum(1 for _, n in counts if n is None)
            return (low, low + unknown), "scholen met leerlingen in leerlingen_van", place
        mine = [n for school, n in counts if school.get("soort") == kind]
        low = sum(n or 0 for n in mine)
        return (low, POS if None in mine else low), f"leerlingen van {kind} in leerlingen_van", place

    return derive


def _group_regime(regime: str) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        group = subject[0]
        there = regime == "jeugdhulp" and group.get("soort") == "behandelgroep"
        there = there or (regime == "onderwijs" and group.get("soort") == "onderwijsgroep")
        places = [group.place("soort")]
        for line in context.lines("groep", group.id):
            if not there and context.regime(line) == regime:
                there, places = True, [line.place("regime")]
        kinds = {f.get("soort") for f in context.facilities(group)}
        possible = bool(kinds & ({"jeugdhulp"} if regime == "jeugdhulp" else {"so", "sbo", "basisschool"}))
        value = TRUE if there else UNKNOWN_FLAG if possible and not context.centre.complete_days() else FALSE
        return value, f"soort van de groep of een roosterregel met regime {regime}", tuple(places)

    return derive


def _named_in_title(subject: Subject, context: Context) -> Derived:
    record = subject[0]
    titles = [record.get("titel"), record.get("ondertitel")]
    there = any("schoolplan" in text.lower() for text in titles if text)
    # The subtitle may be left out; only an unknown title leaves the question open.
    value = TRUE if there else UNKNOWN_FLAG if titles[0] is None or _null(record, "ondertitel") else FALSE
    return value, "het woord schoolplan in titel of ondertitel", (record.place("titel"), record.place("ondertitel"))


def _null(record: Record, key: str) -> bool:
    return key in record.data and record.data[key] is None


_HEARD_AT = {"medezeggenschapsraad": ("so", "sbo", "basisschool"), "oudercommissie": ("dagopvang", "bso")}


def _registered(register: str) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        record = subject[0]
        raw = record.get(f"registraties.{register}")
        place = (record.place(f"registraties.{register}"),)
        if raw:
            return TRUE, f"registraties.{register} is ingevuld", place
        empty = raw is None and register in (record.get("registraties") or {})
        absent = context.centre.complete("registraties") and not empty
        return (FALSE if absent else UNKNOWN_FLAG), f"registraties.{register} ontbreekt", place

    return derive


def _role(roles: tuple[str, ...]) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        person, facility = subject
        places = []
        doubt = False
        for line in context.lines("medewerker", person.id):
            if facility is not None and facility not in context.line_facilities(line):
                continue
            if line.get("rol") in roles:
                places.append(line.place("rol"))
            elif line.get("rol") is None:
                doubt = True
        if places:
            return TRUE, f"roosterregels met rol {roles[0]}", tuple(places[:3])
        value = UNKNOWN_FLAG if doubt or not context.centre.complete_days() else FALSE
        return value, f"geen roosterregel met rol {roles[0]}", (person.place("functie"),)

    return derive


_NEEDED = {"dagopvang": "dagopvang", "bso": "bso", "so": "onderwijs", "sbo": "onderwijs", "basisschool": "onderwijs"}


def qualified(person: Record, kind: str, context: Context) -> Value:
    """Whether a diploma of the medewerker qualifies for a kind of work (``dagopvang``, ``bso``, ``ve`` …)."""
    diplomas = person.get("diplomas")
    if diplomas is None:
        return UNKNOWN_FLAG
    there = any(kind in diploma["kwalificeert"] for diploma in diplomas)
    return TRUE if there else FALSE if context.centre.complete("diplomas") else UNKNOWN_FLAG


def _fitting_diploma(subject: Subject, context: Context) -> Derived:
    person, facility = subject
    kind = _NEEDED.get(facility.get("soort") if facility else "", "")
    if not kind:
        return UNKNOWN_FLAG, "voor deze voorziening is geen diplomalijst gelezen", (person.place("diplomas"),)
    return qualified(person, kind, context), f"een diploma dat kwalificeert voor {kind}", (person.place("diplomas"),)


def _diploma(kind: str) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        place = subject[0].place("diplomas")
        return qualified(subject[0], kind, context), f"een diploma dat kwalificeert voor {kind}", (place,)

    return derive


def _first_aid(subject: Subject, context: Context) -> Derived:
    """Who names no certificate at all is not asked for one: the presence rules count those who have it."""
    person = subject[0]
    named = person.get("ehbo") is not None
    value = flag(person.get("ehbo.kinderen")) if named else FALSE
    return value, "een opgegeven certificaat eerste hulp aan kinderen", (person.place("ehbo"),)


def _counted_trainee(subject: Subject, context: Context) -> Derived:
    """Whether every roster line as beroepskracht in opleiding counts towards the ratio (``formatief``)."""
    person, facility = subject
    values, places = [], []
    for line in context.lines("medewerker", person.id):
        here = facility is None or facility in context.line_facilities(line)
        if here and line.get("rol") == "beroepskracht_in_opleiding":
            values.append(flag(line.get("formatief")))
            places.append(line.place("formatief"))
    value = all_of(values) if values else UNKNOWN_FLAG
    return value, "roosterregels als beroepskracht in opleiding met formatief ja", tuple(places[:3])


def is_vacancy(person: Record) -> bool:
    """Whether the record is an unfilled place and not a person, nor a place that will be filled in time."""
    return person.get("vacature") is True and person.get("vervulling_gepland") is not True


def _vacancy(subject: Subject, context: Context) -> Derived:
    return flag(is_vacancy(subject[0])), "vacature", (subject[0].place("vacature"),)


def _has(path: str) -> Derivation:
    def derive(subject: Subject, context: Context) -> Derived:
        there = bool(subject[0].get(path))
        return (TRUE if there else UNKNOWN_FLAG), f"{path} is ingevuld", (subject[0].place(path),)

    return derive


DERIVATIONS: dict[str, Derivation] = {
    "peildatum": _calendar("peildatum"),
    "begin_dit_jaar": _calendar("begin_dit_jaar"),
    "een_juni_dit_jaar": _calendar("een_juni_dit_jaar"),
    "begin_schooljaar": _calendar("begin_schooljaar"),
    "heeft_registratienummer": _has("lrk_nummer"),
    "eigen_registratienummer": own_number,
    "gecombineerde_oudercommissie": combined,
    "zelfde_houder": one_houder,
    "in_meer_regimes": several_regimes,
    "heeft_samenwerkingsverband": _has("samenwerkingsverband"),
    "binnenruimte_samen": area_together,
    "deelt_speelruimte": shares_room,
    "binnenruimte": _area("ruimtes", ("groepsruimte", "speelruimte", "leslokaal", "overig")),
    "buitenruimte": _area("buitenruimtes", None),
    "slaapruimte": _sleeping,
    "jonger_dan_anderhalf": _placed_under(1, 1, "kinderen van 0 jaar, en misschien van 1,"),
    "jonger_dan_twee": _placed_under(2, -1, "kinderen van 0 en 1 jaar"),
    "buitenruimte_aan_kindercentrum": beside_centre,
    "buitenruimte_aan_gebouw": beside_building,
    "buitenruimte_niet_aangrenzend": not_beside_centre,
    "eigen_stamgroepruimte": own_room,
    "ve_in_voorziening": offered,
    "als_beroepskracht_ve": gives,
    "kinderen_geplaatst": _placed,
    "scholen_met_leerlingen": _pupils(None),
    "leerlingen_so": _pupils("so"),
    "leerlingen_sbo": _pupils("sbo"),
    "leerlingen_basisschool": _pupils("basisschool"),
    "jeugdhulp_in_groep": _group_regime("jeugdhulp"),
    "onderwijs_in_groep": _group_regime("onderwijs"),
    "naam_schoolplan": _named_in_title,
    "instemming_mr_schoolplan": council_vote("instemming", "medezeggenschapsraad", "schoolplan"),
    "instemming_mr_schoolgids": council_vote("instemming", "medezeggenschapsraad", "schoolgids"),
    "advies_oc_beleidsplan": council_vote("advies", "oudercommissie", "pedagogisch_beleidsplan"),
    "vacature": _vacancy,
    "heeft_skj": _registered("skj"),
    "heeft_big": _registered("big"),
    "als_beroepskracht": _role(("beroepskracht",)),
    "als_leraar": _role(("leraar",)),
    "als_bio": _role(("beroepskracht_in_opleiding",)),
    "diploma_passend": _fitting_diploma,
    "diploma_ve": _diploma("ve"),
    "diploma_ve_in_opleiding": _diploma("ve_in_opleiding"),
    "diploma_pedagogisch_beleid": _diploma("pedagogisch_beleid"),
    "ehbo_opgegeven": _first_aid,
    "bio_telt_mee": _counted_trainee,
    **{
        f"dossiers_{name}": _dossier(name)
        for name in (
            "totaal", "opp_te_laat", "opp_niet_geevalueerd", "opp_zonder_overeenstemming", "zonder_tlv",
            "boven_leeftijdsgrens", "onder_leeftijdsgrens", "zonder_plan", "plan_te_laat", "zonder_toestemming",
            "zonder_instemming_waarneming", "zonder_dossier",
            "zonder_mentor", "in_tweede_groep", "te_veel_stamgroepruimtes",
            "opp_zonder_vervangende_doelen", "minder_uren_zonder_instemming", "opp_inhoud_onvolledig",
            "opp_zonder_overleg", "opp_zonder_commissieadvies", "opp_zonder_horen", "opp_zonder_toelichting",
            "opp_mist_inbreng_of_begeleiding", "commissie_niet_geevalueerd", "tlv_verlopen",
            "residentieel_zonder_verklaring", "residentieel_zonder_terugkeerafspraak", "wennen", "wennen_te_jong",
            "wennen_te_lang", "toelating_te_laat", "tijdelijke_plaatsing_gemist", "geweigerd_zonder_andere_school",
            "geweigerd_om_richting", "asielkind_niet_toegelaten", "verwijderd_zonder_horen",
            "verwijderd_zonder_andere_school", "verwijderd_zonder_melding", "schorsing_onjuist",
            "schorsing_niet_gemeld", "bezwaar_te_laat", "bezwaar_zonder_inspecteur", "bezwaar_voor_oordeel",
            "zonder_inschrijfgegevens", "zonder_nummer_niet_gemeld", "nummer_niet_vervangen",
            "vertrokken_zonder_rapport", "vertrokken_zonder_afschrift", "vrijstelling_onjuist", "verzuim_niet_gemeld",
            "verlof_te_ruim", "zonder_doorstroomtoets", "toetsontheffing_zonder_overleg", "advies_niet_bijgesteld",
            "familiegroepsplan_niet_aangeboden", "familiegroepsplan_zonder_grond", "plan_zonder_samenspraak",
            "plan_niet_op_schrift", "plan_mondeling_bij_maatregel", "niet_ingelicht",
            "ingreep_niet_vastgelegd", "vernietiging_geweigerd", "inzage_geweigerd",
            "verstrekt_zonder_toestemming", "bsn_niet_vastgesteld", "bsn_niet_geverifieerd",
            "zonder_bsn_onvolledig", "buiten_opdrachtgemeenten",
        )
    },
}  # fmt: skip
