"""A rule folder as it was in a revision of its repository: read from git, nothing is checked out."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ikec_compliance.model.errors import InputError

_SECONDS = 60
_FILE_MODES = ("100644", "100755")


@contextmanager
def rule_folder(name: str, rules: Path) -> Iterator[Path]:
    """The folder that ``name`` means: a rule folder by its path, else the folder ``rules`` at that git revision.

    A folder from git lives as long as the context. ``InputError`` when there is no such folder and no such revision.
    """
    here = Path(name)
    if (here / "begrippen.yaml").is_file():
        yield here
        return
    if here.is_dir():
        raise InputError(f"de map {name} is geen regelmap: begrippen.yaml ontbreekt")
    with tempfile.TemporaryDirectory(prefix="ikec-") as place:
        target = Path(place) / rules.resolve().name
        _write(name, rules, target)
        yield target


def _write(revision: str, rules: Path, target: Path) -> None:
    if not rules.is_dir():
        raise InputError(f"de map {rules} bestaat niet (zie --rules)")
    inside = _git(rules, "rev-parse", "--is-inside-work-tree", missing=f"{rules} staat niet in een git-repository")
    if inside.strip() != b"true":
        raise InputError(f"{rules} staat niet in een git-repository; geef twee mappen met regels")
    commit = _git(
        rules, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}",
        missing=f"‘{revision}’ is geen map met regels en geen revisie van de repository van {rules}",
    ).decode().strip()  # fmt: skip
    start = _git(rules, "rev-parse", "--show-prefix").decode().rstrip("\n")
    listing = _git(rules, "ls-tree", "-r", "-z", "--full-tree", commit, "--", start or ".")
    found = 0
    for entry in listing.split(b"\0"):
        head, tab, path = entry.partition(b"\t")
        if not tab:
            continue
        mode, kind, blob = head.decode().split()
        inner = path.decode("utf-8", "surrogateescape").removeprefix(start)
        if kind != "blob" or mode not in _FILE_MODES or not inner.endswith((".yaml", ".yml")):
            continue
        parts = Path(inner).parts
        if Path(inner).is_absolute() or ".." in parts:
            continue
        place = target.joinpath(*parts)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_git(rules, "show", blob))
        found += 1
    if not found:
        raise InputError(f"in revisie ‘{revision}’ staat geen map {start.rstrip('/') or rules.name} met regels")


def _git(folder: Path, *arguments: str, missing: str = "") -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False, timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except FileNotFoundError:
        raise InputError("git is niet geïnstalleerd; geef twee mappen met regels in plaats van revisies") from None
    except subprocess.TimeoutExpired:
        raise InputError(f"git antwoordt niet binnen {_SECONDS} seconden") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(missing or f"git: {reason[0] if reason else 'onbekende fout'}")
    return done.stdout
