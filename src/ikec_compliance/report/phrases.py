"""The labels and set phrases of the text forms, Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from ikec_compliance.report.words import Pair

PHRASES: Mapping[str, Pair] = {
    # A rule by itself
    "valid": ("Geldt", "In force"),
    "valid_from": ("vanaf {day}", "from {day}"),
    "valid_until": (" tot en met {day}", " until {day}"),
    "checked_per": ("per {kind}, met {tests}", "per {kind}, with {tests}"),
    "open_norm": ("Open norm", "Open norm"),
    # Head
    "report": ("Controle van {name}", "Check of {name}"),
    "collisions_report": ("Botsingen tussen regels bij {name}", "Conflicts between rules at {name}"),
    "centre": ("Centrum", "Centre"),
    "on": ("Peildatum", "Date"),
    "on_source": ("{day} ({source})", "{day} ({source})"),
    "days": ("Rooster", "Roster"),
    "no_days": ("geen dagen getoetst", "no days checked"),
    "rules": ("Regels", "Rules"),
    "packaged": ("meegeleverd met het programma", "supplied with the program"),
    "folder": ("uit de map {path}", "from the folder {path}"),
    "fingerprint": ("{what}, kenmerk {hash}", "{what}, fingerprint {hash}"),
    "checked_against": ("Getoetst aan", "Checked against"),
    "outcome": ("Uitkomst", "Outcome"),
    "clean": ("geen overtredingen, waarschuwingen of open botsingen", "no violations, warnings or open conflicts"),
    "no_open": ("geen open botsingen", "no open conflicts"),
    "of_which_accepted": (" (waarvan {count} geaccepteerd)", " (of which {count} accepted)"),
    # Forms for CI
    "gate_conflict": ("Botsing tussen regimes. Bron: {articles}.", "Conflict between regimes. Source: {articles}."),
    "gate_stale": ("{message} Reden was: {reason} (door: {by}).", "{message} The reason was: {reason} (by: {by})."),
    "gate_stale_help": (
        "Verwijder de uitzondering, of neem haar opnieuw met een reden en een datum. Dit is geen norm van de wet.",
        "Remove the exception, or take it again with a reason and a date. This is no norm of law.",
    ),
    "gate_help": ("{what} (door: {who}). Bron: {articles}.", "{what} (by: {who}). Source: {articles}."),
    "gate_lid": ("lid", "par."),
    "gate_accepted": ("geaccepteerd tot en met {until}", "accepted until {until}"),
    "gate_known": ("al in de basislijn", "already in the baseline"),
    "gate_open": ("niet te bepalen", "cannot be determined"),
    "gate_review": ("te beoordelen", "to be judged"),
    "gate_title": ("Toets van {name}", "Check of {name}"),
    "gate_day": ("Peildatum {day}; {counts}.", "Date {day}; {counts}."),
    "gate_head": ("| regel | wat | artikel | plaats |", "| rule | what | article | place |"),
    "gate_first": ("; de eerste {count} staan hierboven", "; the first {count} stand above"),
    "gate_counts": (
        "{violations} overtredingen of botsingen, {warnings} waarschuwingen, {quiet} geaccepteerd of in de basislijn, "
        "{unknown} niet te bepalen, {review} te beoordelen",
        "{violations} violations or conflicts, {warnings} warnings, {quiet} accepted or in the baseline, "
        "{unknown} undetermined, {review} to be judged",
    ),
    # Findings
    "findings": ("Bevindingen", "Findings"),
    "no_findings": (
        "Geen bevindingen: wat getoetst kon worden, voldoet.",
        "No findings: what could be checked complies.",
    ),
    "nothing_checked": (
        "Er is niets getoetst: op deze datum geldt geen regel die is gelezen.",
        "Nothing was checked: no rule that was read is in force on this date.",
    ),
    "norm": ("Norm", "Norm"),
    "source": ("Bron", "Source"),
    "do": ("Doen", "To do"),
    "by": ("{what} (door: {who})", "{what} (by: {who})"),
    "see": ("Zie", "See"),
    "found": ("Gevonden", "Found"),
    "accepted": (
        "Geaccepteerd tot en met {until} door {by}: {reason}",
        "Accepted until {until} by {by}: {reason}",
    ),
    "exception_unknown": (
        "Misschien geldt een uitzondering: {text}",
        "An exception may hold: {text}",
    ),
    # Conflicts
    "collisions": ("Open botsingen tussen regels", "Open conflicts between rules"),
    "kind": ("Aard", "Kind"),
    "asked": ("Gevraagd", "Asked"),
    "for": ("voor {items}", "for {items}"),
    "restricts": ("Wie begrenst", "Who restricts"),
    "why": ("Waarom", "Why"),
    "proof": ("Bewijs", "Proof"),
    "core": (
        "kleinste set regels die niet samengaat: {items}",
        "smallest set of rules that does not go together: {items}",
    ),
    "witness": ("zonder {norm} kan het wel: {value}", "without {norm} it can be done: {value}"),
    "choice_of": ("keuze uit", "choice of"),
    "joint": ("samen toegestaan: {joint}", "allowed together: {joint}"),
    "own_value": ("nu bij uw centrum: {value}", "now at your centre: {value}"),
    "broken": ("in strijd met: {items}", "contrary to: {items}"),
    "ways_out": ("Wat wel mag", "Lawful ways out"),
    "smallest": ("Kleinste wijziging", "Smallest change"),
    "documented": ("Beschreven in", "Documented in"),
    "at_many": ("bij {number} {kind}: {items}", "at {number} {kind}: {items}"),
    "other_collisions": ("Overige samengevoegde onderwerpen", "Other merged subjects"),
    "no_collisions": (
        "Geen open botsingen tussen regels.",
        "No open conflicts between rules.",
    ),
    # Accepted findings that expired or that nothing needs
    "stale": ("Geaccepteerde bevindingen om na te lopen", "Accepted findings to look into"),
    "stale_mark": ("WAARSCHUWING", "WARNING"),
    "stale_reason": ("Reden was: {reason} (door: {by})", "The reason was: {reason} (by: {by})"),
    # Judgements
    "review": ("Te beoordelen door een mens", "To be judged by a person"),
    "waiting": (
        "{waiting} keer wacht op een oordeel, {judged} keer is er een oordeel dat nog geldt.",
        "{waiting} waiting for a judgement, {judged} with a judgement that still holds.",
    ),
    "judged": (
        "beoordeeld als ‘{verdict}’ door {by} op {on}, tot en met {until}",
        "judged ‘{verdict}’ by {by} on {on}, until {until}",
    ),
    "judgement_expired": ("oordeel van {by} verlopen op {until}", "judgement by {by} expired on {until}"),
    "none_judged": ("geen", "none"),
    # Questions
    "questions": ("Vragen die het meest beslissen", "Questions that decide most"),
    "decides": ("beslist {count}", "decides {count}"),
    "helps": ("helpt bij {count}", "helps with {count}"),
    "frees_one": ("beantwoord dit en 1 regel wordt beslisbaar", "answer this and 1 rule can be decided"),
    "frees": ("beantwoord dit en {count} regels worden beslisbaar", "answer this and {count} rules can be decided"),
    "more_questions": ("en nog {count} in het JSON-rapport", "and {count} more in the JSON report"),
    "no_questions": ("Geen: alle gegevens die nodig zijn, zijn ingevuld.", "None: all facts needed are there."),
    # Counts
    "counts": ("Aantallen", "Counts"),
    "regime": ("regels van", "rules of"),
    "total": ("totaal", "total"),
    "checked": ("Getoetst", "Checked"),
    "checked_text": (
        "{rules} op {subjects}, op {days} met {slices}",
        "{rules} on {subjects}, on {days} with {slices}",
    ),
    "harmless": (
        "{count} niet te bepalen is onschadelijk: of de regel geldt is onbekend, maar aan de eis is voldaan.",
        "{count} of the undetermined are harmless: whether the rule applies is unknown, but what it requires is met.",
    ),
    "verified": (
        "Alle uitkomsten zijn door een tweede, onafhankelijke berekening nagerekend en gelijk bevonden.",
        "All outcomes were recomputed by a second, independent calculation and found equal.",
    ),
    # Notices
    "notices": ("Let op", "Please note"),
    "lapses": ("Verloopt binnen 90 dagen", "Lapses within 90 days"),
    "until": ("voldoet tot en met {day}", "complies until {day}"),
    "not_in_force": ("Niet van kracht op deze datum", "Not in force on this date"),
    "without_subject": (
        "Van kracht, maar zonder onderwerp in dit centrum",
        "In force, but without subject in this centre",
    ),
    "read_until": ("Gelezen teksten, met de stand waarin elk is gelezen", "Texts read, each in the state of this day"),
    "own_words": ("Woorden van uw centrum en de term van de wet", "Your centre's own words and the term of the law"),
    # Explanation
    "explanation": ("Uitleg van {rule}: {title}", "Explanation of {rule}: {title}"),
    "subject": ("Onderwerp", "Subject"),
    "verdict": ("Uitkomst", "Verdict"),
    "severity": ("Gewicht", "Weight"),
    "applies": ("Wanneer de regel geldt", "When the rule applies"),
    "requires": ("Wat de regel eist", "What the rule requires"),
    "exception": ("Uitzondering {id}: {text}", "Exception {id}: {text}"),
    "exception_plain": ("Uitzondering {id}", "Exception {id}"),
    "always": ("altijd", "always"),
    "open": (
        "De regel is een open norm: een mens weegt of eraan is voldaan.",
        "The rule is an open norm: a person judges whether it is met.",
    ),
    "formula": ("berekening: {formula}", "calculation: {formula}"),
    "from": ("uit {places}", "from {places}"),
    "articles": ("Artikelen", "Articles"),
    "text_of": ("tekst van {day}", "text of {day}"),
    "exceptions": ("Uitzonderingen", "Exceptions"),
    "exception_state": ("{id} ({state}): {text}", "{id} ({state}): {text}"),
    "missing": ("Ontbrekende gegevens", "Missing facts"),
    "breaches": ("Tijdvakken", "Intervals"),
    "slices": ("tijdvakken getoetst: {count}", "intervals checked: {count}"),
    "judgement": ("Oordeel", "Judgement"),
    "reasoning": ("onderbouwing: {text}", "reasoning: {text}"),
    "and_more": ("en nog {count}", "and {count} more"),
    # Joint requirement
    "joint_title": ("Wat geldt voor {name} ({subject})", "What holds for {name} ({subject})"),
    "joint_numbers": ("Aantallen en keuzes", "Numbers and choices"),
    "joint_no_numbers": ("Geen enkele regel noemt hier een getal of keuze.", "No rule names a number or choice here."),
    "joint_binds": ("begrensd door {rules} ({law})", "bound by {rules} ({law})"),
    "joint_state": ("nu: {state}", "now: {state}"),
    "joint_impossible": (
        "Geen enkele waarde voldoet aan al deze regels samen.",
        "No value satisfies all these rules together.",
    ),
    "joint_times": (
        "Werktijden: regime, registratie, ratio en cao",
        "Hours: regime, registration, ratio and agreement",
    ),
    "joint_ratio": ("telt mee: {ratio}", "counts: {ratio}"),
    # Repairs
    "repair_title": ("Kleinste wijzigingen voor {name}", "Smallest changes for {name}"),
    "repair_best": ("Samen het goedkoopst", "Cheapest together"),
    "repair_nothing": (
        "Er is niets dat het programma kan wijzigen.",
        "There is nothing that the program can change.",
    ),
    "repair_options": ("Mogelijkheden per bevinding", "Options for each finding"),
    "repair_by_program": ("toepasbaar", "applicable"),
    "repair_by_people": ("zelf te doen", "for people to do"),
    "repair_decides": ("beslist: {who}; {text}", "decided by: {who}; {text}"),
    "repair_mends": ("verhelpt {items}", "mends {items}"),
    "repair_none": ("Alleen door mensen te verhelpen", "Only people can mend"),
    "repair_none_why": (
        "Hier helpt geen andere keuze of ander aantal: doe wat het rapport van ‘ikec check’ bij ‘Doen’ noemt.",
        "No other choice or number helps here: do what the report of ‘ikec check’ says.",
    ),
    "repair_written": ("Geschreven naar {path} en opnieuw getoetst.", "Written to {path} and checked again."),
    "repair_gone": ("verholpen ({count}): {items}", "mended ({count}): {items}"),
    "repair_unsure": (
        "niet te bepalen zolang de vacature niet vervuld is ({count}): {items}",
        "undetermined until the vacancy is filled ({count}): {items}",
    ),
    "repair_left": ("niet verholpen ({count}): {items}", "not mended ({count}): {items}"),
    "repair_new": ("nieuw ({count}): {items}", "new ({count}): {items}"),
    "repair_dropped": (
        "niet geschreven, want het zou een nieuwe bevinding geven: {change}",
        "not written, because it would give a new finding: {change}",
    ),
}

VIOLATIONS: tuple[Pair, Pair] = (("overtreding", "violation"), ("overtredingen", "violations"))
WARNINGS: tuple[Pair, Pair] = (("waarschuwing", "warning"), ("waarschuwingen", "warnings"))
COLLISIONS: tuple[Pair, Pair] = (("open botsing", "open conflict"), ("open botsingen", "open conflicts"))
STALE: tuple[Pair, Pair] = (
    ("verlopen of ongebruikte uitzondering", "acceptance that expired or is not used"),
    ("verlopen of ongebruikte uitzonderingen", "acceptances that expired or are not used"),
)
UNKNOWNS: tuple[Pair, Pair] = (("keer niet te bepalen", "undetermined"), ("keer niet te bepalen", "undetermined"))
REVIEWS: tuple[Pair, Pair] = (("keer te beoordelen", "to be judged"), ("keer te beoordelen", "to be judged"))
RULES: tuple[Pair, Pair] = (("regel", "rule"), ("regels", "rules"))
SUBJECTS: tuple[Pair, Pair] = (("onderwerp", "subject"), ("onderwerpen", "subjects"))
DAYS: tuple[Pair, Pair] = (("dag", "day"), ("dagen", "days"))
SLICES: tuple[Pair, Pair] = (("tijdvak", "interval"), ("tijdvakken", "intervals"))
OUTCOMES: tuple[Pair, Pair] = (("uitkomst", "verdict"), ("uitkomsten", "verdicts"))
