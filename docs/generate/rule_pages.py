"""A page per rule, with every version, and a list per regime."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from docs.generate.markdown import WORDS, bullets, day, link, page, plain, table
from ikec_compliance.engine.explanation import wording
from ikec_compliance.model.expr import And, Expr
from ikec_compliance.model.rule import ResolvedRule, RuleHead, Source, Status
from ikec_compliance.reconcile.frictions import Friction
from ikec_compliance.report.words import BINDINGS, EVIDENCE, GROUPS, STATUSES, groups_in_order
from ikec_compliance.rules.parameters import NoValue
from ikec_compliance.rules.ruleset import RuleSet
from ikec_compliance.rules.version import RuleVersion

FOLDER = "regels"
_EXPECTED = {"voldoet_niet": "voldoet niet", "niet_te_bepalen": "niet te bepalen", "te_beoordelen": "te beoordelen",
             "niet_van_toepassing": "niet van toepassing"}  # fmt: skip


def rule_pages(rules: RuleSet, frictions: Sequence[Friction]) -> Iterator[tuple[str, str]]:
    """(path, Markdown) of every page."""
    versions: dict[str, list[RuleVersion]] = {}
    for version in rules.versions:
        versions.setdefault(version.head.id, []).append(version)
    for id_, mine in sorted(versions.items()):
        mine.sort(key=lambda item: item.head.valid.first, reverse=True)
        yield f"{FOLDER}/{id_}.md", _rule(mine, rules, frictions)
    regimes = groups_in_order([version.head.regime for version in rules.versions])
    for regime in regimes:
        heads = [mine[0].head for mine in versions.values() if mine[0].head.regime == regime]
        yield f"{FOLDER}/{regime}.md", _regime(regime, heads, rules)
    rows = [
        (
            link(WORDS.of(GROUPS, regime), f"{regime}.md"),
            str(sum(v[0].head.regime == regime for v in versions.values())),
        )
        for regime in regimes
    ]
    yield f"{FOLDER}/index.md", page("Regels", [f"{len(versions)} regels, elk met een eigen bladzijde."],
                                     table(("Regime", "Regels"), rows))  # fmt: skip


def _regime(regime: str, heads: Sequence[RuleHead], rules: RuleSet) -> str:
    parts: list[str] = []
    for theme in dict.fromkeys(head.theme for head in heads):
        parts += [f"## {plain(theme[:1].upper() + theme[1:])}"]
        rows = [
            (link(head.id, f"{head.id}.md"), plain(head.title) + _mark(head), _articles(head.source, rules))
            for head in heads
            if head.theme == theme
        ]
        parts += table(("Regel", "Titel", "Bron"), rows)
    return page(WORDS.of(GROUPS, regime), parts)


def _mark(head: RuleHead) -> str:
    return "" if head.status is Status.PUBLISHED else f" ({WORDS.pick(STATUSES[head.status])})"


def _rule(versions: Sequence[RuleVersion], rules: RuleSet, frictions: Sequence[Friction]) -> str:
    newest, head = versions[0], versions[0].head
    resolved, on = _resolved(newest, rules)
    type_ = rules.vocabulary.types[head.subject]
    facts = [
        ("Regime", link(WORDS.of(GROUPS, head.regime), f"{head.regime}.md")),
        ("Thema", plain(head.theme)),
        ("Getoetst per", plain(type_.title)),
        ("Gewicht", WORDS.severity(head.severity).lower()),
        ("Kracht", WORDS.pick(BINDINGS[head.binding])),
        ("Bewijs", WORDS.pick(EVIDENCE[newest.weakest_evidence()])),
        ("Status", WORDS.pick(STATUSES[head.status])),
        ("Geldt", _valid(newest)),
    ]
    parts = [plain(head.text["nl"]), *table(("Kenmerk", "Waarde"), facts), "## Bron", *_sources(head.source, rules)]
    if head.open_norm:
        parts += ["## Open norm", "", plain(head.open_norm)]
    if resolved is not None:
        parts += _content(resolved, on, rules)
    parts += ["## Wat te doen", "", f"{plain(head.repair_what)} (door: {plain(head.repair_who)})"]
    parts += _collisions(resolved, frictions)
    rows = [(plain(test.name), day(test.date), _EXPECTED.get(test.expect, test.expect)) for test in head.tests]
    parts += ["## Toetsen van deze regel", *table(("Toets", "Datum", "Verwacht"), rows)]
    if len(versions) > 1:
        earlier = [f"{_valid(version)}: {plain(version.head.text['nl'])}" for version in versions[1:]]
        parts += ["## Eerdere versies", *bullets(earlier)]
    parts += ["", f"Staat in `{head.place.file}`, regel {head.place.line}."]
    return page(f"{head.id}: {head.title}", ["", *parts])


def _valid(version: RuleVersion) -> str:
    valid = version.head.valid
    until = f" tot en met {day(valid.last)}" if valid.last is not None else ""
    since = "vanaf" if version.from_known else "gelezen vanaf"
    return f"{since} {day(valid.first)}{until}"


def _resolved(version: RuleVersion, rules: RuleSet) -> tuple[ResolvedRule | None, date]:
    """The version with its newest numbers, and the day from which these hold."""
    days = {version.head.valid.first}
    for values in version.parameters.values.values():
        days.update(value.valid.first for value in values)
    for on in sorted((item for item in days if version.head.valid.holds(item)), reverse=True):
        try:
            return version.resolve(on, rules.vocabulary, rules.laws), on
        except NoValue:
            continue
    return None, version.head.valid.first


def _content(rule: ResolvedRule, on: date, rules: RuleSet) -> Iterator[str]:
    yield "## Wanneer de regel geldt"
    yield from bullets(plain(text) for text in _conjuncts(rule.applies))
    if rule.require is not None:
        yield "## Wat de regel eist"
        yield from bullets(plain(text) for text in _conjuncts(rule.require))
    if rule.exceptions:
        yield "## Uitzonderingen"
        for item in rule.exceptions:
            yield f"### {plain(item.id)}"
            yield ""
            yield f"{plain(item.text)} ({_articles(item.source, rules)})"
            yield ""
            yield "Geldt als:"
            yield from bullets(plain(text) for text in _conjuncts(item.applies))
            if item.require is not None:
                yield "Dan is de eis:"
                yield from bullets(plain(text) for text in _conjuncts(item.require))
            else:
                yield "Dan is de regel niet van toepassing."
    if rule.parameters:
        yield "## Getallen van de wet"
        yield from table(
            ("Naam", "Waarde", "Vanaf", "Bron"),
            [
                (plain(value.name.replace("_", " ")), plain(value.shown), day(value.valid.first),
                 _articles(value.source, rules))
                for value in rule.parameters
            ],
        )  # fmt: skip
        yield f"De waarden zijn die van {day(on)}."


def _conjuncts(expr: Expr) -> list[str]:
    if isinstance(expr, And) and expr.items:
        return [text for item in expr.items for text in _conjuncts(item)]
    return [wording(expr)]


def _collisions(rule: ResolvedRule | None, frictions: Sequence[Friction]) -> list[str]:
    """The documented frictions that a norm of the rule takes part in."""
    if rule is None or rule.norm is None:
        return []
    norm = rule.norm
    names = {quantity.name for quantity in norm.quantities}
    found = [
        link(f"{item.id}: {item.title['nl']}", f"../botsingen/{item.id}.md")
        for item in frictions
        if any(item.about(merge, name) for merge in norm.merges for name in names) and _takes_part(norm.act, item)
    ]
    return ["## Botsingen waaraan deze regel meedoet", *bullets(found)] if found else []


def _takes_part(act: str, friction: Friction) -> bool:
    return any(act in group for group in friction.parties) or any(act == free.act for free in friction.free)


def _articles(sources: Sequence[Source], rules: RuleSet) -> str:
    return plain(WORDS.sources(sources, _titles(rules)))


def _titles(rules: RuleSet) -> Mapping[str, str]:
    return {code: law.title for code, law in rules.laws.by_code.items()}


def _sources(sources: Sequence[Source], rules: RuleSet) -> list[str]:
    titles = _titles(rules)
    return bullets(
        f"{link(WORDS.sources([source], titles), source.url)}, tekst van {day(source.state)}"
        + (f" ({plain(source.note)})" if source.note else "")
        for source in sources
    )
