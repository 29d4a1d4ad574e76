"""How a rule's conditions, the values found and the questions about them read: Dutch pattern, English pattern.

The Dutch sides are those of ``rules/sides.py``, ``rules/expressions.py``, ``engine/explanation.py`` and of the lines
that ``app/`` makes of them.
"""

from __future__ import annotations

from ikec_compliance.report.words import Pair

CONDITIONS: tuple[Pair, ...] = (
    # Comparisons
    ("{a} is hoogstens {b}", "{a} is at most {b}"),
    ("{a} is ten minste {b}", "{a} is at least {b}"),
    ("{a} is minder dan {b}", "{a} is less than {b}"),
    ("{a} is meer dan {b}", "{a} is more than {b}"),
    ("{a} is niet later dan {b}", "{a} is not later than {b}"),
    ("{a} is niet eerder dan {b}", "{a} is not earlier than {b}"),
    ("{a} is eerder dan {b}", "{a} is earlier than {b}"),
    ("{a} is later dan {b}", "{a} is later than {b}"),
    ("{a} is niet {b}", "{a} is not {b}"),
    ("{a} is {b}", "{a} is {b}"),
    ("{a}: {b}", "{a}: {b}"),
    ("hoogstens {a}", "at most {a}"),
    ("ten minste {a}", "at least {a}"),
    ("minder dan {a}", "less than {a}"),
    ("meer dan {a}", "more than {a}"),
    ("niet later dan {a}", "not later than {a}"),
    ("niet eerder dan {a}", "not earlier than {a}"),
    ("eerder dan {a}", "earlier than {a}"),
    ("later dan {a}", "later than {a}"),
    ("tussen {a} en {b}", "between {a} and {b}"),
    ("niet {a}", "not {a}"),
    ("er is {a}", "there is {a}"),
    ("{a} is er", "there is {a}"),
    # Connectives, partners, sums
    ("{a} en {b}", "{a} and {b}"),
    ("{a} of {b}", "{a} or {b}"),
    ("({a})", "({a})"),
    ("{a} ({b})", "{a} ({b})"),
    ("{a} [{b}]", "{a} [{b}]"),
    ("niet ({a})", "not ({a})"),
    ("{a} + {b}", "{a} + {b}"),
    ("{a} - {b}", "{a} - {b}"),
    ("{a} x {b}", "{a} x {b}"),
    ("{a} per {b}", "{a} per {b}"),
    ("{a}, {b}", "{a}, {b}"),
    ("{a}; {b}", "{a}; {b}"),
    ("{a} → {b}", "{a} → {b}"),
    ("altijd", "always"),
    ("nooit", "never"),
    ("ja", "yes"),
    ("nee", "no"),
    ("onbekend", "unknown"),
    # Messages
    ("Ontbreekt: {a}.", "Missing: {a}."),
    ("Niet aanwezig: {a}.", "Not present: {a}."),
    ("Niet voldaan: {a}.", "Not met: {a}."),
    ("{a}; nodig: {b}.", "{a}; needed: {b}."),
    ("Uitzondering: {a}", "Exception: {a}"),
    ("Niet van toepassing.", "Not applicable."),
    (
        "De bron van deze regel is niet bevestigd: laat een mens oordelen.",
        "The source of this rule is not confirmed: let a person judge.",
    ),
    # Breaches
    ("afwijking", "deviation"),
    ("{a} van {b} uur gebruikt", "{a} of {b} hours used"),
    ("{a} uur; afwijken mag op deze dag niet", "{a} hours; no deviation is allowed on this day"),
    # Questions
    ("Is er {a}?", "Is there {a}?"),
    ("Vul in: {a}.", "Fill in: {a}."),
    ("Bevat dit het onderdeel '{a}'?", "Does this contain the part '{a}'?"),
    (
        "Vul het rooster van {a} aan en zet die dag in volledig.rooster.",
        "Complete the roster of {a} and put that day in volledig.rooster.",
    ),
    ("{a} Vul aan bij {b}.", "{a} Fill in at {b}."),
    ("Vul aan bij {b}.", "Fill in at {b}."),
    ("rooster", "roster"),
    # Why a rule is not evaluated
    ("concept", "draft"),
    ("aangekondigd, niet in werking", "announced, not in force"),
    ("ingetrokken", "withdrawn"),
    ("nog niet in werking", "not yet in force"),
    ("oudere tekst niet gelezen", "older text not read"),
    ("vervallen na {#a}", "lapsed after {a}"),
    ("de parameter '{#a}' heeft op deze datum geen waarde", "the parameter '{a}' has no value on this date"),
    # What was said of acceptances and judgements
    (
        "De geaccepteerde bevinding {#a} bij {#b} gold tot en met {c}; {d}.",
        "The accepted finding {a} at {b} held until {c}; {d}.",
    ),
    ("de bevinding telt weer mee", "the finding counts again"),
    (
        "verwijder de uitzondering als zij niet meer nodig is",
        "remove the exception if it is no longer needed",
    ),
    (
        "De geaccepteerde bevinding {#a} bij {#b} bestaat niet (meer): verwijder de uitzondering.",
        "The accepted finding {a} at {b} does not exist (any more): remove the exception.",
    ),
    (
        "De geaccepteerde bevinding {#a} bij {#b} bestaat niet (meer): verwijder de uitzondering; bedoelt u '{=c}'?",
        "The accepted finding {a} at {b} does not exist (any more): remove the exception; do you mean '{c}'?",
    ),
    ("Geaccepteerde bevinding is verlopen", "Accepted finding has expired"),
    ("Uitzondering wordt niet gebruikt", "Exception is not used"),
    # Notices
    (
        "Op {a} kan de wet anders luiden dan de teksten die voor deze regels zijn gelezen; "
        "wat na hun datum veranderde is niet meegewogen.",
        "On {a} the law may read otherwise than the texts that were read for these rules; "
        "what changed after their date was not taken into account.",
    ),
    (
        "Ontheffingen zijn ingevuld, maar geen regel die nu geldt gebruikt ze: zij veranderen geen oordeel.",
        "Exemptions are filled in, but no rule now in force uses them: they change no verdict.",
    ),
    (
        "In de regelmap staan geen regels over {a}: daarop is niet getoetst.",
        "The rule folder has no rules on {a}: that was not checked.",
    ),
    ("kinderopvang", "childcare"),
    (
        "Medewerker {#a} heeft geen werkt_bij en staat niet op het rooster: "
        "de regels over personen zijn voor deze medewerker niet getoetst.",
        "Employee {a} has no werkt_bij and is not on the roster: "
        "the rules about persons were not checked for this employee.",
    ),
    (
        "{=a}: van de Wet op het primair onderwijs zijn alleen de regels gelezen die voor een IKEC nodig zijn; "
        "voor een gewone basisschool ontbreken regels.",
        "{a}: of the Wet op het primair onderwijs only the rules needed for an IKEC were read; "
        "for an ordinary primary school rules are missing.",
    ),
    (
        "De botsing {#a} is geaccepteerd door {=b} tot en met {c}: {=d}",
        "The conflict {a} is accepted by {b} until {c}: {d}",
    ),
    (
        "Het oordeel over {#a} bij {#b} is van na de peildatum en telt nog niet.",
        "The judgement on {a} at {b} is later than the reference date and does not count yet.",
    ),
    (
        "Het oordeel over {#a} bij {#b} hoort bij geen enkele toets: controleer regel en onderwerp.",
        "The judgement on {a} at {b} belongs to no check: verify rule and subject.",
    ),
    (
        "Alleen botsingen tussen regels zijn berekend; ‘ikec check’ toetst ook elke regel apart.",
        "Only conflicts between rules were computed; ‘ikec check’ also checks each rule by itself.",
    ),
    (
        "{#a}: de eerste {b} kleinste botsingen en {c} kleinste oplossingen zijn berekend; er zijn er meer.",
        "{a}: the first {b} smallest conflicts and {c} smallest solutions were computed; there are more.",
    ),
)
