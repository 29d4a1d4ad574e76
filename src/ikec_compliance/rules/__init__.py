"""Rule files: loading, strict typing, and resolution for a date."""

from ikec_compliance.rules.loader import RuleVersion, load_rules
from ikec_compliance.rules.ruleset import RuleSet

__all__ = ["RuleSet", "RuleVersion", "load_rules"]
