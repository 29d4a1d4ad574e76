"""Which rules and facts can speak of a merged subject, found once for all subjects of a centre."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ikec_compliance.facts.base import FactBase
from ikec_compliance.model.fact import Absent, Fact
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.reconcile.candidates import fields_read, meeting_rules
from ikec_compliance.reconcile.frictions import Friction
from ikec_compliance.reconcile.sharing import Sharing, merged_lists, owned, titles
from ikec_compliance.reconcile.subjects import MergedSubject


class Attachments:
    """Rules and facts by merged subject."""

    def __init__(self, rules: Sequence[ResolvedRule], facts: FactBase, frictions: Sequence[Friction] = ()) -> None:
        vocabulary = facts.context.vocabulary
        self.facts = facts
        self.frictions = frictions
        self.rules = meeting_rules(rules, vocabulary)
        self._titles = titles(vocabulary)
        self._lists = {rule.id: {key for _, key in fields_read(rule, vocabulary)} for rule in self.rules}
        # Facts by type and first part of their subject, each with its place in the order of the type.
        self._by_type: dict[str, dict[str, list[tuple[int, Fact]]]] = {}
        self._covered: dict[tuple[str, str], list[Fact]] = {}
        documents = facts.context.centre.records("documenten")
        self._merged_documents = {f"document:{item.id}" for item in documents if len(item.get("soorten")) > 1}

    def rules_for(self, subject: MergedSubject) -> list[ResolvedRule]:
        """The rules whose norm names this kind of merge, and those without a norm that read what it shares."""
        lists = merged_lists(subject)
        return [
            rule
            for rule in self.rules
            if (subject.kind in rule.norm.merges if rule.norm is not None else lists & self._lists[rule.id])
        ]

    def covered(self, subject: MergedSubject, rule: ResolvedRule) -> list[Fact]:
        """The facts of a rule's type that stand for the subject or its members, in order."""
        name = rule.head.subject
        key = (subject.id, name)
        if key not in self._covered:
            if name not in self._by_type:
                parts: dict[str, list[tuple[int, Fact]]] = {}
                for number, fact in enumerate(self.facts.of_type(name)):
                    first = fact.subject.partition("@")[0].partition("/")[0]
                    parts.setdefault(first, []).append((number, fact))
                self._by_type[name] = parts
            by_part = self._by_type[name]
            found = [item for member in subject.members for item in by_part.get(member, ())]
            found = [item for item in found if subject.covers(item[1].subject)]
            self._covered[key] = [fact for _, fact in sorted(found, key=lambda item: item[0])]
        return self._covered[key]

    def attached(self, subject: MergedSubject, rule: ResolvedRule) -> Iterator[Fact]:
        """The facts through which a rule speaks of the merged subject."""
        quantities = rule.norm.quantities if rule.norm is not None else ()
        named = next((quantity.field for quantity in quantities if quantity.field), "")
        vocabulary = self.facts.context.vocabulary
        partner = vocabulary.types[rule.head.subject].partners.get(named.partition(".")[0])
        for fact in self.covered(subject, rule):
            if partner is not None and partner.type == "document":
                other = fact.partners[partner.name]
                name = None if isinstance(other, Absent) else other.subject
                if subject.record.key == "documenten":
                    # The voorziening may have its schoolplan elsewhere; only an unknown one may still be this document.
                    unknown = isinstance(other, Absent) and not other.known
                    if name != subject.id and not (unknown and partner.argument in subject.record.get("soorten")):
                        continue
                elif name in self._merged_documents and subject.kind == "plan" and not subject.declared:
                    continue  # that document is itself the merged subject
            yield fact

    def sharing(self, subject: MergedSubject) -> Sharing:
        """How fields are called: as a norm of this merge calls them, so that rules without a norm meet it."""
        countings = {
            (quantity, counting): friction.countings[0]
            for friction in self.frictions
            if friction.merge == subject.kind
            for quantity in friction.quantities
            for counting in friction.countings
        }
        return Sharing(subject, self.facts.context, self._names(subject), countings, self._titles)

    def _names(self, subject: MergedSubject) -> Mapping[str, tuple[str, str]]:
        names: dict[str, tuple[str, str]] = {}
        for rule in self.rules:
            if rule.norm is None or subject.kind not in rule.norm.merges:
                continue
            for quantity in rule.norm.quantities:
                plain = quantity.field and not quantity.choices
                fact = next(iter(self.covered(subject, rule)), None) if plain else None
                item = None if fact is None else owned(quantity.field, fact, self.facts.context.vocabulary)
                if item is not None:
                    names.setdefault(item.key, (quantity.name, quantity.counting))
        return names
