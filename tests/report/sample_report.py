"""A small report made by hand: every kind of line a report can hold, once or twice."""

from __future__ import annotations

from datetime import date

from ikec_compliance.model.place import Location
from ikec_compliance.model.result import (
    Acceptance,
    AppliedException,
    BreachInterval,
    Certificate,
    Clause,
    ConflictLine,
    Judgement,
    MissingFact,
    NormLine,
    Question,
    ReadValue,
    Receipt,
    Repair,
    Report,
    Summary,
    VerdictLine,
    WithoutSubject,
)
from ikec_compliance.model.rule import Binding, Evidence, NotInForce, Severity, Source
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import Language, Words

ON = date(2026, 11, 23)
LAWS = {"BKK": "Besluit kwaliteit kinderopvang", "WEC": "Wet op de expertisecentra", "JW": "Jeugdwet",
        "POR": "Handreiking bewaartermijnen", "CAO": "Cao kinderopvang"}  # fmt: skip
NORMS = {
    "nl": {"KO-BKR-01": "Op elke stamgroep staan steeds genoeg beroepskrachten.",
           "OW-SPL-01": "Het schoolplan wordt eens in de vier jaar vastgesteld."},
    "en": {"KO-BKR-01": "Every stamgroep always has enough professionals.",
           "OW-SPL-01": "The school plan is adopted once every four years."},
}  # fmt: skip


def wording(language: Language = "nl") -> Wording:
    return Wording(Words(language), LAWS, NORMS[language], "/home/ikec")


def source(law: str, article: str, lid: str = "", note: str = "") -> Source:
    url = f"https://wetten.overheid.nl/{law}#Artikel{article.split()[0]}"
    return Source(law, article, lid, date(2026, 7, 1), url, f"jci1.3:c:{law}&artikel={article.split()[0]}", note)


def place(file: str, line: int, column: int = 5) -> Location:
    return Location(f"/home/ikec/centrum/{file}", line, column)


PRESENT = ReadValue(
    "beroepskrachten", "aanwezige beroepskrachten", "1 beroepskracht", "medewerkers op het rooster die meetellen",
    tuple(place("rooster.yaml", line) for line in (12, 13, 14, 15, 16, 17)),
)  # fmt: skip
REQUIRED = ReadValue("vereist", "vereist aantal beroepskrachten", "2 beroepskrachten", "rij 2 tot 4 jaar, kolom 2", ())

PRESENCE = VerdictLine(
    rule="KO-BKR-01", regime="kinderopvang", title="Genoeg beroepskrachten op de stamgroep",
    subject="groep:sg-vossen@2026-11-24", subject_title="De Vossen, 24 november 2026", verdict=Verdict.FAILS,
    severity=Severity.ERROR, evidence=Evidence.SECONDARY, binding=Binding.AMVB,
    message="aanwezig is 1 beroepskracht, nodig zijn er 2", repair_who="houder",
    repair_what="Zet een beroepskracht meer in.", source=(source("BKK", "7", "2"), source("BKK", "7", "4"),
                                                          source("BKK", "bijlage 1 onderdeel a", note="tabel 1")),
    location=place("rooster.yaml", 12),
    clauses=(
        Clause("geldt", "soort groep is stamgroep", "waar", 0,
               (ReadValue("groep.soort", "soort groep", "stamgroep", "soort", (place("groepen.yaml", 4),)),)),
        Clause("eis", "aanwezige beroepskrachten is ten minste vereist aantal", "onwaar", 0, (PRESENT, REQUIRED)),
        Clause("drie-uur", "afwijkingstijd is hoogstens 180 minuten", "onbekend", 0, ()),
    ),
    intervals=(
        BreachInterval("08:30", "12:30", {"aanwezige beroepskrachten": "1 beroepskracht",
                                          "vereist aantal beroepskrachten": "2 beroepskrachten",
                                          "grondslag": "rij 2 tot 4 jaar, kolom 2"}),
        BreachInterval("16:30", "17:00", {"afwijkingstijd": "210 minuten"}),
    ),
    slices=9,
    exceptions=(AppliedException("drie-uur", "drie uur per dag minder beroepskrachten", "onbekend",
                                 (source("BKK", "7", "4"),)),),
)  # fmt: skip

