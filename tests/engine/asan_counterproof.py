"""A known defect of durable-rules on purpose: under AddressSanitizer this must be reported, or nothing was looked at.

Without the group that ends every joining condition (``joins.TAIL``) the library reads past its list of comparisons.
``tools/asan.sh`` runs this after the tests and wants a report of AddressSanitizer.
"""

from __future__ import annotations

from random import Random

from ikec_compliance.engine import JoinEngine, joins


def main() -> None:
    joins.TAIL = {"$ex": {"t": 1}}
    random = Random(3)
    with JoinEngine(["a", "b"], ["c", "d"]) as engine:
        for _ in range(150):
            engine.pairs([{name: random.randrange(-1, 2) for name in "abcd"} for _ in range(random.randrange(14))])


if __name__ == "__main__":
    main()
