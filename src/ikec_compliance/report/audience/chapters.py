"""The order in which each supervisor looks: which rule stands in which chapter of that supervisor's framework.

GGD: the subjects of its inspection reports. Inspectie van het Onderwijs: the standards of the Onderzoekskader 2021.
IGJ: the five themes of its Toetsingskader Verantwoorde Hulp voor Jeugd. Placing rules in them is this project's choice;
a rule is placed by its own id, else by its prefix (``KO-BKR``), else by its theme.
"""

from __future__ import annotations

from collections.abc import Mapping

from ikec_compliance.model.record import dataclass
from ikec_compliance.report.words import Pair

OTHER = "overig"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A subject of a supervisor. ``places`` are rule ids, prefixes and themes."""

    key: str
    title: Pair
    places: frozenset[str]


def _chapter(key: str, nl: str, en: str, prefixes: str = "", *themes: str) -> Chapter:
    return Chapter(key, (nl, en), frozenset((*prefixes.split(), *themes)))


CHAPTERS: Mapping[str, tuple[Chapter, ...]] = {
    "kinderopvang": (
        _chapter(
            "registratie",
            "Registratie, wijzigingen en administratie",
            "Registration, changes and administration",
            "KO-REG KO-ADM KO-HND KO-OVK KO-BKR-16",
            "administratie",
            "landelijk register en handhaving",
        ),
        _chapter(
            "pedagogisch",
            "Pedagogisch klimaat",
            "Pedagogical climate",
            "KO-PED KO-VE KO-KWA",
            "pedagogisch beleidsplan",
            "pedagogisch beleidsplan waar het van toepassing is",
            "voorschoolse educatie",
            "kwaliteit van voorschoolse educatie",
        ),
        _chapter(
            "personeel",
            "Personeel en groepen",
            "Staff and groups",
            "KO-PER KO-OPL KO-TAAL KO-BKR KO-BIO KO-PBM KO-GRP KO-DEF",
            "personen",
            "personenregister en rollen",
            "bezetting",
            "bezetting per basisgroep tot 1 juli 2024",
            "groepsgrootte en voorschoolse educatie op de groep",
            "stabiliteit van de opvang",
            "vaste gezichten",
            "pedagogisch beleidsmedewerker",
            "voertaal",
            "in opleiding, stagiairs en andersgekwalificeerden",
            "taaleisen van medewerkers en meertalige opvang",
        ),
        _chapter(
            "veiligheid",
            "Veiligheid en gezondheid",
            "Safety and health",
            "KO-VGB KO-MC",
            "veiligheid en gezondheid",
            "eerste hulp aan kinderen",
            "meldcode",
            "overleg, aangifte en kennis van de handelwijzen",
            "achterwacht, tweede volwassene en EHBO",
        ),
        _chapter("accommodatie", "Accommodatie", "Premises", "KO-RUI", "ruimte", "gedeelde speelruimte"),
        _chapter(
            "ouderrecht",
            "Ouderrecht",
            "Rights of parents",
            "KO-OUD KO-KLA",
            "oudercommissie",
            "ouders, klachten en registratie",
            "informatie, overeenkomst en klachten",
        ),
    ),
    "onderwijs": (
        _chapter("OP0", "OP0 Basisvaardigheden", "OP0 Basic skills"),
        _chapter(
            "OP1", "OP1 Aanbod", "OP1 Curriculum", "OW-INH OW-TAA OW-GOD OW-HKD OW-OK-01", "inhoud van het onderwijs"
        ),
        _chapter(
            "OP2",
            "OP2 Zicht op ontwikkeling en begeleiding",
            "OP2 Monitoring of development and guidance",
            "OW-OPP OW-OPI OW-CVB OW-DST-01 OW-OK-02 OW-RAP",
            "ontwikkelingsperspectief",
            "begeleiding en toelating",
        ),
        _chapter(
            "OP3",
            "OP3 Pedagogisch-didactisch handelen (wie voor de groep staat)",
            "OP3 Teaching (who stands before the class)",
            "OW-BEV OW-ZIJ OW-INZ OW-OOP OW-BEW",
            "bekwaamheid en inzet van leraren",
            "personeel",
        ),
        _chapter("OP4", "OP4 Onderwijstijd", "OP4 Teaching time", "OW-TYD OW-VZM OW-VRS OW-TSV", "onderwijstijd"),
        _chapter(
            "OP6", "OP6 Afsluiting", "OP6 Completion", "OW-DST OW-OKR", "volgsysteem, doorstroomtoets en schooladvies"
        ),
        _chapter(
            "VS1",
            "VS1 Veiligheid",
            "VS1 Safety",
            "OW-VEI OW-MC OW-ZED OW-VVO OW-KLA OW-OK-03 OW-VOG OW-EXT",
            "veiligheid",
            "seksuele misdrijven",
            "klachten",
        ),
        _chapter("VS2", "VS2 Schoolklimaat", "VS2 School climate"),
        _chapter("OR1", "OR1 Resultaten", "OR1 Results", "OW-KWA OW-ZZW", "kwaliteit en toezicht"),
        _chapter("OR2", "OR2 Sociale en maatschappelijke competenties", "OR2 Social and civic competences"),
        _chapter(
            "SKA1",
            "SKA1 Visie, ambities en doelen",
            "SKA1 Vision, ambitions and goals",
            "OW-SPL OW-OK-04",
            "schoolplan",
        ),
        _chapter(
            "SKA2",
            "SKA2 Uitvoering en kwaliteitscultuur",
            "SKA2 Execution and quality culture",
            "OW-DIR OW-MAN OW-PST OW-FOR OW-PAD",
            "schoolleiding en statuten",
            "personeelsadministratie en stages",
        ),
        _chapter(
            "SKA3",
            "SKA3 Evaluatie, verantwoording en dialoog",
            "SKA3 Evaluation, accountability and dialogue",
            "OW-SGI OW-MR OW-GMR OW-MRA OW-MRO OW-MRI OW-MST OW-MRG OW-SAM",
            "schoolgids",
            "medezeggenschap: de raad",
            "medezeggenschap: besluiten en overleg",
            "medezeggenschap: informatie aan de raad",
            "medezeggenschap: statuut en reglement",
        ),
        _chapter(
            "BKA",
            "BKA Besturing, kwaliteitszorg en ambitie (bestuur)",
            "BKA Governance, quality care and ambition (board)",
            "OW-BST OW-STI OW-SWS OW-STA OW-FUS OW-SWV OW-JVS",
            "bestuur en intern toezicht",
            "statuten en samenwerkingsverband",
        ),
        _chapter(
            "OWV",
            "Overige wettelijke vereisten",
            "Other requirements of law",
            "OW-TOE OW-TLV OW-ADM OW-OBD OW-OPV OW-OVB OW-RES OW-SCH OW-VRW OW-BZW OW-BEZ OW-GSC OW-GES OW-DOS OW-STG "
            "OW-GEZ OW-SYM OW-LFT OW-WEN OW-RSO OW-BKG OW-PGN OW-GRS OW-EXP OW-HUI OW-NEV",
            "jaarverslag, bekostiging en overeenkomsten",
            "leerplicht, experiment, cao en aangekondigde wetten",
            "huisvesting en medegebruik",
            "toelating",
            "leerlingenadministratie en verzuim",
            "overblijven en opvang",
            "leeftijd en toelaatbaarheid",
            "schorsing, verwijdering en bezwaar",
            "bezwaar bij een bijzondere school en fusie",
            "leerlingdossier",
            "geschillen passend onderwijs",
            "groepen",
            "onderwijs op een andere school",
            "voertaal en rapportage",
        ),
    ),
    "jeugdhulp": (
        _chapter(
            "uitvoering",
            "Uitvoering hulp",
            "Delivery of care",
            "JH-PLAN JH-QUAL JH-PROF JH-ROL JH-MED JH-POORT",
            "plan, toestemming en dossier per kind",
            "poortvragen en toegang",
            "kwaliteit en verantwoording",
            "werktoedeling en dubbele rollen",
            "zorg naast jeugdhulp, medisch handelen en arbeidsomstandigheden",
        ),
        _chapter(
            "veiligheid",
            "Veiligheid",
            "Safety",
            "JH-VOG JH-MELD JH-INC JH-RIE JH-VIR",
            "professionals en verklaring omtrent het gedrag",
            "bijzondere verklaringen omtrent het gedrag",
            "meldcode en vertrouwenspersoon",
            "calamiteiten, geweld en incidenten",
        ),
        _chapter("leefklimaat", "Leefklimaat", "Living climate"),
        _chapter(
            "clientenpositie",
            "Cliëntenpositie",
            "Position of clients",
            "JH-CON JH-PRV JH-DOS JH-KL JH-MZ JH-VP",
            "rechten van kind en ouders en geheimhouding",
            "klachten en medezeggenschap",
            "behandeling van klachten",
            "medezeggenschap van cliënten",
            "bewaren en beveiligen van het dossier",
        ),
        _chapter(
            "organisatie",
            "Bestuurlijke organisatie",
            "Governance",
            "JH-GOV JH-REP JH-ENTRY JH-FIN JH-HAND JH-BSN",
            "bestuursstructuur, bedrijfsvoering en toezicht",
            "toetreding en bestuur",
            "interne toezichthouder",
            "declaratie en gegevensverkeer",
            "burgerservicenummer en verwijsindex",
            "inhoud en openbaarheid van het kwaliteitsverslag",
            "jaarverantwoording en gegevens aan toezichthouders",
        ),
    ),
}

FALLBACK = Chapter(OTHER, ("Overige regels", "Other rules"), frozenset())

SUPERVISORS: Mapping[str, str] = {
    "ggd": "kinderopvang",
    "onderwijsinspectie": "onderwijs",
    "igj": "jeugdhulp",
}

FRAMEWORKS: Mapping[str, Pair] = {
    "kinderopvang": ("de onderwerpen van de inspectierapporten van de GGD", "the subjects of GGD inspection reports"),
    "onderwijs": (
        "de standaarden van het Onderzoekskader 2021 van de Inspectie van het Onderwijs",
        "the standards of the Onderzoekskader 2021 of the Inspectie van het Onderwijs",
    ),
    "jeugdhulp": (
        "de vijf thema's van het Toetsingskader Verantwoorde Hulp voor Jeugd van de IGJ",
        "the five themes of the Toetsingskader Verantwoorde Hulp voor Jeugd of the IGJ",
    ),
}


def chapter_of(regime: str, rule: str, theme: str = "") -> Chapter:
    """The chapter of a rule in the order of the supervisor of ``regime``; ``FALLBACK`` when nothing names it."""
    chapters = CHAPTERS.get(regime, ())
    for place in (rule, rule.rpartition("-")[0], theme):
        for chapter in chapters:
            if place and place in chapter.places:
                return chapter
    return FALLBACK
