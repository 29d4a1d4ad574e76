import sys
from pathlib import Path
from ikec_compliance.rules.loader import load_rules
from ikec_compliance.model.errors import InputError
try:
    rs = load_rules(Path(sys.argv[1]))
    print(len(rs.versions), "versies geladen", rs.sha256[:8])
    try:
        from ikec_compliance.app.rule_tests import run_rule_tests
    except ImportError as e:
        print("engine nog niet klaar:", e); sys.exit(0)
    res = run_rule_tests(rs)
    for r in res:
        if not r.passed: print(r.place, r.rule, r.name, "verwacht", r.expected, "gevonden", r.found)
    print(sum(r.passed for r in res), "geslaagd", sum(not r.passed for r in res), "mislukt")
except InputError as e:
    for x in getattr(e, "errors", [e])[:20]: print(x)
    sys.exit(2)
