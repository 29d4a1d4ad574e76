"""The bytes of a file that somebody named: bounded, and never a wait for something that is no file.

Every reader of the program takes its bytes from here, so that each refuses the same with the same words.
"""

from __future__ import annotations

import os
import select
import stat
from pathlib import Path

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location

MB = 1024 * 1024

SECONDS_FOR_A_PIPE = 20.0
"""How long a pipe (``<(command)``, ``/dev/stdin``) may stay silent before it is given up."""

_STEP = 1 * MB


def read_bounded(path: Path | str, start: Location, limit: int, wanted: str, advice: str) -> bytes:
    """The bytes of the file at ``path``, at most ``limit``; ``InputError`` at ``start`` otherwise.

    ``wanted`` names the kind of file in Dutch ("een YAML-bestand"), ``advice`` says what to do with one that is too
    large. A file states its size, so one that is too large is refused unread; a pipe is read until it is too much.
    """
    try:
        # Without O_NONBLOCK opening a pipe that nobody writes to waits for ever; for a file it makes no difference.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            seen = os.fstat(handle)
            if stat.S_ISDIR(seen.st_mode):
                raise IsADirectoryError
            if stat.S_ISREG(seen.st_mode):
                if seen.st_size > limit:
                    raise _too_large(start, limit, advice)
            elif not stat.S_ISFIFO(seen.st_mode):
                raise InputError(f"dit is een apparaat en geen bestand; noem {wanted}", start)
            data = _read(handle, limit, start)
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise InputError("dit bestand bestaat niet; controleer de naam en de map", start) from None
    except IsADirectoryError:
        raise InputError(f"dit is een map en geen bestand; noem {wanted}", start) from None
    except PermissionError:
        raise InputError("dit bestand mag niet worden gelezen; controleer de toegangsrechten", start) from None
    except (OSError, ValueError):
        raise InputError("dit bestand kan niet worden gelezen; controleer de naam en de schijf", start) from None
    if len(data) > limit:
        raise _too_large(start, limit, advice)
    return data


def _read(handle: int, limit: int, start: Location) -> bytes:
    """Everything up to one byte more than ``limit``."""
    parts: list[bytes] = []
    left = limit + 1
    while left > 0:
        try:
            part = os.read(handle, min(left, _STEP))
        except BlockingIOError:
            if not select.select([handle], [], [], SECONDS_FOR_A_PIPE)[0]:
                raise InputError("er komt niets uit deze pijp; noem een bestand", start) from None
            continue
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _too_large(start: Location, limit: int, advice: str) -> InputError:
    return InputError(f"dit bestand is groter dan {limit // MB} MB; {advice}", start)
