"""``ikec serve`` from the command line: what it refuses, and that Ctrl-C ends it quietly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from ikec_compliance.cli import main

ROOT = Path(__file__).parents[2]


def refused(*arguments: str) -> str:
    """The one line on stderr of a command that ends with exit code 2."""
    done = CliRunner().invoke(main, ["serve", "--no-browser", *arguments])
    assert done.exit_code == 2, done.output
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def test_other_computers_only_when_asked_twice() -> None:
    assert "geef ook --ook-van-buiten" in refused("--host", "0.0.0.0")


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8e3"])
def test_a_port_that_is_none(port: str) -> None:
    assert f"‘{port}’ is geen getal van 0 tot en met 65535" in refused(f"--port={port}")


def test_a_limit_that_is_none() -> None:
    assert "‘0’ is geen getal van 1 tot en met 100" in refused("--grens", "0")


def test_a_port_in_use() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        line = refused("--port", str(port), "--rules", str(ROOT / "rules"))
    assert f"kan 127.0.0.1 poort {port} niet gebruiken" in line


def test_a_centre_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "centrum.yaml"
    path.write_text("schema: ikec-centrum/v1\ncentrum: {id: x}\ngroepn: []\n", encoding="utf-8")
    assert "centrum.yaml:3:1: onbekende sleutel ‘groepn’" in refused(str(path))
    assert "bestaat niet" in refused(str(tmp_path / "weg"))


def test_control_c_ends_quietly() -> None:
    command = [sys.executable, "-m", "ikec_compliance", "serve", "--port", "0", "--no-browser", "--rules", "rules"]
    program = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert program.stdout is not None and program.stderr is not None
    try:
        line = program.stdout.readline()
        assert line.startswith("ikec staat klaar op http://127.0.0.1:")
        with urllib.request.urlopen(line.split()[-1], timeout=20) as answer:
            assert "Klaar voor de inspectie?" in answer.read().decode()
        program.send_signal(signal.SIGINT)
        assert program.wait(20) == 0
        assert program.stderr.read() == ""
    finally:
        program.kill()
        program.wait()
        program.stdout.close()
        program.stderr.close()
