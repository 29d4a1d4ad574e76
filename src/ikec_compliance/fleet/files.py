"""Writing files whole or not at all, and keeping others out of a folder meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ikec_compliance.model.errors import InputError

_PARTIAL = ".deels-"
_LOCK = ".bezet"
_REASONS = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de ruimte op de schijf is op",
    errno.EROFS: "de schijf is alleen te lezen",
    errno.EACCES: "geen toestemming om te schrijven",
    errno.EPERM: "geen toestemming om te schrijven",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EEXIST: "er staat een bestand met die naam",
    errno.ENOENT: "de map bestaat niet",
    errno.EFBIG: "het bestand wordt te groot voor deze schijf",
}


def refused(path: Path, error: OSError) -> InputError:
    """What is said when ``path`` cannot be written."""
    reason = _REASONS.get(error.errno or 0, "de schijf weigert")
    return InputError(f"kan {path} niet schrijven: {reason}; wat al klaar was, blijft staan")


def write(path: Path, content: bytes) -> None:
    """Write a file in one step: under its name stands the old one or the whole new one. ``InputError`` when refused."""
    write_with(path, lambda stream: stream.write(content))


def write_with(path: Path, writer: Callable[[IO[bytes]], object]) -> None:
    """``write`` for content that ``writer`` puts on a stream."""
    partial = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PARTIAL)
        partial = Path(name)
        with os.fdopen(handle, "wb") as stream:
            writer(stream)
            stream.flush()
            # A machine that stops between the two steps must not leave an empty file under the final name.
            os.fsync(stream.fileno())
        partial.chmod(0o666 & ~_umask())
        os.replace(partial, path)
        partial = None
    except OSError as error:
        raise refused(path, error) from None
    finally:
        if partial is not None:
            with contextlib.suppress(OSError):
                partial.unlink()


def make_folder(path: Path) -> None:
    """Make a folder and those above it. ``InputError`` when refused."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(path, error) from None


def tidy(folder: Path) -> None:
    """Remove what a run that was killed left unfinished."""
    for path in folder.rglob(f"{_PARTIAL}*"):
        with contextlib.suppress(OSError):
            path.unlink()


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder; a claim ends with its process. ``InputError`` when it is taken."""
    import fcntl

    path = folder / _LOCK
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise refused(folder, error) from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # One that ended just now took the file away: what we hold then keeps nobody out.
            held = os.fstat(descriptor).st_ino == path.stat().st_ino
        except (BlockingIOError, FileNotFoundError):
            held = False
        if not held:
            raise InputError(f"een andere vloottoets schrijft in {folder}; wacht daarop of kies een andere map")
        yield
        with contextlib.suppress(OSError):
            path.unlink()
    finally:
        os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
