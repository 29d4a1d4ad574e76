"""Workers of their own: whatever happens to one, every centre has exactly one outcome."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.fleet.pool import Limits, Pool
from ikec_compliance.fleet.task import CHECKED, FAILED, Outcome
from ikec_compliance.model.errors import InputError, InternalError
from tests.fleet import fleet_faults
from tests.fleet.fleet_faults import answer, items, numbers


def run(factory: Any, settings: Any, count: int, workers: int = 2, limits: Limits | None = None) -> list[Outcome]:
    with Pool(factory, settings, workers, limits or Limits()) as pool:
        return sorted(pool.outcomes(iter(items(count))), key=lambda outcome: outcome.number)


def gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("workers", [1, 3])
def test_every_centre_has_its_own_outcome(workers: int) -> None:
    assert run(fleet_faults.Echo, None, 20, workers) == [answer(item) for item in items(20)]


def test_no_centre_no_outcome() -> None:
    assert run(fleet_faults.Echo, None, 0) == []


def test_a_worker_that_dies_is_replaced_and_its_centre_done_again(tmp_path: Path) -> None:
    found = run(fleet_faults.Faulty, (str(tmp_path), {"kill": [2, 9]}), 12)
    assert found == [answer(item) for item in items(12)]
    assert {path.name for path in tmp_path.iterdir()} == {"kill-2", "kill-9"}  # it did die


def test_a_centre_that_kills_every_worker_is_reported_and_others_go_on(tmp_path: Path) -> None:
    found = run(fleet_faults.Faulty, (str(tmp_path), {"kill!": [4]}), 8)
    assert [outcome.number for outcome in found] == list(range(8))
    assert (found[4].state, found[4].exit) == (FAILED, 3)
    assert "SIGKILL" in found[4].message and "2 pogingen" in found[4].message
    assert [outcome for outcome in found if outcome.number != 4] == [answer(i) for i in items(8) if i.number != 4]


@pytest.mark.parametrize("fault", ["hang", "stop"])
def test_a_worker_that_hangs_is_ended_after_its_time(tmp_path: Path, fault: str) -> None:
    start = time.monotonic()
    found = run(fleet_faults.Faulty, (str(tmp_path), {f"{fault}!": [1]}), 4, limits=Limits(seconds=0.5))
    assert numbers(found) == [0, 1, 2, 3] and found[1].state == FAILED
    assert "0.5 seconden" in found[1].message
    assert time.monotonic() - start < 15


def test_a_centre_that_takes_all_memory_takes_only_its_worker(tmp_path: Path) -> None:
    limits = Limits(memory=600 << 20)
    found = run(fleet_faults.Faulty, (str(tmp_path), {"memory": [0], "memory!": [3]}), 5, 1, limits)
    assert [outcome.state == FAILED for outcome in found] == [False, False, False, True, False]
    assert "te weinig geheugen" in found[3].message
    assert found[0] == answer(items(1)[0])  # once was not enough


def test_killing_workers_from_outside_loses_and_doubles_nothing() -> None:
    with Pool(fleet_faults.Slow, None, 2, Limits()) as pool:
        found = []
        for outcome in pool.outcomes(iter(items(60))):
            found.append(outcome)
            if len(found) in (5, 25, 45):
                victim = pool._workers[len(found) % 2].process
                os.kill(victim.pid, signal.SIGKILL)
        assert Counter(outcome.number for outcome in found) == Counter(range(60))
        assert {outcome.state for outcome in found} == {CHECKED, "onleesbaar"}


def test_workers_are_renewed_after_so_many_centres() -> None:
    processes = set()
    with Pool(fleet_faults.Echo, None, 1, Limits(centres=4)) as pool:
        found = []
        for outcome in pool.outcomes(iter(items(10))):
            found.append(outcome)
            processes |= {worker.process.pid for worker in pool._workers}
        assert numbers(found) == list(range(10)) and len(processes) == 3


def test_no_worker_outlives_its_pool() -> None:
    with Pool(fleet_faults.Slower, None, 2, Limits()) as pool:
        next(pool.outcomes(iter(items(9))))
        processes = [worker.process.pid for worker in pool._workers]
    assert processes and all(gone(process) for process in processes)


def test_a_worker_that_refuses_its_settings_is_told_to_the_user() -> None:
    with pytest.raises(InputError, match="andere regels"):
        run(fleet_faults.Refusing, None, 3)


def test_workers_that_do_not_start_are_an_error_and_no_endless_loop() -> None:
    with pytest.raises(InternalError, match="SIGKILL"):
        run(fleet_faults.NotStarting, None, 3, 1)
