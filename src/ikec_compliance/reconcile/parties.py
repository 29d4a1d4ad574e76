"""Who asks: the act and the addressee of a norm, and which acts belong to one family."""

from __future__ import annotations

from ikec_compliance.centre.centre import Centre
from ikec_compliance.model.fact import Fact
from ikec_compliance.model.rule import Norm, ResolvedRule
from ikec_compliance.reconcile.subjects import MergedSubject, acts_of

_ADDRESSEES = {"onderwijs": "bevoegd gezag", "kinderopvang": "houder", "jeugdhulp": "jeugdhulpaanbieder",
               "gemeente": "gemeente", "huisregel": "centrum"}  # fmt: skip
_SCHOOL_ACTS = ("WEC", "WPO")


def default_norm(rule: ResolvedRule, fact: Fact, subject: MergedSubject, centre: Centre) -> Norm:
    """The norm of a rule that does not write one: its own requirement, of the act it cites, for its regime."""
    regime = rule.head.regime
    return Norm(
        act=_cited(rule, fact.subject, centre),
        addressee=_ADDRESSEES.get(regime, regime),
        modality="gebod",
        merges=(subject.kind,),
        quantities=(),
        constraint=None,
        shown="",
    )


def _cited(rule: ResolvedRule, subject: str, centre: Centre) -> str:
    """Of the acts a rule cites the one that holds for this voorziening, else the first."""
    laws = [source.law for source in rule.head.source]
    own = _own_acts(subject, centre)
    return next((law for law in laws if law in own), laws[0] if laws else rule.head.regime.upper())


def _own_acts(subject: str, centre: Centre) -> tuple[str, ...]:
    for part in subject.partition("@")[0].split("/"):
        prefix, _, id_ = part.partition(":")
        facility = centre.find("voorzieningen", id_) if prefix == "voorziening" else None
        if facility is not None:
            return acts_of(facility)
    return ()


def named_act(act: str, applied_to: str, centre: Centre) -> str:
    """Of several acts in one norm (``WPO/WEC``) the one that holds for this voorziening."""
    choices = [item.strip() for item in act.split("/")]
    if len(choices) > 1:
        for own in _own_acts(applied_to, centre):
            if own in choices:
                return own
    return act


def family_of(act: str, regime: str, applied_to: str, centre: Centre) -> str:
    """Acts that hold for the same voorziening are one family; the acts on the two kinds of school are two."""
    if regime != "onderwijs" or act in _SCHOOL_ACTS:
        return act if act in _SCHOOL_ACTS else regime
    return next((own for own in _own_acts(applied_to, centre) if own in _SCHOOL_ACTS), regime)


def possible_families(rule: ResolvedRule) -> frozenset[str]:
    """The families a rule may speak for, before it is known to what it applies."""
    if rule.head.regime != "onderwijs":
        return frozenset({rule.head.regime})
    cited = {source.law for source in rule.head.source} & set(_SCHOOL_ACTS)
    return frozenset(cited or _SCHOOL_ACTS)
