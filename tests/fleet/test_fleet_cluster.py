"""A real Dask cluster: a scheduler and workers in processes of their own, some of which go."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ikec_compliance.fleet.cluster import Cluster
from ikec_compliance.fleet.pool import Limits
from ikec_compliance.fleet.task import FAILED
from ikec_compliance.model.errors import InputError
from tests.fleet import fleet_faults
from tests.fleet.fleet_faults import answer, items

pytest.importorskip("distributed")

PATH = os.pathsep.join([str(Path("src").absolute()), str(Path().absolute())])


def start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": PATH}, start_new_session=True,
    )  # fmt: skip


class Machines:
    """A scheduler with workers, as one would start them by hand; no nanny, so a worker that dies stays away."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.scheduler = self.start_scheduler()
        self.workers: list[subprocess.Popen[bytes]] = []

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        return start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port),
                     "--no-dashboard", "--no-show")  # fmt: skip

    def start_worker(self) -> None:
        self.workers.append(start("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny",
                                  "--no-dashboard", "--death-timeout", "20"))  # fmt: skip

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def machines() -> Iterator[Machines]:
    found = Machines()
    try:
        yield found
    finally:
        found.close()


def cluster(machines: Machines, factory: Any, settings: Any = None, patience: float = 30.0) -> Cluster:
    return Cluster(machines.address, factory, settings, Limits(), patience)


def test_workers_that_go_and_a_scheduler_that_goes_and_comes_back_lose_and_double_nothing(
    machines: Machines, tmp_path: Path
) -> None:
    machines.start_worker()
    machines.start_worker()
    work = cluster(machines, fleet_faults.Faulty, (str(tmp_path), {"kill": [3], "kill!": [11]}))
    found = []
    try:
        for outcome in work.outcomes(iter(items(60))):
            found.append(outcome)
            if len(found) == 15:  # one of two machines is switched off
                os.kill(machines.workers[0].pid, signal.SIGKILL)
            if len(found) == 35:  # and then the scheduler, with all it knew
                os.kill(machines.scheduler.pid, signal.SIGKILL)
                machines.scheduler.wait()
                machines.scheduler = machines.start_scheduler()
                machines.start_worker()
    finally:
        work.close()
    assert Counter(outcome.number for outcome in found) == Counter(range(60))
    failures = [outcome for outcome in found if outcome.state == FAILED]
    assert [outcome.number for outcome in failures] == [11] and "SIGKILL" in failures[0].message
    assert sorted((o for o in found if o.number != 11), key=lambda o: o.number) == [
        answer(item) for item in items(60) if item.number != 11
    ]


def test_a_worker_that_refuses_stops_the_run(machines: Machines) -> None:
    machines.start_worker()
    work = cluster(machines, fleet_faults.Refusing)
    with pytest.raises(InputError, match="andere regels"):
        list(work.outcomes(iter(items(3))))
    work.close()


def test_a_scheduler_that_is_not_there_is_one_line() -> None:
    work = Cluster("tcp://127.0.0.1:1", fleet_faults.Echo, None, Limits(), 0.5)
    start_time = time.monotonic()
    with pytest.raises(InputError, match="niet te bereiken"):
        list(work.outcomes(iter(items(1))))
    assert time.monotonic() - start_time < 20
    with pytest.raises(InputError, match="geen adres"):
        list(Cluster("geen adres", fleet_faults.Echo, None, Limits(), 0.5).outcomes(iter(items(1))))
