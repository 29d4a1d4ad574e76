from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from random import Random

import pytest
from engine_cases import FIELDS, FLAGS, atom, exception, fact, random_fact, random_rule, random_value, rule, term
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ikec_compliance.engine import Role, Truth, clauses, holding_exceptions, missing, valid_until, verdict, wording
from ikec_compliance.model.expr import ALWAYS, NEVER, And, Atom, Not, Op, Or, Period, Ref, Term, atoms
from ikec_compliance.model.fact import ABSENT, UNKNOWN_PARTNER, Fact, Provenance
from ikec_compliance.model.rule import ResolvedRule
from ikec_compliance.model.value import UNKNOWN, UNKNOWN_FLAG, known
from ikec_compliance.model.verdict import Verdict

TODAY = date(2026, 11, 23)


def fields(item: ResolvedRule, probe: Fact) -> list[str]:
    parts = [item.applies, *([item.require] if item.require else [])]
    for exc in item.exceptions:
        parts += [exc.applies, *([exc.require] if exc.require else [])]
    paths = {ref.path for part in parts for one in atoms(part) for _, ref in one.term.parts}
    return sorted(path for path in paths if probe.value(path)[0] != probe.value(path)[1])


class TestClauses:
    def test_each_conjunct_with_its_values(self) -> None:
        origin = Provenance("geteld in het rooster")
        probe = replace(
            fact({"a": 1, "x": 4, "y": (2, 6), "e": UNKNOWN_FLAG}, partners={"plan": ABSENT}), provenance={"x": origin}
        )
        item = rule(
            And((atom("x", Op.LE, 5), And((Or((atom("y", Op.GE, 3), atom("plan.aanwezig"))), Not(atom("a")))))),
            atom("a"),
            [exception(atom("e"), id="u1"), exception(atom("a"), atom("x", Op.GE, 9), "u2")],
        )
        found = clauses(item, probe)
        assert [(c.role, c.exception, c.text, c.truth) for c in found] == [
            (Role.APPLIES, "", "a == 1", Truth.TRUE),
            (Role.REQUIRE, "", "x <= 5", Truth.TRUE),
            (Role.REQUIRE, "", "y >= 3 of plan.aanwezig == 1", Truth.UNKNOWN),
            (Role.REQUIRE, "", "niet (a == 1)", Truth.FALSE),
            (Role.EXCEPTION, "u1", "e == 1", Truth.UNKNOWN),
            (Role.EXCEPTION, "u2", "a == 1", Truth.TRUE),
            (Role.REPLACEMENT, "u2", "x >= 9", Truth.FALSE),
        ]
        assert [(r.path, r.value) for r in found[2].readings] == [("y", (2, 6)), ("plan.aanwezig", (0, 0))]
        assert found[1].readings[0].provenance is origin
        assert holding_exceptions(item, probe) == ("u2",)

    def test_wording(self) -> None:
        assert wording(Atom(Term(((2, Ref("x")), (-1, Ref("plan.y")))), Op.LE, 3)) == "2 × x - plan.y <= 3"
        assert wording(Atom(term((-1, "x"), "y"), Op.LE, 3)) == "-x + y <= 3"
        assert wording(Or((And((atom("a"), atom("b"))), atom("c")))) == "(a == 1 en b == 1) of c == 1"
        assert (wording(ALWAYS), wording(NEVER), wording(Atom(Term(()), Op.EQ, 0))) == ("altijd", "nooit", "0 == 0")

    def test_a_purely_open_norm_has_no_require_clause(self) -> None:
        assert [c.role for c in clauses(rule(None, atom("a"), open_norm="x"), fact({"a": 1}))] == [Role.APPLIES]


