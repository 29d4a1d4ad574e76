"""Every bound the engine keeps, with its reason. What does not fit is refused, never truncated."""

from __future__ import annotations

CONDITIONS_PER_BUCKET = 48
"""One fact may match at most 64 conditions at once before durable-rules stops with error 303. Sixteen
buckets of 48 keep the worst case at 15 + 48 = 63. It also stays far below the 256 rules per condition
and the 512 conditions per node at which the library corrupts memory or never returns."""

BUCKETS = 16
"""More buckets would raise the worst case above 64."""

CONDITIONS_PER_RULESET = BUCKETS * CONDITIONS_PER_BUCKET
"""What the buckets can hold: 768."""

CONDITIONS_AIMED_AT = 16
"""A ruleset is closed once it would exceed this; a single rule may be larger. Small rulesets are quicker:
a fact is tested against every condition of its ruleset, and facts that agree on the few fields of a small
ruleset are matched once. Measured on 2,400 facts and 60 rules: a third less time than with 768."""

FIELDS_PER_FACT = 240
"""The library refuses a fact of 253 fields and more (error 302); id, type and bucket flags count too."""

COLUMN_ENDS_PER_RULESET = FIELDS_PER_FACT - BUCKETS - 2
"""Fields left for values when id, type and every bucket flag are there."""

RULES_PER_RULESET = 4096
"""Fixed array of the library (error 106). The sentinel counts."""

JOINS_PER_CONDITION = 27
"""Comparisons with another fact in one condition: the library has 31 places (then error 113), and the group
that must end such a condition takes four."""

FACTS_PER_SESSION = 512
"""Bounds the memory of one session to a few megabytes (about 6 KB per fact)."""

FACTS_PER_JOIN = 8192
"""A join cannot be cut into batches; 8192 facts take about 50 MB."""

CLAUSES_PER_RULE = CONDITIONS_PER_RULESET
"""A rule must fit in one ruleset. A typical rule of law takes 20 to 30 clauses, the largest (KO-PER-02, on who must be
in the personenregister with which VOG) some hundreds."""

CLAUSES_IN_BETWEEN = 2000
"""Clauses while a rule is multiplied out: absorption is quadratic, this many take about 0.1 s."""

MISSING_EVALUATIONS = 20_000
"""Verdicts tried while looking for the smallest set of questions; beyond it all open fields are asked."""

ENUMERATED_DOMAIN = 4096
"""Combinations of field values tried one by one; larger domains are represented by their thresholds."""

RULES_TO_SHARE = 24
"""From this many rules on two processes are quicker than one, where there are processors for them: a second costs
some 10 ms, a rule about half a millisecond."""

LOOKS_REMEMBERED = 256
"""Different looks of a fact of which a ruleset at work keeps the verdicts: some tens of kilobytes for each of the
hundreds of rulesets, at the very most."""
