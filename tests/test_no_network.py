"""The program needs no network: every command gives the same with a network that refuses everything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rule_files import folder as rule_folder
from tests.rule_files import rules_text, write
from tests.support import base

ROOT = Path(__file__).resolve().parents[1]

# Run before the program in every Python it starts, also in the engine's child process.
GUARD = """
import os, sys

_REFUSED = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
            "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "urllib.Request",
            "http.client.connect", "ftplib.connect", "smtplib.connect")


def _guard(event, arguments):
    if event in _REFUSED:
        with open(os.environ["IKEC_NETWORK_LOG"], "a") as log:
            log.write(f"{event} {arguments[1:]}\\n")
        raise OSError(f"no network: {event}")


sys.addaudithook(_guard)
with open(os.environ["IKEC_NETWORK_LOG"] + ".started", "a") as log:
    log.write(f"{os.getpid()}\\n")
"""

# With rules of a few lines: what a command reads and writes does not depend on how many there are.
COMMANDS = [
    "check c.yaml --rules rules --verify --format json",
    "check c.yaml --rules rules --format html",
    "check c.yaml --rules rules --format sarif",
    "check c.yaml --rules rules --format xlsx --output r.xlsx",
    "report c.yaml --rules rules --for directie",
    "conflicts c.yaml --rules rules --check-certificates",
    "repair c.yaml --rules rules",
    "diff c.yaml c.yaml --rules rules",
    "rules lint --rules rules",
    "rules test --rules rules",
    "bkr dagopvang 3 2 4 1 --rules rules",
    "export c.yaml c.xlsx",
    "import c.xlsx --output uit",
]


@pytest.fixture(scope="module")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zonder-netwerk")
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    write(rule_folder(folder), rules_text())
    voorziening = {"id": "kdv", "soort": "dagopvang", "organisatie": "houder", "kindplaatsen": 40}
    (folder / "c.yaml").write_text(json.dumps(base(voorzieningen=[voorziening])), encoding="utf-8")
    return folder


def python(guard: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """A run under the guard, and what it tried."""
    log = guard / "log"
    log.unlink(missing_ok=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(guard), str(ROOT / "src")]),
                   "IKEC_NETWORK_LOG": str(log), "http_proxy": "", "https_proxy": ""}  # fmt: skip
    done = subprocess.run([sys.executable, *arguments], cwd=guard, env=environment, capture_output=True, text=True,
                          timeout=300, check=False)  # fmt: skip
    assert (guard / "log.started").read_text(encoding="utf-8").count("\n") >= 1, "the guard was not there"
    return done, log.read_text(encoding="utf-8").splitlines() if log.exists() else []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_tries_no_network(command: str, guard: Path) -> None:
    done, tried = python(guard, "-m", "ikec_compliance", *command.split())
    assert tried == []
    assert done.returncode in (0, 1), done.stderr
    assert done.stdout or "--output" in command


def test_the_guard_sees_what_it_is_there_to_see(guard: Path) -> None:
    for code in ("import socket; socket.create_connection(('127.0.0.1', 9), 1)",
                 "import socket; socket.getaddrinfo('example.org', 80)",
                 "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')"):  # fmt: skip
        done, tried = python(guard, "-c", code)
        assert done.returncode != 0 and "no network" in done.stderr
        assert tried
