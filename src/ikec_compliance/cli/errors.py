"""Every failure as one Dutch line on stderr with its exit code; never a traceback (unless ``IKEC_DEBUG=1``)."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable
from typing import Any

import click

from ikec_compliance.model.errors import InputError, InternalError
from ikec_compliance.yamlio.suggest import did_you_mean

FOUND, BAD_INPUT, BROKEN, INTERRUPTED = 1, 2, 3, 130
"""Exit codes besides 0: findings, bad input or option, internal error, stopped by the user."""

LATER_COMMANDS: tuple[str, ...] = ()
"""Commands of the design that this version does not have."""

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_MORE = re.compile(r"^Got unexpected extra arguments? \((.*)\)$")


def run(program: Callable[[], Any]) -> int:
    """Run ``program`` and give its exit code; what it raises becomes one line on stderr."""
    try:
        result = program()
        return result if isinstance(result, int) else 0
    except InputError as error:
        return _fail(str(error) if error.location else f"ikec: {error.message}", BAD_INPUT, _more(error))
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "ikec"
        return _fail(f"{path}: {usage_message(error)}; zie ‘{path} --help’", BAD_INPUT)
    except click.ClickException as error:
        return _fail(f"ikec: {error.format_message()}", BAD_INPUT)
    except (click.Abort, KeyboardInterrupt):
        return _fail("ikec: afgebroken", INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        if error.errno not in _NO_ROOM:
            return _broken(error)
        return _fail("ikec: de schijf is vol; de uitvoer is niet of niet helemaal geschreven", BAD_INPUT)
    except InternalError as error:
        return _fail(f"ikec: interne fout: {error}", BROKEN)
    except Exception as error:
        return _broken(error)


def _broken(error: Exception) -> int:
    _traceback()
    return _fail(f"ikec: interne fout ({type(error).__name__}: {error}); er is geen rapport gemaakt", BROKEN)


def usage_message(error: click.UsageError) -> str:
    """What is wrong with the command line, in Dutch. Errors of this program's own types already are."""
    if isinstance(error, click.NoSuchOption):
        return _unknown_option(error)
    if isinstance(error, click.MissingParameter):
        return _missing(error)
    if isinstance(error, click.BadParameter):
        if error.param is None:
            return error.message
        if "values are required" in error.message or "value is required" in error.message:
            return f"{_name(error.param)}: er ontbreekt een waarde"
        return f"{_name(error.param)}: {error.message}"
    if isinstance(error, click.BadOptionUsage):
        needs = "requires" in error.message
        return f"optie {error.option_name} {'heeft een waarde nodig' if needs else 'heeft geen waarde'}"
    command = getattr(error, "command_name", None) or _quoted(error.message, "No such command")
    if command:
        return _unknown_command(str(command), error.ctx)
    if extra := _MORE.match(error.message):
        return f"te veel argumenten: ‘{extra[1]}’"
    # Click's remaining messages are English; the help page tells more than a guess at them would.
    return error.message if _is_ours(error) else "onjuist gebruik"


class DutchUsageError(click.UsageError):
    """A usage error whose message already is Dutch."""


def _is_ours(error: click.UsageError) -> bool:
    return isinstance(error, DutchUsageError)


def _unknown_option(error: click.NoSuchOption) -> str:
    name = error.option_name
    if re.fullmatch(r"-[0-9].*", name):
        return f"‘{name}’: een aantal is hier 0 of meer"
    known = [opt for param in error.ctx.command.params for opt in param.opts] if error.ctx else []
    return f"onbekende optie {name}{did_you_mean(name, known)}"


def _missing(error: click.MissingParameter) -> str:
    if error.param is None:
        return "er ontbreekt een argument"
    kind = "de optie" if isinstance(error.param, click.Option) else "het argument"
    return f"{kind} {_name(error.param)} ontbreekt"


def _unknown_command(name: str, ctx: click.Context | None) -> str:
    known = list(ctx.command.commands) if ctx and isinstance(ctx.command, click.Group) else []
    listing = f"; deze versie kent {', '.join(known)}" if known else ""
    if name in LATER_COMMANDS:
        return f"de opdracht {name} is er nog niet{listing}"
    return f"onbekende opdracht ‘{name}’{did_you_mean(name, known) or listing}"


def _name(param: click.Parameter) -> str:
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.metavar or param.name or "").strip("[]…")


def _quoted(message: str, start: str) -> str:
    found = re.match(re.escape(start) + r" '(.*?)'", message)
    return found[1] if found else ""


def _more(error: InputError) -> str:
    """How many problems there are besides the one shown."""
    others = len(getattr(error, "errors", (error,))) - 1
    if others < 1:
        return ""
    return f" (en nog {others} {'fout' if others == 1 else 'fouten'})"


def _fail(message: str, code: int, tail: str = "") -> int:
    """One line on stderr, whatever line ends and control characters the message holds."""
    line = "".join(char if char.isprintable() else " " for char in message)
    click.echo(" ".join(line.split()) + tail, err=True)
    return code


def _traceback() -> None:
    if os.environ.get("IKEC_DEBUG") == "1":
        import traceback

        traceback.print_exc()
