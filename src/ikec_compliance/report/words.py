"""The words of a report, Dutch and English: verdicts, evidence, legal force, classes, states, dates. Nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import VerdictLine
from ikec_compliance.model.rule import Binding, Evidence, Severity, Source, Status
from ikec_compliance.model.verdict import Verdict

Language = Literal["nl", "en"]
Pair = tuple[str, str]

LANGUAGES: tuple[Language, ...] = ("nl", "en")

VERDICTS: Mapping[Verdict, Pair] = {
    Verdict.FAILS: ("voldoet niet", "does not comply"),
    Verdict.UNDECIDED: ("niet te bepalen", "cannot be determined"),
    Verdict.REVIEW: ("te beoordelen", "to be judged"),
    Verdict.PASSES: ("voldoet", "complies"),
    Verdict.NOT_APPLICABLE: ("niet van toepassing", "not applicable"),
}

EVIDENCE: Mapping[Evidence, Pair] = {
    Evidence.READ: ("gelezen", "read"),
    Evidence.OLDER: ("oudere tekst", "older text"),
    Evidence.SECONDARY: ("secundair", "secondary source"),
    Evidence.UNCONFIRMED: ("onbevestigd", "unconfirmed"),
}

BINDINGS: Mapping[Binding, Pair] = {
    Binding.WET: ("wet", "act"),
    Binding.AMVB: ("besluit", "decree"),
    Binding.REGELING: ("ministeriële regeling", "ministerial regulation"),
    Binding.VERORDENING: ("verordening", "by-law"),
    Binding.BELEIDSREGEL: ("beleidsregel", "policy rule"),
    Binding.CAO: ("cao", "collective agreement"),
    Binding.RICHTSNOER: ("richtsnoer", "guidance"),
    Binding.TOEZICHTPRAKTIJK: ("toezichtpraktijk", "supervisory practice"),
    Binding.HUISREGEL: ("huisregel", "house rule"),
}

SEVERITIES: Mapping[Severity, Pair] = {
    Severity.ERROR: ("OVERTREDING", "VIOLATION"),
    Severity.WARNING: ("WAARSCHUWING", "WARNING"),
}

# An open conflict is no violation: the choice to integrate has to change, or its form.
CONFLICT_SEVERITIES: Mapping[Severity, Pair] = {
    Severity.ERROR: ("BOTSING", "CONFLICT"),
    Severity.WARNING: ("WAARSCHUWING", "WARNING"),
}

STATUSES: Mapping[Status, Pair] = {
    Status.DRAFT: ("concept", "draft"),
    Status.ANNOUNCED: ("aangekondigd", "announced"),
    Status.PUBLISHED: ("gepubliceerd", "published"),
    Status.WITHDRAWN: ("ingetrokken", "withdrawn"),
}

CLASSES: Mapping[str, Pair] = {
    "tegenstrijdig": (
        "tegenstrijdig: geen enkele keuze voldoet aan alle regels samen",
        "contradictory: no choice meets all the rules together",
    ),
    "voorwaardelijk": (
        "kan samen, maar alleen binnen wat alle regels toelaten",
        "possible together, but only within what all the rules allow",
    ),
    "dubbel": (
        "dubbel: hetzelfde wordt twee keer gevraagd, zonder tegenspraak",
        "double: the same is asked twice, without contradiction",
    ),
    "te_beoordelen": ("nog te beoordelen", "to be judged"),
}

CLASSES_SHORT: Mapping[str, Pair] = {
    "tegenstrijdig": ("tegenstrijdig", "contradictory"),
    "voorwaardelijk": ("voorwaardelijk", "conditional"),
    "dubbel": ("dubbel", "double"),
    "te_beoordelen": ("te beoordelen", "to be judged"),
}

STATES: Mapping[str, Pair] = {
    "open": ("open", "open"),
    "voldaan": ("opgelost", "met"),
    "onbekend": ("onbekend", "unknown"),
}

TRUTHS: Mapping[str, Pair] = {
    "waar": ("waar", "true"),
    "onwaar": ("onwaar", "false"),
    "onbekend": ("onbekend", "unknown"),
}

MODALITIES: Mapping[str, Pair] = {
    "gebod": ("vraagt", "requires"),
    "verbod": ("begrenst", "limits"),
    "verlof": ("staat toe", "permits"),
}

# Rules of a cao, of the municipality and of the centre itself are reported apart from law.
GROUPS: Mapping[str, Pair] = {
    "onderwijs": ("Onderwijs (toezicht: Inspectie van het Onderwijs)", "Education (Inspectie van het Onderwijs)"),
    "kinderopvang": ("Kinderopvang (toezicht: GGD)", "Childcare (GGD)"),
    "jeugdhulp": ("Jeugdhulp (toezicht: IGJ)", "Youth care (IGJ)"),
    "cao": ("Cao (geen wet)", "Collective agreement (not law)"),
    "gemeente": ("Gemeente (lokale regels)", "Municipality (local rules)"),
    "huisregel": ("Huisregels van het centrum (geen wet)", "House rules of the centre (not law)"),
}

REGIMES: Mapping[str, Pair] = {
    "onderwijs": ("onderwijs", "education"),
    "kinderopvang": ("kinderopvang", "childcare"),
    "jeugdhulp": ("jeugdhulp", "youth care"),
    "cao": ("cao", "collective agreement"),
    "gemeente": ("gemeente", "municipality"),
    "huisregel": ("huisregels", "house rules"),
}

MONTHS: Sequence[Pair] = (
    ("januari", "January"), ("februari", "February"), ("maart", "March"), ("april", "April"), ("mei", "May"),
    ("juni", "June"), ("juli", "July"), ("augustus", "August"), ("september", "September"), ("oktober", "October"),
    ("november", "November"), ("december", "December"),
)  # fmt: skip

# Where the date of a check came from, as the receipt says it.
ORIGINS: Mapping[str, Pair] = {
    "optie --on": ("optie --on", "option --on"),
    "peildatum van het centrum": ("peildatum van het centrum", "reference date of the centre"),
    "vandaag": ("vandaag", "today"),
}

STALE_TITLES: Mapping[str, Pair] = {
    "verlopen": ("Geaccepteerde bevinding is verlopen", "Accepted finding has expired"),
    "ongebruikt": ("Uitzondering wordt niet gebruikt", "Exception is not used"),
}

# At which level a repair is decided.
LEVELS: Mapping[str, Pair] = {
    "directeur": ("directeur", "director"),
    "bestuur": ("bestuur", "board"),
    "raad": ("raad", "council"),
    "gemeente": ("gemeente", "municipality"),
    "ministerie": ("ministerie", "ministry"),
}

_FIRM = (Binding.WET, Binding.AMVB, Binding.REGELING)


def group_of(line: VerdictLine) -> str:
    """The heading a verdict stands under: its regime, or ``cao``."""
    return "cao" if line.binding is Binding.CAO else line.regime


def groups_in_order(names: Sequence[str]) -> list[str]:
    """The groups that occur, law first; one without a word of its own comes last."""
    order = list(GROUPS)
    return sorted(set(names), key=lambda name: (order.index(name) if name in order else len(order), name))


@dataclass(frozen=True, slots=True)
class Words:
    """The words in one language. A code without a word is shown as it is, with spaces."""

    language: Language = "nl"

    def pick(self, pair: Pair) -> str:
        """The half of a pair in this language."""
        return pair[LANGUAGES.index(self.language)]

    def of(self, table: Mapping[str, Pair], code: str) -> str:
        """The word for a code of a table."""
        pair = table.get(code)
        return self.pick(pair) if pair else code.replace("_", " ")

    def verdict(self, verdict: Verdict) -> str:
        """``voldoet niet``."""
        return self.pick(VERDICTS[verdict])

    def severity(self, severity: Severity) -> str:
        """``OVERTREDING`` or ``WAARSCHUWING``."""
        return self.pick(SEVERITIES[severity])

    def conflict_severity(self, severity: Severity) -> str:
        """``BOTSING`` or ``WAARSCHUWING``."""
        return self.pick(CONFLICT_SEVERITIES[severity])

    def marks(self, evidence: Evidence, binding: Binding) -> str:
        """`` [secundair] [richtsnoer]``: what is not read, and what binds less than law; else nothing."""
        found = [] if evidence is Evidence.READ else [self.pick(EVIDENCE[evidence])]
        found += [] if binding in _FIRM else [self.pick(BINDINGS[binding])]
        return "".join(f" [{mark}]" for mark in found)

    def day(self, day: date) -> str:
        """``23 november 2026``."""
        return f"{day.day} {self.pick(MONTHS[day.month - 1])} {day.year}"

    def days(self, days: Sequence[date]) -> str:
        """``23 november 2026 tot en met 27 november 2026``; a single day as itself."""
        if len(days) == 1:
            return self.day(days[0])
        first, last = days[0], days[-1]
        start = self.day(first) if first.year != last.year else self.day(first).rsplit(" ", 1)[0]
        if (first.year, first.month) == (last.year, last.month):
            start = str(first.day)
        return f"{start} {self.pick(('tot en met', 'to'))} {self.day(last)}"

    def sources(self, sources: Sequence[Source], laws: Mapping[str, str]) -> str:
        """The articles, per law under its full title: ``Wet X art. 7 lid 2 en 4, art. 8; Besluit Y, bijlage 1``."""
        found: dict[str, dict[str, list[str]]] = {}
        for source in sources:
            lids = found.setdefault(source.law, {}).setdefault(source.article, [])
            lids += [lid for part in source.lid.split(",") if (lid := part.strip()) and lid not in lids]
        shown = []
        for law, articles in found.items():
            joint = " " if next(iter(articles))[:1].isdigit() else ", "
            between = "; " if any("," in article for article in articles) else ", "
            shown.append(laws.get(law, law) + joint + between.join(self.article(*item) for item in articles.items()))
        return "; ".join(shown)

    def article(self, article: str, lids: Sequence[str]) -> str:
        """``art. 7 lid 2 en 4``; an annex or chapter is named as it is."""
        text = f"art. {article}" if article[:1].isdigit() else article
        return f"{text} {self.pick(('lid', 'par.'))} {self.listing(lids)}" if lids else text

    def listing(self, items: Sequence[str]) -> str:
        """``a, b en c``."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.pick(('en', 'and'))} {items[-1]}"

    def count(self, number: int, one: Pair, many: Pair) -> str:
        """``1 overtreding`` or ``3 overtredingen``; thousands with a point (Dutch) or comma."""
        digits = f"{number:,}"
        shown = digits.replace(",", ".") if self.language == "nl" else digits
        return f"{shown} {self.pick(one if number == 1 else many)}"


def words_in(lang: str) -> Words:
    """The words of a language by its code."""
    return Words(next(item for item in LANGUAGES if item == lang))