PLAN = VerdictLine(
    rule="OW-SPL-01", regime="onderwijs", title="Schoolplan in de laatste vier jaar vastgesteld",
    subject="voorziening:so", subject_title="Speciaal onderwijs", verdict=Verdict.FAILS, severity=Severity.ERROR,
    evidence=Evidence.READ, binding=Binding.WET, message="vastgesteld op 1 augustus 2021; nodig: na 23 november 2022",
    repair_who="bevoegd gezag", repair_what="Stel het schoolplan opnieuw vast.", source=(source("WEC", "22a", "1"),),
    location=place("documenten.yaml", 8),
    accepted=Acceptance("inspectie is op de hoogte", "directie", date(2027, 1, 31)),
)  # fmt: skip

COLLECTIVE = VerdictLine(
    rule="KO-CAO-01", regime="kinderopvang", title="Hoogstens acht uur achter elkaar", subject="medewerker:med-1",
    subject_title="pedagogisch medewerker med-1", verdict=Verdict.FAILS, severity=Severity.WARNING,
    evidence=Evidence.OLDER, binding=Binding.CAO, message="negen uur op dinsdag", repair_who="houder",
    repair_what="Pas het rooster aan.", source=(source("CAO", "5.1"),), location=place("rooster.yaml", 20),
)  # fmt: skip

UNKNOWN = VerdictLine(
    rule="JH-VOG-02", regime="jeugdhulp", title="VOG bij de start hoogstens drie maanden oud",
    subject="medewerker:med-2/voorziening:jeugdhulp", subject_title="jeugdhulpverlener med-2, Dagbehandeling",
    verdict=Verdict.UNDECIDED, severity=Severity.ERROR, evidence=Evidence.READ, binding=Binding.WET,
    message="Wanneer is de VOG afgegeven?", repair_who="aanbieder", repair_what="Vraag een nieuwe VOG aan.",
    source=(source("JW", "4.1.6", "1,2"),), location=place("medewerkers.yaml", 9),
    missing=(MissingFact("medewerker:med-2", "vog_afgegeven_op", "Wanneer is de VOG afgegeven?",
                         place("medewerkers.yaml", 9)),),
)  # fmt: skip

WAITING = VerdictLine(
    rule="JH-QUAL-01", regime="jeugdhulp", title="Verantwoorde hulp", subject="voorziening:jeugdhulp",
    subject_title="Dagbehandeling", verdict=Verdict.REVIEW, severity=Severity.ERROR, evidence=Evidence.UNCONFIRMED,
    binding=Binding.WET, message="Beoordeel de bezetting.", repair_who="aanbieder", repair_what="Leg vast waarom.",
    source=(source("JW", "4.1.1", "1"),), location=place("voorzieningen.yaml", 3),
    judgement=Judgement("voldoet", "besproken", "bestuur", date(2025, 1, 6), date(2026, 1, 5), True),
)  # fmt: skip

JUDGED = VerdictLine(
    rule="KO-VGB-09", regime="kinderopvang", title="Vierogenprincipe", subject="voorziening:dagopvang",
    subject_title="Dagopvang", verdict=Verdict.REVIEW, severity=Severity.ERROR, evidence=Evidence.READ,
    binding=Binding.AMVB, message="Beoordeel de ramen.", repair_who="houder", repair_what="Maak glas in de deuren.",
    source=(source("BKK", "4", "4"),), location=place("voorzieningen.yaml", 7),
    judgement=Judgement("voldoet", "glas in elke deur", "GGD", date(2026, 3, 2), date(2027, 3, 1), False),
)  # fmt: skip

PASSING = VerdictLine(
    rule="KO-TAAL-01", regime="kinderopvang", title="Taaleis", subject="medewerker:med-1/voorziening:dagopvang",
    subject_title="pedagogisch medewerker med-1, Dagopvang", verdict=Verdict.PASSES, severity=Severity.ERROR,
    evidence=Evidence.READ, binding=Binding.REGELING, message="De taaleis is gehaald.", repair_who="houder",
    repair_what="Laat het bewijs halen.", source=(source("BKK", "6"),), location=place("medewerkers.yaml", 4),
    valid_until=date(2027, 1, 15),
)  # fmt: skip


def _norm(rule: str, regime: str, law: str, shown: str, applied_to: str, binding: Binding) -> NormLine:
    evidence = Evidence.READ if binding is Binding.WET else Evidence.SECONDARY
    return NormLine(rule, regime, law, "bevoegd gezag", "gebod", "bewaartermijn", shown, (source(law, "7.3.8", "3"),),
                    evidence, binding, applied_to, shown)  # fmt: skip