class TestMissing:
    @pytest.mark.parametrize(
        ("item", "values", "expected"),
        [
            (rule(atom("r"), atom("a")), {"a": (0, 1), "r": (0, 1)}, ("a", "r")),
            (rule(atom("r"), atom("a")), {"a": 1, "r": (0, 1)}, ("r",)),
            (rule(atom("r"), atom("a")), {"a": (0, 1), "r": 1}, ("a",)),
            (rule(atom("r"), atom("a")), {"a": 1, "r": 1}, ()),
            (rule(And((atom("r"), atom("s")))), {"r": (0, 1), "s": (0, 1)}, ("r", "s")),
            (rule(And((atom("r"), atom("s")))), {"r": (0, 1), "s": 0}, ()),
            # Met or not applicable: the exception need not be asked.
            (rule(atom("r"), atom("a"), [exception(atom("e"))]), {"a": (0, 1), "e": (0, 1), "r": 1}, ("a",)),
            (rule(atom("r"), atom("a"), [exception(atom("e"))]), {"a": 1, "e": (0, 1), "r": 0}, ("e",)),
            (rule(None, atom("a"), [exception(atom("e"))], open_norm="x"), {"a": (0, 1), "e": (0, 1)}, ("a", "e")),
            (
                rule(atom("r"), exceptions=[exception(atom("k"), atom("s"))]),
                {"k": (0, 1), "r": 1, "s": (0, 1)},
                ("k", "s"),
            ),
            # Both outcomes of the exception agree once one field is known.
            (rule(atom("r"), exceptions=[exception(atom("k"), atom("r"))]), {"k": (0, 1), "r": (0, 1)}, ("r",)),
            (rule(atom("r"), exceptions=[exception(atom("k"), atom("s"))]), {"k": (0, 1), "r": 1, "s": 0}, ("k",)),
            # One field that settles all branches beats two that settle one.
            (
                rule(Or((And((atom("m"), atom("a"))), And((Not(atom("m")), atom("a")))))),
                {"m": (0, 1), "a": (0, 1)},
                ("a", "m"),
            ),
            (
                rule(Or((atom("m", Op.LE, 3), And((atom("m", Op.GE, 2), atom("a")))))),
                {"m": UNKNOWN, "a": (0, 1)},
                ("a", "m"),
            ),
            (rule(Or((atom("m", Op.LE, 3), atom("m", Op.GE, 4)))), {"m": UNKNOWN}, ("m",)),
            # Ties go by name: either alone decides.
            (rule(atom("x", Op.LE, 5), Or((atom("a", Op.NE), atom("a")))), {"a": (0, 1), "x": 3}, ("a",)),
        ],
    )
    def test_by_hand(self, item: ResolvedRule, values: dict[str, object], expected: tuple[str, ...]) -> None:
        assert missing(item, fact(values)) == expected

    def test_ties_go_by_name(self) -> None:
        same = Atom(term((1, "z"), (-1, "b")), Op.NE, 0)  # known of neither, and either alone leaves it open
        item = rule(Or((same, atom("a"))))
        assert missing(item, fact({"z": UNKNOWN, "b": UNKNOWN, "a": (0, 1)})) == ("a", "b", "z")
        either = rule(Or((And((atom("y"), atom("x"))), And((Not(atom("y")), Not(atom("x")))))))
        assert missing(either, fact({"x": (0, 1), "y": (0, 1)})) == ("x", "y")

    def test_an_unknown_partner_is_asked_for(self) -> None:
        item = rule(And((atom("plan.aanwezig"), atom("plan.a", Op.GE, 2))))
        probe = fact({}, partners={"plan": UNKNOWN_PARTNER})
        assert missing(item, probe) == ("plan.a", "plan.aanwezig")

    def test_dates_with_open_ends(self) -> None:
        parts = ((1, Ref("peildatum")), (-1, Ref("vastgesteld_op", Period(months=48))))
        item = rule(Atom(Term(parts), Op.LE, 0), atom("a"))
        probe = fact({"peildatum": TODAY.toordinal(), "vastgesteld_op": UNKNOWN, "a": UNKNOWN_FLAG})
        assert missing(item, probe) == ("a", "vastgesteld_op")

    def test_many_open_fields_are_found_at_once(self) -> None:
        names = [f"onderdelen~{number:02d}" for number in range(40)]
        item = rule(And(tuple(atom(name) for name in names)), atom("a"))
        probe = fact({"a": 1, **{name: UNKNOWN_FLAG for name in names}})
        assert missing(item, probe) == tuple(names)

    def test_a_search_that_is_too_large_asks_everything(self) -> None:
        names = [f"x{number:02d}" for number in range(24)]
        halves = tuple(Or((atom(one), Not(atom(two)))) for one, two in zip(names, names[1:] + names[:1], strict=True))
        item = rule(And(halves))
        assert missing(item, fact({name: UNKNOWN_FLAG for name in names})) == tuple(names)

    @settings(max_examples=250, deadline=None)
    @given(random=st.randoms(use_true_random=False))
    def test_smallest_against_brute_force(self, random: Random) -> None:
        def small() -> Atom:
            kind, op = random.random(), random.choice(list(Op))
            if kind < 0.6:
                return Atom(term((random.choice((1, 1, -1, 2)), random.choice(FIELDS))), op, random.randrange(-4, 5))
            if kind < 0.8:
                return atom(random.choice(FLAGS), Op.EQ, random.randrange(2))
            one, two = random.sample(FIELDS, 2)
            return Atom(term(one, (random.choice((-1, 1, 2)), two)), op, random.randrange(-4, 5))

        values = {name: known(random.randrange(-3, 4)) for name in FIELDS if random.random() < 0.4}
        for name in FIELDS:
            low = random.randrange(-3, 3)
            values.setdefault(name, (low, low + random.randrange(1, 3)))
        values |= {name: random_value(random, flag=True) for name in FLAGS}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("engine_cases.random_atom", lambda _: small())
            item = random_rule(random, 1)
        probe = fact(values)
        expected: tuple[str, ...] = ()
        if verdict(item, probe) is Verdict.UNDECIDED:
            expected = next(
                chosen
                for size in range(9)
                for chosen in combinations(fields(item, probe), size)
                if all(
                    verdict(item, self.completed(probe, chosen, numbers)) is not Verdict.UNDECIDED
                    for numbers in product(*(range(values[n][0], values[n][1] + 1) for n in chosen))
                )
            )
        assert missing(item, probe) == expected

    @settings(max_examples=300, deadline=None)
    @given(seed=st.integers(0, 2**32))
    def test_the_answer_decides_over_open_domains(self, seed: int) -> None:
        random = Random(seed)
        item, probe = random_rule(random, 1), random_fact(random, 1)
        probe = replace(probe, partners={"plan": fact({"a": random_value(random), "dag": known(739650)}, "p", "plan")})
        assume(verdict(item, probe) is Verdict.UNDECIDED)
        chosen = missing(item, probe)
        assert set(chosen) <= set(fields(item, probe)) and chosen
        own = [name for name in chosen if "." not in name]
        assume(own == list(chosen))
        for _ in range(40):
            numbers = []
            for name in own:
                low, high = probe.value(name)
                near = [n for n in (*range(-12, 13), 739600, 739650, 739700, -(10**6), 10**6) if low <= n <= high]
                numbers.append(random.choice(near))
            assert verdict(item, self.completed(probe, chosen, numbers)) is not Verdict.UNDECIDED

    @staticmethod
    def completed(probe: Fact, names: tuple[str, ...], numbers: object) -> Fact:
        return replace(probe, values={**probe.values, **dict(zip(names, map(known, numbers), strict=True))})


