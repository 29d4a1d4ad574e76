"""The engine: verdicts of rules on facts, out of durable-rules, with a reference evaluator beside it."""

from ikec_compliance.engine.durable import DurableEngine, Outcome
from ikec_compliance.engine.evaluation import Judge, evaluate, listed
from ikec_compliance.engine.explanation import Clause, Reading, Role, clauses, holding_exceptions, wording
from ikec_compliance.engine.joins import JoinEngine, pairs
from ikec_compliance.engine.missing import missing
from ikec_compliance.engine.reference import harmless, verdict
from ikec_compliance.engine.truth import Truth, effective_require, lapses, shifted, term_value, truth
from ikec_compliance.engine.validity import dated_atoms, valid_until
from ikec_compliance.engine.verify import verify
from ikec_compliance.engine.worker import run_isolated

__all__ = [
    "Clause",
    "DurableEngine",
    "JoinEngine",
    "Judge",
    "Outcome",
    "Reading",
    "Role",
    "Truth",
    "clauses",
    "dated_atoms",
    "effective_require",
    "evaluate",
    "harmless",
    "holding_exceptions",
    "lapses",
    "listed",
    "missing",
    "pairs",
    "run_isolated",
    "shifted",
    "term_value",
    "truth",
    "valid_until",
    "verdict",
    "verify",
    "wording",
]
