"""What every part of a report is written with: the result, the words of a language, and the centre's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ikec_compliance.model.overview import Overview
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.result import BreachInterval, Report, VerdictLine
from ikec_compliance.model.rule import Source
from ikec_compliance.report.audience.own_words import OwnWords
from ikec_compliance.report.document.blocks import Link, Text, joined, text
from ikec_compliance.report.document.phrases import DAYS_SHORT, OBJECTS, SUBJECT_NOUNS
from ikec_compliance.report.findings import interval_text
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import EVIDENCE, Words, group_of

LONGEST = 600
"""Longer texts are cut: a name of a megabyte would return on every line."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as one reader reads it."""

    report: Report
    wording: Wording
    overview: Overview
    own: OwnWords

    @property
    def words(self) -> Words:
        """The words of the language."""
        return self.wording.words

    def say(self, key: str, **values: object) -> str:
        """A phrase with its values filled in."""
        return self.wording.say(key, **values)

    def cut(self, words: str, longest: int = LONGEST) -> str:
        """``words``, or their beginning with what was left out."""
        if len(words) <= longest:
            return words
        return words[:longest] + self.say("cut", count=len(words))

    def brief(self, words: str, longest: int) -> str:
        """``words``, or as many of them as fit before an ellipsis."""
        if len(words) <= longest:
            return words
        return (
            words[:longest].rpartition(" ")[0].rstrip(" ,;:") + " …"
            if " " in words[:longest]
            else f"{words[:longest]}…"
        )

    @property
    def name(self) -> str:
        """The centre's name."""
        return self.cut(self.report.receipt.centre_name, 120)

    def title(self, line: VerdictLine, seen: set[str] | None = None) -> str:
        """What a rule is about, in own words."""
        return self.own.speak(self.cut(line.title), line.regime, seen)

    def subject(self, line: VerdictLine) -> str:
        """What was checked."""
        return self.cut(line.subject_title, 200)

    def subjects(self, lines: Sequence[VerdictLine], most: int = 2) -> str:
        """The subjects by name when there are few, else their number."""
        names = list(dict.fromkeys(self.subject(line) for line in lines))
        return "; ".join(names) if len(names) <= most else self.say("places", count=len(names))

    def message(self, line: VerdictLine) -> str:
        """What was found, as a sentence."""
        return self.wording.capital(self.cut(line.message, 4 * LONGEST))

    def intervals(self, intervals: Iterable[BreachInterval]) -> str:
        """``08:30–12:30 (aanwezig: 1; nodig: 2)``, one after the other."""
        shown = ((f"{item.start}–{item.end}", self.cut(interval_text(item))) for item in intervals)
        return "; ".join(f"{hours} ({details})" if details else hours for hours, details in shown)

    def norm(self, line: VerdictLine, seen: set[str] | None = None) -> str:
        """The rule in one sentence, in own words."""
        return self.own.speak(self.wording.norms.get(line.rule, ""), line.regime, seen)

    def sources(self, sources: Iterable[Source]) -> Text:
        """The articles, each with a link to its text."""
        return joined(self._links(sources), "; ")

    def source(self, line: VerdictLine) -> Text:
        """The articles of a rule, with what is not read or binds less than law."""
        return text(self.sources(line.source), self.words.marks(line.evidence, line.binding))

    def verified(self, line: VerdictLine) -> str:
        """``gelezen, tekst van 1 juli 2024``."""
        day = min(source.state for source in line.source)
        return self.say("text_state", evidence=self.words.pick(EVIDENCE[line.evidence]), day=self.words.day(day))

    def place(self, location: Location) -> str:
        """``rooster.yaml, regel 12`` or ``rooster!C12``: where to look in the configuration."""
        if location.file.endswith("!"):
            return self.cut(str(location), 120)
        name = location.file.replace("\\", "/").rpartition("/")[2]
        return self.say("file_line", file=self.cut(name, 120), line=location.line)

    def day(self, day: date) -> str:
        """``ma 23 november 2026``."""
        return f"{self.words.pick(DAYS_SHORT[day.weekday()])} {self.words.day(day)}"

    def objects(self, subject_type: str, count: int) -> str:
        """``12 medewerkers``."""
        return self.wording.count(count, SUBJECT_NOUNS.get(subject_type, OBJECTS))

    def _links(self, sources: Iterable[Source]) -> list[Link]:
        found: dict[tuple[str, str], tuple[list[str], str]] = {}
        for source in sources:
            lids, _ = found.setdefault((source.law, source.article), ([], source.url))
            lids += [lid for part in source.lid.split(",") if (lid := part.strip()) and lid not in lids]
        links, last = [], ""
        for (law, article), (lids, url) in found.items():
            shown = self.words.article(article, lids)
            joint = " " if article[:1].isdigit() else ", "
            links.append(Link(shown if law == last else self.wording.laws.get(law, law) + joint + shown, url))
            last = law
        return links


def reading(report: Report, wording: Wording) -> Reading:
    """A report with its wording, ready to be put into parts."""
    overview = report.overview or Overview()
    return Reading(report, wording, overview, OwnWords(overview.glossary, wording.say("at_yours")))


def regime_lines(report: Report, regime: str) -> list[VerdictLine]:
    """The lines under a heading: a regime, or ``cao``."""
    return [line for line in report.verdicts if group_of(line) == regime]
