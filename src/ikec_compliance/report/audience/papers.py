"""The papers a supervisor asks to see, each with the rules of this program that look at it."""

from __future__ import annotations

from collections.abc import Mapping

from ikec_compliance.model.record import dataclass
from ikec_compliance.report.words import Pair


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper to have ready. ``places`` are ids and prefixes of rules, ``kinds`` the kinds of document it can be."""

    title: Pair
    places: frozenset[str]
    kinds: tuple[str, ...] = ()

    def asked_by(self, rule: str) -> bool:
        """Whether a rule looks at this paper."""
        return rule in self.places or rule.rpartition("-")[0] in self.places


def _wanted(nl: str, en: str, places: str, *kinds: str) -> Wanted:
    return Wanted((nl, en), frozenset(places.split()), kinds)


WANTED: Mapping[str, tuple[Wanted, ...]] = {
    "kinderopvang": (
        _wanted(
            "inschrijving in het landelijk register (LRK) en gemelde wijzigingen",
            "registration in the national register (LRK) and reported changes",
            "KO-REG",
        ),
        _wanted(
            "administratie met overzichten van medewerkers, kinderen en groepen",
            "administration with lists of staff, children and groups",
            "KO-ADM",
        ),
        _wanted("roosters en presentielijsten", "rosters and attendance lists", "KO-BKR"),
        _wanted("overeenkomsten met ouders", "agreements with parents", "KO-OVK KO-ADM-06"),
        _wanted(
            "pedagogisch beleidsplan",
            "pedagogical policy plan (pedagogisch beleidsplan)",
            "KO-PED",
            "pedagogisch_beleidsplan",
        ),
        _wanted(
            "opleidingsplan en evaluatie voorschoolse educatie",
            "training plan and evaluation of early education",
            "KO-VE-09 KO-VE-12 KO-VE-18 KO-VE-19",
            "ve_opleidingsplan",
        ),
        _wanted(
            "inschrijving en koppeling in het personenregister", "registration in the register of persons", "KO-PER"
        ),
        _wanted(
            "diploma's van beroepskrachten en bewijs van de taaleis",
            "diplomas of professionals and proof of language level",
            "KO-OPL KO-TAAL-01 KO-TAAL-02 KO-VE-05 KO-VE-07",
        ),
        _wanted("begeleidingsplannen van wie in opleiding is", "guidance plans of those in training", "KO-BIO"),
        _wanted("verdeling van de uren beleid en coaching", "division of hours for policy and coaching", "KO-PBM"),
        _wanted(
            "beleid veiligheid en gezondheid met plan van aanpak",
            "safety and health policy with plan of action",
            "KO-VGB",
            "beleid_veiligheid_gezondheid",
        ),
        _wanted("certificaten kinder-EHBO", "child first-aid certificates", "KO-VGB-10 KO-VGB-11"),
        _wanted("meldcode", "reporting code (meldcode)", "KO-MC", "meldcode"),
        _wanted("plattegrond met oppervlakten binnen en buiten", "floor plan with areas inside and outside", "KO-RUI"),
        _wanted(
            "reglement, leden en adviezen van de oudercommissie",
            "rules, members and advice of the parents' committee",
            "KO-OUD",
        ),
        _wanted(
            "klachtenregeling, klachtenverslag en aansluiting bij de geschillencommissie",
            "complaints procedure, complaints report and membership of the disputes committee",
            "KO-KLA",
            "klachten",
        ),
    ),
    "onderwijs": (
        _wanted("schoolplan", "school plan (schoolplan)", "OW-SPL", "schoolplan"),
        _wanted(
            "schoolgids van dit schooljaar", "school guide (schoolgids) of this school year", "OW-SGI", "schoolgids"
        ),
        _wanted("ontwikkelingsperspectieven", "development perspectives (ontwikkelingsperspectieven)", "OW-OPP OW-OPI"),
        _wanted(
            "toelaatbaarheidsverklaringen", "declarations of admissibility (toelaatbaarheidsverklaringen)", "OW-TLV"
        ),
        _wanted(
            "instelling en taken van de commissie voor de begeleiding", "the guidance committee and its tasks", "OW-CVB"
        ),
        _wanted("overzicht van onderwijstijd en vakanties", "overview of teaching time and holidays", "OW-TYD"),
        _wanted(
            "bevoegdheden, VOG's en arbeidsovereenkomsten van het personeel",
            "qualifications, certificates of conduct (VOG) and contracts of staff",
            "OW-BEV OW-VOG OW-PAD OW-ZIJ OW-OOP",
        ),
        _wanted(
            "veiligheidsbeleid en veiligheidsmonitor",
            "safety policy and safety monitor",
            "OW-VEI",
            "veiligheidsbeleid",
            "veiligheid",
        ),
        _wanted("meldcode", "reporting code (meldcode)", "OW-MC", "meldcode"),
        _wanted(
            "klachtenregeling en leden van de klachtencommissie",
            "complaints procedure and its committee",
            "OW-KLA",
            "klachten",
        ),
        _wanted(
            "managementstatuut en professioneel statuut",
            "management statute and professional statute",
            "OW-MAN OW-PST",
            "managementstatuut",
            "professioneel_statuut",
        ),
        _wanted(
            "stukken van bestuur en intern toezicht", "papers of the board and its supervisors", "OW-BST OW-STI OW-STA"
        ),
        _wanted(
            "statuut, reglement en besluiten van de medezeggenschapsraad",
            "statute, rules and decisions of the participation council",
            "OW-MR OW-MRA OW-MST OW-MRG OW-MRI",
        ),
        _wanted(
            "leerlingenadministratie en verzuimregistratie",
            "pupil administration and absence records",
            "OW-ADM OW-VZM OW-VRS",
        ),
        _wanted("doorstroomtoets en schooladviezen", "transition test and school advice", "OW-DST"),
    ),
    "jeugdhulp": (
        _wanted(
            "plannen per kind (hulpverleningsplan of familiegroepsplan)",
            "plans per child (hulpverleningsplan)",
            "JH-PLAN",
        ),
        _wanted("toestemmingen en dossiers", "consents and files", "JH-CON JH-DOS JH-PRV", "bewaartermijnen"),
        _wanted("registraties SKJ en BIG van professionals", "SKJ and BIG registrations of professionals", "JH-PROF"),
        _wanted(
            "VOG's van wie met kinderen werkt",
            "certificates of conduct (VOG) of those who work with children",
            "JH-VOG",
        ),
        _wanted("meldcode", "reporting code (meldcode)", "JH-MELD", "meldcode"),
        _wanted("meldingen van calamiteiten en geweld", "reports of calamities and violence", "JH-INC"),
        _wanted(
            "klachtenregeling, reglement en leden van de klachtencommissie",
            "complaints procedure, rules and members of the committee",
            "JH-KL",
            "klachten",
        ),
        _wanted(
            "medezeggenschapsregeling en adviezen van de cliëntenraad",
            "participation rules and advice of the clients' council",
            "JH-MZ",
        ),
        _wanted("informatie over de vertrouwenspersoon", "information on the confidential adviser", "JH-VP"),
        _wanted(
            "kwaliteitssysteem, kwaliteitsverslag en jaarverantwoording",
            "quality system, quality report and annual accountability",
            "JH-QUAL JH-REP",
        ),
        _wanted("melding of vergunning en statuten", "notification or licence, and statutes", "JH-ENTRY JH-GOV"),
        _wanted("opdracht of subsidie van de gemeente", "commission or subsidy of the municipality", "JH-FIN"),
        _wanted("risico-inventarisatie en -evaluatie", "risk inventory and evaluation", "JH-RIE"),
    ),
}
