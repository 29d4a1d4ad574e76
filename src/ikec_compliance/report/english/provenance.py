"""Where a value came from: the formulas of ``facts/`` and of the tables they cite."""

from __future__ import annotations

from ikec_compliance.report.words import Pair

PROVENANCE: tuple[Pair, ...] = (
    # The table and formula of the beroepskracht-kindratio
    ("geen kinderen aanwezig", "no children present"),
    ("aantallen kinderen niet alle bekend", "not all numbers of children known"),
    ("geen beroepskracht-kindratio", "no ratio of staff to children"),
    ("rij {a}, kolom {b}: hoogstens {c}", "row {a}, column {b}: at most {c}"),
    (
        "rij {a}, kolom {b}: hoogstens {c}, van wie hoogstens {d} van {e}",
        "row {a}, column {b}: at most {c}, of whom at most {d} of {e}",
    ),
    ("rij {a}: geen kolom staat {b} toe", "row {a}: no column allows {b}"),
    ("rij {a}: geen kolom staat {b} toe van wie {c} van {d}", "row {a}: no column allows {b} of whom {c} of {d}"),
    ("0 tot 1 jaar", "0 to 1 year"),
    ("{a} tot {b} jaar", "{a} to {b} years"),
    ("{a} jaar tot het einde van het basisonderwijs", "{a} years to the end of primary education"),
    ("rekenregel {a}", "calculation rule {a}"),
    ("formule", "formula"),
    ("tabel {a}", "table {a}"),
    ("{a}, naar boven afgerond {b}", "{a}, rounded up {b}"),
    (
        "{a}: met één kind minder ({=b}) vraagt de tabel {c}, dus hier {d}",
        "{a}: with one child fewer ({b}) the table asks {c}, so here {d}",
    ),
    (
        "formule van de bso; vul aan bij de leeftijden in de groep: kinderen jonger dan 4 jaar horen bij een dagopvang",
        "formula of out-of-school care; fill in the ages in the group: children younger than 4 belong to day care",
    ),
    ("geen rekenregel gelezen voor {a} op {=b}; {=c}", "no calculation rule read for {a} on {b}; {c}"),
    # Sums and counts
    ("som van de stamgroepen", "sum of the stamgroepen"),
    ("som van de basisgroepen", "sum of the basisgroepen"),
    ("som van de plaatsing", "sum of the children placed"),
    ("som van de oppervlakte in {#a}", "sum of the area in {a}"),
    (
        "som van de oppervlakte in buitenruimtes met ligging {=a}",
        "sum of the area in buitenruimtes with location {a}",
    ),
    (
        "som van de oppervlakte van ruimtes, gedeelde ruimtes een keer",
        "sum of the area of rooms, shared rooms once",
    ),
    ("geteld in de lijst kinderen", "counted in the list kinderen"),
    ("{a} in de plaatsing van de groepen", "{a} among the children placed in the groups"),
    ("kinderen van 0 en 1 jaar", "children of 0 and 1 years"),
    ("kinderen van 0 jaar, en misschien van 1,", "children of 0 years, and perhaps of 1,"),
    # Rooms and places
    ("een ruimte van soort slaapruimte bij deze voorziening", "a room of kind slaapruimte at this facility"),
    ("een ruimte die geen andere groep van de dagopvang gebruikt", "a room that no other day care group uses"),
    ("de ruimte van de groep is niet ingevuld", "the room of the group is not filled in"),
    ("ruimtes die een ander kindercentrum ook gebruikt", "rooms that another childcare centre uses as well"),
    ("geen dagopvang of bso", "no day care or out-of-school care"),
    ("lrk_nummer is niet ingevuld", "lrk_nummer is not filled in"),
    ("een andere voorziening heeft hetzelfde lrk_nummer", "another facility has the same lrk_nummer"),
    ("het lrk_nummer komt bij geen andere voorziening voor", "no other facility has this lrk_nummer"),
    # Councils, documents
    (
        "{#a} van elke {b} van deze voorziening, voor de vaststelling",
        "{a} of each {b} of this facility, before adoption",
    ),
    ("het woord schoolplan in titel of ondertitel", "the word schoolplan in title or subtitle"),
    ("kindercentra van de oudercommissie", "childcare centres of the parents' committee"),
    ("voorzieningen van de oudercommissie niet ingevuld", "facilities of the parents' committee not filled in"),
    (
        "de organisatie van elk kindercentrum van de oudercommissie",
        "the organisation of each childcare centre of the parents' committee",
    ),
    # Pupils, groups
    ("de groep hoort niet bij zo'n school", "the group does not belong to such a school"),
    ("leerlingen per school niet ingevuld", "pupils per school not filled in"),
    ("scholen met leerlingen in leerlingen_van", "schools with pupils in leerlingen_van"),
    ("leerlingen van {a} in leerlingen_van", "pupils of {a} in leerlingen_van"),
    (
        "soort van de groep of een roosterregel met regime {a}",
        "kind of the group or a roster line with regime {a}",
    ),
    # People
    ("volgt uit de peildatum", "follows from the reference date"),
    ("{#a} is ingevuld", "{a} is filled in"),
    ("{#a} ontbreekt", "{a} is missing"),
    ("roosterregels met rol {a}", "roster lines with role {a}"),
    ("geen roosterregel met rol {a}", "no roster line with role {a}"),
    ("beroepskracht_in_opleiding", "beroepskracht_in_opleiding"),
    ("voor deze voorziening is geen diplomalijst gelezen", "no list of diplomas was read for this facility"),
    ("een diploma dat kwalificeert voor {a}", "a diploma that qualifies for {a}"),
    ("pedagogisch_beleid", "pedagogical policy"),
    ("ve", "early education"),
    ("ve_in_opleiding", "early education, in training"),
    ("anders_gekwalificeerd", "other qualifications"),
    ("een opgegeven certificaat eerste hulp aan kinderen", "a first aid certificate for children that is filled in"),
    (
        "roosterregels als beroepskracht in opleiding met formatief ja",
        "roster lines as beroepskracht in opleiding with formatief ja",
    ),
    ("een groep met gesubsidieerde ve", "a group with subsidised early education"),
    (
        "een roosterregel als beroepskracht in een groep met gesubsidieerde ve",
        "a roster line as beroepskracht in a group with subsidised early education",
    ),
    ("de voorzieningen van werkt_bij en van het rooster", "the facilities of werkt_bij and of the roster"),
    # A day
    (
        "het rooster van deze dag is niet volledig verklaard (volledig.rooster)",
        "the roster of this day is not declared complete (volledig.rooster)",
    ),
    ("op deze dag staat niemand op het rooster", "nobody is on the roster on this day"),
    ("medewerkers op het rooster die meetellen", "employees on the roster who count"),
    ("kinderen op het rooster", "children on the roster"),
    ("volwassenen op het rooster", "adults on the roster"),
    (
        "minuten van deze dag met minder beroepskrachten dan vereist",
        "minutes of this day with fewer qualified childcare workers than required",
    ),
    (
        "vaste gezichten van de groep en wie die dag op haar rooster staat",
        "fixed faces of the group and who is on its roster that day",
    ),
    ("{a}; vul aan bij {b}", "{a}; fill in at {b}"),
    ("{#a}: {b}", "{a}: {b}"),
    ("meerderjarig", "meerderjarig"),
    ("diplomas", "diplomas"),
    ("roosterregel {#a}: rol", "roster line {a}: rol"),
    ("roosterregel {#a}: formatief", "roster line {a}: formatief"),
    ("roosterregel {#a}: {#b} staat tegelijk ergens anders", "roster line {a}: {b} is elsewhere at the same time"),
)
