import faulthandler
import os
import signal
import time
from collections.abc import Callable
from random import Random

import pytest
from engine_cases import PLACE, atom, fact, random_fact, random_rule, rule

from ikec_compliance.engine import evaluate, run_isolated
from ikec_compliance.engine.durable import DurableEngine
from ikec_compliance.engine.limits import RULES_TO_SHARE
from ikec_compliance.engine.worker import run_side_by_side
from ikec_compliance.model.errors import InputError, InternalError


def no_children() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def raising(error: BaseException) -> object:
    raise error


def dying(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(30)


def test_the_result_comes_back() -> None:
    assert run_isolated(lambda a, b: {"som": a + b}, 2, 3, seconds=20) == {"som": 5}
    assert run_isolated(os.getpid, seconds=20) != os.getpid()
    assert run_isolated(lambda: None, seconds=20) is None
    assert no_children()


def test_a_large_result_comes_back_whole() -> None:
    assert run_isolated(lambda: bytes(range(256)) * 40_000, seconds=20) == bytes(range(256)) * 40_000


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_is_an_error_message(number: signal.Signals, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InternalError, match=rf"vastgelopen \({number.name}\)") as caught:
        run_isolated(lambda: (faulthandler.disable(), dying(number)), seconds=20)
    assert "\n" not in str(caught.value)
    assert no_children()
    assert capfd.readouterr() == ("", "")


def test_a_silent_exit_is_an_error_message() -> None:
    with pytest.raises(InternalError, match="afgesloten met code 7"):
        run_isolated(lambda: os._exit(7), seconds=20)
    assert no_children()


def test_a_hang_is_stopped_in_time() -> None:
    start = time.monotonic()
    with pytest.raises(InternalError, match=r"na 0\.3 seconden niet klaar"):
        run_isolated(time.sleep, 60, seconds=0.3)
    assert time.monotonic() - start < 5
    assert no_children()


def test_a_hang_that_ignores_signals_is_stopped_too() -> None:
    def stubborn() -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            pass

    with pytest.raises(InternalError, match="niet klaar"):
        run_isolated(stubborn, seconds=0.2)
    assert no_children()


def test_an_input_error_stays_one() -> None:
    with pytest.raises(InputError) as caught:
        run_isolated(raising, InputError("regel klopt niet", PLACE), seconds=20)
    assert (caught.value.message, caught.value.location) == ("regel klopt niet", PLACE)
    assert str(caught.value) == "regels.yaml:3:5: regel klopt niet"


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (InternalError("de regelmachine meldt een fout"), "^de regelmachine meldt een fout$"),
        (ValueError("kapot\nwerk"), r"mislukt \(ValueError: kapot werk\)"),
        (MemoryError(), "MemoryError"),
        (SystemExit(0), "SystemExit"),
    ],
)
def test_any_other_error_is_internal(error: BaseException, message: str) -> None:
    with pytest.raises(InternalError, match=message):
        run_isolated(raising, error, seconds=20)
    assert no_children()


def test_a_result_that_cannot_travel_is_internal() -> None:
    with pytest.raises(InternalError, match="mislukt"):
        run_isolated(lambda: lambda: 1, seconds=20)


def test_no_descriptor_is_left_open() -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        run_isolated(int, seconds=20)
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("fail", [lambda *_: os.kill(os.getpid(), signal.SIGKILL), lambda *_: time.sleep(60)])
def test_a_failing_engine_never_gives_verdicts(fail: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DurableEngine, "rows", fail)
    with pytest.raises(InternalError):
        evaluate([rule(atom("x"))], [fact({"x": 1})], seconds=0.5)
    assert no_children()


def test_children_work_at_the_same_time_and_answer_in_order() -> None:
    start = time.monotonic()
    found = run_side_by_side(lambda number: (time.sleep(0.5), number)[1], [(3,), (1,), (2,)], seconds=20)
    assert found == [3, 1, 2]
    assert time.monotonic() - start < 1.4
    assert run_side_by_side(os.getpid, [], seconds=20) == []
    assert no_children()


def test_one_failure_stops_them_all() -> None:
    before = len(os.listdir("/proc/self/fd"))
    start = time.monotonic()
    with pytest.raises(InputError, match="tweede"):
        run_side_by_side(
            lambda number: raising(InputError("tweede", PLACE)) if number == 2 else time.sleep(30 * (number - 1)),
            [(1,), (2,), (3,)],
            seconds=30,
        )
    with pytest.raises(InternalError, match="SIGSEGV"):
        run_side_by_side(
            lambda number: (faulthandler.disable(), dying(number)), [(signal.SIGSEGV,), (signal.SIGKILL,)], seconds=30
        )
    assert time.monotonic() - start < 10
    assert no_children()
    assert len(os.listdir("/proc/self/fd")) == before


def test_the_time_limit_is_for_all_together() -> None:
    start = time.monotonic()
    with pytest.raises(InternalError, match=r"na 0\.5 seconden"):
        run_side_by_side(lambda _: time.sleep(60), [(1,), (2,), (3,)], seconds=0.5)
    assert time.monotonic() - start < 5
    assert no_children()


@pytest.mark.parametrize("processors", [1, 2, 8])
def test_shared_work_gives_the_same_verdicts(processors: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ikec_compliance.engine.evaluation._processors", lambda: processors)
    random = Random(5)
    rules = [random_rule(random, n, ("groep", "document"), 1) for n in range(RULES_TO_SHARE + 7)]
    facts = [random_fact(random, n, random.choice(("groep", "document", "ruimte"))) for n in range(30)]
    assert evaluate(rules, facts, seconds=60, check=True) == evaluate(rules, facts)
    assert evaluate(rules, [], seconds=60) == []
    assert no_children()
