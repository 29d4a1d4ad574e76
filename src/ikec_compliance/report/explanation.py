"""The text of ``ikec explain``: one verdict clause by clause, with articles and where each value came from."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.model.place import Location
from ikec_compliance.model.result import Clause, VerdictLine
from ikec_compliance.model.verdict import Verdict
from ikec_compliance.report.findings import interval_text, repair_text
from ikec_compliance.report.layout import Page
from ikec_compliance.report.text import judged
from ikec_compliance.report.wording import Wording
from ikec_compliance.report.words import TRUTHS

# A value such as "children present" may stand on dozens of roster lines.
_PLACES = 4


def render_explanation(line: VerdictLine, wording: Wording, colour: bool = False) -> str:
    """Everything about one verdict, at most 100 columns wide (links excepted)."""
    words, page = wording.words, Page(colour)
    page.title(wording.say("explanation", rule=line.rule, title=line.title))
    verdict = words.verdict(line.verdict) + words.marks(line.evidence, line.binding)
    if line.valid_until is not None:
        verdict += f"; {wording.say('until', day=words.day(line.valid_until))}"
    fields = [("subject", f"{line.subject_title} ({line.subject})"), ("verdict", verdict)]
    if norm := wording.norms.get(line.rule):
        fields.append(("norm", norm))
    if line.verdict is not Verdict.PASSES:  # there the message only repeats the norm
        fields.append(("found", line.message))
    if line.is_finding:
        fields.append(("do", repair_text(line, wording)))
    fields.append(("see", wording.place(line.location)))
    width = max(len(wording.say(key)) for key, _ in fields) + 2
    for key, text in fields:
        page.field(wording.say(key), wording.capital(text) if key == "found" else text, 0, width)
    if line.accepted is not None:
        accepted = line.accepted
        page.write(wording.say("accepted", until=words.day(accepted.until), by=accepted.by, reason=accepted.reason))
    _write_clauses(page, line, wording)
    _write_rest(page, line, wording)
    _write_articles(page, line, wording)
    return page.text()


def _write_clauses(page: Page, line: VerdictLine, wording: Wording) -> None:
    roles = list(dict.fromkeys(["geldt", "eis", *(clause.role for clause in line.clauses)]))
    texts = {exception.id: exception.text for exception in line.exceptions}
    for role in roles:
        own = [clause for clause in line.clauses if clause.role == role]
        if role == "geldt":
            page.heading(wording.say("applies"))
        elif role == "eis":
            page.heading(wording.say("requires"))
        elif texts.get(role):
            page.heading(wording.say("exception", id=role, text=texts[role]))
        else:
            page.heading(wording.say("exception_plain", id=role))
        for clause in own:
            _write_clause(page, clause, wording)
        if not own:
            page.write(wording.say("always" if role == "geldt" else "open"))


def _write_clause(page: Page, clause: Clause, wording: Wording) -> None:
    truth = wording.words.of(TRUTHS, clause.truth)
    style = {"waar": ("green",), "onwaar": ("red",)}.get(clause.truth, ("yellow",))
    indent = 2 * clause.depth
    page.write(clause.text, indent, f"[{truth}]".ljust(max(len(pair[0]) for pair in TRUTHS.values()) + 3), style)
    for value in clause.values:
        page.write(f"{value.title}: {value.shown}", indent + 4, "- ")
        if value.formula and not value.path.partition("~")[0].endswith(value.formula):
            page.write(wording.say("formula", formula=value.formula), indent + 6)
        if value.places:
            page.write(wording.say("from", places=_places(value.places, wording)), indent + 6)


def _places(places: Sequence[Location], wording: Wording) -> str:
    shown = [wording.place(place) for place in places[:_PLACES]]
    left = len(places) - len(shown)
    return ", ".join(shown) + (f" {wording.say('and_more', count=left)}" if left else "")


def _write_rest(page: Page, line: VerdictLine, wording: Wording) -> None:
    words = wording.words
    if line.exceptions:
        page.heading(wording.say("exceptions"))
        for item in line.exceptions:
            state = {"geldt": words.pick(("geldt", "holds"))}.get(item.state, words.of(TRUTHS, item.state))
            law = words.sources(item.source, wording.laws)
            page.write(wording.say("exception_state", id=item.id, state=state, text=item.text) + f" ({law})", 0, "• ")
    if line.intervals or line.slices:
        page.heading(wording.say("breaches"))
        for interval in line.intervals:
            page.write(interval_text(interval), 0, f"{interval.start}–{interval.end}  ")
        page.write(wording.say("slices", count=line.slices))
    if line.missing:
        page.heading(wording.say("missing"))
        for fact in line.missing:
            page.write(f"{fact.question} ({fact.subject}, {fact.path}; {wording.place(fact.location)})", 0, "• ")
    if line.judgement is not None:
        page.heading(wording.say("judgement"))
        page.write(wording.capital(judged(line, wording)))
        page.write(wording.say("reasoning", text=line.judgement.reasoning))


def _write_articles(page: Page, line: VerdictLine, wording: Wording) -> None:
    words = wording.words
    page.heading(wording.say("articles"))
    for source in line.source:
        day = wording.say("text_of", day=words.day(source.state))
        page.write(f"{words.sources([source], wording.laws)} ({day})", 0, "• ")
        for text in (source.url, source.note):
            if text:
                page.write(text, 2)
