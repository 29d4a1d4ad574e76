"""Click in Dutch: help pages, usage errors and exit codes."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from ikec_compliance.cli.errors import run

_HEADINGS = {"Options": "Opties", "Commands": "Opdrachten", "Positional arguments": "Argumenten"}
_TEXTS = {
    "Show this message and exit.": "Toon deze hulp en stop.",
    "[required]": "[verplicht]",
    "[default: ": "[zonder: ",
}


class DutchFormatter(click.HelpFormatter):
    """Writes help pages with Dutch headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows how a command is used."""
        super().write_usage(prog, args, "Gebruik: " if prefix is None else prefix)

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A part of the page under a heading."""
        with super().section(_HEADINGS.get(name, name)):
            yield

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of options or commands with what they do."""
        super().write_dl([(name, _translated(text)) for name, text in rows], col_max, col_spacing)


class DutchContext(click.Context):
    """A context that shows help in Dutch."""

    formatter_class = DutchFormatter

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_content_width", 100)
        super().__init__(*args, **kwargs)


class IkecCommand(click.Command):
    """A command with Dutch help."""

    context_class = DutchContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIES]")
        super().__init__(*args, **kwargs)


class IkecGroup(click.Group):
    """A group with Dutch help that shows its help when called without a command.

    As the program itself it turns every failure into one line on stderr and an exit code (``cli.errors``).
    """

    context_class = DutchContext
    command_class = IkecCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIES]")
        kwargs.setdefault("subcommand_metavar", "OPDRACHT …")
        kwargs.setdefault("no_args_is_help", False)
        kwargs.setdefault("invoke_without_command", True)
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order a user needs them, not by alphabet."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named; show the help when none was."""
        result = super().invoke(ctx)
        if ctx.invoked_subcommand is None:
            click.echo(ctx.get_help())
        return result

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program and exit with its code."""

        def program() -> Any:
            return super(IkecGroup, self).main(args, prog_name or "ikec", complete_var, standalone_mode=False, **extra)

        # A check makes many small records that live until its end: collecting them early finds nothing and takes time.
        gc.set_threshold(200_000, 50, 100)
        # Nor does anything need looking through when the process ends: that alone took 30 ms of a check.
        atexit.register(gc.freeze)
        code = run(program)
        if not standalone_mode:
            return code
        _flush()
        sys.exit(code)


def _translated(text: str) -> str:
    for english, dutch in _TEXTS.items():
        text = text.replace(english, dutch)
    return text


def _flush() -> None:
    """Write out what is buffered; a reader that has gone away (``ikec check | head``) is no error."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