class TestValidUntil:
    AGREED = date(2023, 3, 2)

    def probe(self, **values: object) -> Fact:
        return fact({"peildatum": TODAY.toordinal(), "vastgesteld_op": self.AGREED.toordinal(), **values})

    def within(self, period: Period) -> Atom:
        """``peildatum`` is before ``vastgesteld_op`` plus a period."""
        return Atom(Term(((1, Ref("peildatum")), (-1, Ref("vastgesteld_op", period)))), Op.LT, 0)

    def test_a_plan_of_four_years(self) -> None:
        assert valid_until(rule(self.within(Period(months=48))), self.probe()) == date(2027, 3, 1).toordinal()

    def test_the_first_of_several_ends(self) -> None:
        item = rule(And((self.within(Period(months=48)), self.within(Period(months=60)))))
        assert valid_until(item, self.probe()) == date(2027, 3, 1).toordinal()
        either = rule(Or((self.within(Period(months=48)), self.within(Period(months=60)))))
        assert valid_until(either, self.probe()) == date(2028, 3, 1).toordinal()

    def test_an_exception_that_starts_or_ends(self) -> None:
        until = date(2027, 1, 1).toordinal()
        lapses = rule(ALWAYS, exceptions=[exception(atom("peildatum", Op.GE, until))])
        assert valid_until(lapses, self.probe()) == until - 1
        replaced = rule(NEVER, exceptions=[exception(atom("peildatum", Op.LE, until), ALWAYS)])
        assert valid_until(replaced, self.probe()) == until

    def test_never(self) -> None:
        assert valid_until(rule(atom("a")), self.probe(a=1)) is None
        assert valid_until(rule(Or((self.within(Period(months=48)), atom("a")))), self.probe(a=1)) is None
        assert valid_until(rule(Not(self.within(Period(months=1)))), self.probe()) is None
        assert valid_until(rule(self.within(Period(months=1))), self.probe()) is None
        assert valid_until(rule(self.within(Period(months=48))), self.probe(peildatum=UNKNOWN)) is None
        assert valid_until(rule(atom("a")), fact({"a": 1})) is None

    def test_today_moved_by_months(self) -> None:
        moved = Atom(Term(((-1, Ref("peildatum", Period(months=1))), (1, Ref("einde")))), Op.GE, 0)
        item, end = rule(moved), date(2027, 2, 28)
        # 28, 29, 30 and 31 January all become 28 February.
        assert valid_until(item, self.probe(einde=end.toordinal())) == date(2027, 1, 31).toordinal()

    def test_today_against_itself(self) -> None:
        month = Atom(Term(((1, Ref("peildatum", Period(months=1))), (-1, Ref("peildatum")))), Op.GE, 29)
        # November to January have 30 or 31 days ahead; from 31 January the next month is 28 days away.
        assert valid_until(rule(month), self.probe()) == date(2027, 1, 30).toordinal()

    @settings(max_examples=150, deadline=None)
    @given(seed=st.integers(0, 2**32))
    def test_against_stepping_day_by_day(self, seed: int) -> None:
        random, today = Random(seed), TODAY.toordinal()

        def dated() -> Atom:
            op, bound = random.choice(list(Op)), random.randrange(-60, 61)
            shift = random.choice((Period(), Period(months=1), Period(months=-2, days=5), Period(days=20)))
            kind = random.random()
            if kind < 0.25:
                return atom(random.choice(FLAGS), Op.EQ, 1)
            if kind < 0.5:
                return Atom(
                    Term(((random.choice((1, -1)), Ref("peildatum", shift)),)),
                    op,
                    random.choice((1, -1)) * (today + bound),
                )
            sign = random.choice((1, -1))
            return Atom(Term(((sign, Ref("peildatum", shift)), (-sign, Ref("begin", shift)))), op, bound)

        begin = today + random.randrange(-60, 61)
        probe = self.probe(
            f=random.randrange(2),
            g=random.choice((0, 1, UNKNOWN_FLAG)),
            begin=random.choice(((begin, begin), (begin, begin + 30), UNKNOWN)),
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("engine_cases.random_atom", lambda _: dated())
            items = [random_rule(random, number) for number in range(60)]
        item = next((item for item in items if verdict(item, probe) is Verdict.PASSES), None)
        assume(item is not None)
        expected = None
        for ahead in range(1, 400):
            later = replace(probe, values={**probe.values, "peildatum": known(today + ahead)})
            if verdict(item, later) is not Verdict.PASSES:
                expected = (TODAY + timedelta(days=ahead - 1)).toordinal()
                break
        found = valid_until(item, probe)
        assert found == expected or (expected is None and found is not None and found >= today + 399)
