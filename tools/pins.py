"""Writes the requirement files with a hash for every file that may be installed: ``make pins``.

=====================  ==========================================================================
requirements-build     what builds durable-rules (a source release) and the project itself
requirements-dev       the whole development environment, read from the list of that name
requirements-run       what the program needs to run, within the versions of the list above
requirements-tools     audit and list of contents (SBOM) of the supply chain, in a place of their own
=====================  ==========================================================================

Of each ``.txt`` that people write there is a ``.lock`` that pip installs with ``--require-hashes``. uv is asked once
for each Python that the project supports; hashes are those that the registry states for every file of a release.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.10.13", "3.11.7", "3.12.1")
PLATFORM = "x86_64-manylinux_2_28"
HEAD = "# Made by `make pins` from {source}; install with --require-hashes. Do not edit.\n"

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")


@dataclass(frozen=True)
class Pin:
    """A release of a package with the hashes of its files."""

    name: str
    version: str
    hashes: tuple[str, ...]


def compiled(python: str, source: str, *options: str) -> dict[str, Pin]:
    """What uv makes of a list for one Python, by normal name."""
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "compile", source, "--generate-hashes", "--no-header", "--no-annotate", "--quiet",
               "--python-version", python, "--python-platform", PLATFORM, *options]  # fmt: skip
    text = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found: dict[str, Pin] = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()):
        pin = _PIN.match(block)
        if pin:
            found[normal(pin[1])] = Pin(pin[1], pin[2], tuple(sorted(_HASH.findall(block))))
    return found


def normal(name: str) -> str:
    """The one spelling of a name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def lines_of(source: str, per_python: Sequence[Mapping[str, Pin]]) -> list[str]:
    """The lines of a list as people wrote them, each with its hashes."""
    hashes = {(name, pin.version): pin.hashes for found in per_python for name, pin in found.items()}
    made = []
    for line in (ROOT / source).read_text(encoding="utf-8").splitlines():
        pin = _PIN.match(line)
        if pin:
            made.append(_line(line.strip(), hashes[normal(pin[1]), pin[2]]))
    return made


def lines_with_all(per_python: Sequence[Mapping[str, Pin]]) -> list[str]:
    """What is needed, in full; a marker says for which Python where that differs."""
    made = []
    for name in sorted({name for found in per_python for name in found}):
        pins = [found.get(name) for found in per_python]
        for version in dict.fromkeys(pin.version for pin in pins if pin):
            where = [python for python, pin in zip(PYTHONS, pins, strict=True) if pin and pin.version == version]
            pin = next(pin for pin in pins if pin and pin.version == version)
            short = [".".join(python.split(".")[:2]) for python in where]
            marker = " or ".join(f'python_version == "{one}"' for one in short)
            made.append(
                _line(f"{name}=={version}" + ("" if len(where) == len(PYTHONS) else f" ; {marker}"), pin.hashes)
            )
    return made


def _line(head: str, hashes: Sequence[str]) -> str:
    if not hashes:
        raise SystemExit(f"pins: the registry states no hash for {head}")
    return " \\\n".join([head, *(f"    --hash={one}" for one in hashes)])


def write(name: str, source: str, lines: Sequence[str]) -> None:
    """Write one lock."""
    (ROOT / f"{name}.lock").write_text(HEAD.format(source=source) + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}.lock: {len(lines)} releases")


def main() -> None:
    """Write the four locks."""
    dev, build, tools = "requirements-dev.txt", "requirements-build.txt", "requirements-tools.txt"
    for source in (build, dev):
        found = [compiled(python, source, "--no-deps") for python in PYTHONS]
        write(source.removesuffix(".txt"), source, lines_of(source, found))
    run = [compiled(python, "pyproject.toml", "--constraint", dev) for python in PYTHONS]
    write("requirements-run", f"pyproject.toml within {dev}", lines_with_all(run))
    write("requirements-tools", tools, lines_with_all([compiled(python, tools) for python in PYTHONS]))


if __name__ == "__main__":
    main()
