"""Facts: everything the rules read, derived from the configuration on a date, each with its provenance."""

from ikec_compliance.facts.base import FactBase, derive
from ikec_compliance.facts.period import Period as CheckPeriod

__all__ = ["CheckPeriod", "FactBase", "derive"]