DOSSIER = ConflictLine(
    id="CF-34/integratie:kinddossier", code="CF-34", title="Bewaartermijn van een gezamenlijk kinddossier",
    conflict_class="tegenstrijdig", state="open", severity=Severity.WARNING, evidence=Evidence.SECONDARY,
    binding=Binding.RICHTSNOER, binds=("WEC", "JW"), reason="geen gezamenlijke waarde",
    explanation="Een dossier kan maar een bewaartermijn hebben.", subject="integratie:kinddossier",
    norms=(
        _norm("OW-DOS-01", "onderwijs", "POR", "hoogstens 2 jaar", "voorziening:so", Binding.RICHTSNOER),
        _norm("OW-DOS-01", "onderwijs", "POR", "hoogstens 2 jaar", "voorziening:sbo", Binding.RICHTSNOER),
        _norm("JH-DOS-02", "jeugdhulp", "JW", "ten minste 20 jaar", "voorziening:jeugdhulp", Binding.WET),
    ),
    certificate=Certificate("mus", ("OW-DOS-01", "JH-DOS-02"), ("geen getal is hoogstens 2 en ten minste 20",),
                            {"OW-DOS-01": "20 jaar", "JH-DOS-02": "2 jaar"}, "", (), "20 jaar", ("OW-DOS-01",)),
    resolutions=("Houd gescheiden dossiers.", "Splits het dossier als het kind vertrekt."),
    sources=("Jeugdwet art. 7.3.8 lid 3",), location=place("integratie.yaml", 9),
)  # fmt: skip

SETTLED = ConflictLine(
    id="CX-0a1b2c3d/groep:kog", code="CX-0a1b2c3d", title="Groepsgrootte bij De Bevers",
    conflict_class="voorwaardelijk", state="voldaan", severity=Severity.ERROR, evidence=Evidence.READ,
    binding=Binding.WET, binds=("BKK",), reason="strengste eis wint", explanation="", subject="groep:kog",
    norms=(_norm("KO-GRP-01", "kinderopvang", "BKK", "hoogstens 16 kinderen", "groep:kog", Binding.WET),),
    certificate=Certificate("joint", (), (), {}, "hoogstens 16", ("KO-GRP-01",), "8", ()),
    resolutions=(), sources=(), location=place("groepen.yaml", 11),
)  # fmt: skip

COUNTS = {"voldoet_niet": 0, "niet_te_bepalen": 0, "te_beoordelen": 0, "voldoet": 0, "niet_van_toepassing": 0}

REPORT = Report(
    receipt=Receipt(
        version="0.1.0", on=ON, on_source="optie --on", days=(ON, date(2026, 11, 24)), centre="voorbeeld",
        centre_name="Voorbeeldcentrum", centre_path="/home/ikec/centrum", centre_sha256="ab" * 32,
        rules_path="meegeleverde regels", rules_packaged=True, rules_sha256="cd" * 32, engine="durable-rules 2.0.28",
        laws={"JW": date(2026, 1, 1), "BKK": date(2024, 7, 1)}, regimes=("onderwijs", "kinderopvang", "jeugdhulp"),
        verified=True,
    ),
    summary=Summary(
        verdicts=COUNTS | {"voldoet_niet": 3, "niet_te_bepalen": 1, "te_beoordelen": 2, "voldoet": 1},
        per_regime={
            "onderwijs": COUNTS | {"voldoet_niet": 1},
            "jeugdhulp": COUNTS | {"niet_te_bepalen": 1, "te_beoordelen": 1},
            "kinderopvang": COUNTS | {"voldoet_niet": 2, "te_beoordelen": 1, "voldoet": 1},
        },
        violations=2, warnings=1, conflicts_open=1, conflicts=2, unknown=1, harmless=1, review=2, subjects=7,
        rules=1234, slices=9,
    ),
    verdicts=(PLAN, PRESENCE, COLLECTIVE, PASSING, JUDGED, UNKNOWN, WAITING),
    conflicts=(DOSSIER, SETTLED),
    questions=tuple(
        Question("medewerker:med-2", "jeugdhulpverlener med-2", f"veld_{number}", f"Vraag {number}?",
                 max(0, 3 - number), 4, place("medewerkers.yaml", number + 1))
        for number in range(12)
    ),
    repairs=(Repair("CF-34/integratie:kinddossier", "splits het dossier", "bestuur"),),
    notices=("De gelezen tekst van de Jeugdwet is die van 1 januari 2026.",),
    not_in_force=(NotInForce("JH-REP-05", "aangekondigd, niet in werking", "jeugdhulp"),),
    without_subject=(WithoutSubject("OW-BAS-01", "onderwijs", "voorziening"),),
    vocabulary={"centrumplan": "schoolplan (onderwijs)"},
)  # fmt: skip
