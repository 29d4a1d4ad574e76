"""Where output goes: the terminal, a pipe, or a file that is complete or not there at all."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from ikec_compliance.model.errors import InputError


def emit(text: str | bytes, output: Path | None) -> None:
    """Write ``text`` to a file, or to stdout; bytes (a workbook) never to a terminal."""
    if output is None:
        if isinstance(text, bytes) and sys.stdout is not None and sys.stdout.isatty():
            raise InputError("een Excelbestand past niet op het scherm; geef --output BESTAND.xlsx")
        click.echo(text, nl=False)
    else:
        write_file(output, text)


def write_file(path: Path, text: str | bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never half of it."""
    content = text.encode("utf-8") if isinstance(text, str) else text
    if path.exists() and not path.is_file():
        # A device or pipe (/dev/stdout, a process substitution) is written to; replacing it would destroy it.
        try:
            path.write_bytes(content)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise InputError(f"kan {path} niet schrijven: {_reason(error)}") from None
        return
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    except OSError as error:
        raise InputError(f"kan niet schrijven in de map {path.parent}: {_reason(error)}") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        # mkstemp makes files only their owner may read; a report is an ordinary file.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        raise InputError(f"kan {path} niet schrijven: {_reason(error)}") from None
    finally:
        temporary.unlink(missing_ok=True)


def append_file(path: Path, text: str) -> None:
    """Add ``text`` to a file that others write to as well."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise InputError(f"kan {path} niet schrijven: {_reason(error)}") from None


def use_colour(output: Path | None) -> bool:
    """Colour on a terminal only, and not when the user asks for none (``NO_COLOR``)."""
    return (
        output is None
        and sys.stdout is not None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def _reason(error: OSError) -> str:
    reasons = {
        PermissionError: "geen toestemming",
        FileNotFoundError: "de map bestaat niet",
        IsADirectoryError: "het is een map",
    }
    return next((text for kind, text in reasons.items() if isinstance(error, kind)), "de schijf of map weigert")
