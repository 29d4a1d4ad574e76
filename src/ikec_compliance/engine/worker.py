"""Running the engine in a child process: a crash or a hang of its C code becomes an error message."""

from __future__ import annotations

import os
import pickle
import select
import signal
import time
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeVar

from ikec_compliance.model.errors import InputError, InternalError

T = TypeVar("T")

_RESULT, _INPUT_ERROR, _INTERNAL_ERROR = b"R", b"I", b"X"
_HEADER = 9  # kind, then the length of what follows in 8 bytes
_CHUNK = 1 << 20


def run_isolated(function: Callable[..., T], *args: object, seconds: float) -> T:
    """``function(*args)`` in a forked child that is stopped after ``seconds``.

    The child inherits its input; only the result travels, pickled, so keep it compact. An ``InputError`` in
    the child is raised here as it was. Raises ``InternalError`` when the child crashes, overruns its time or
    fails in any other way. No child outlives the call.
    """
    return run_side_by_side(function, [args], seconds=seconds)[0]


def run_side_by_side(function: Callable[..., T], calls: Sequence[tuple[object, ...]], *, seconds: float) -> list[T]:
    """``run_isolated`` for each of ``calls``, all at once, each in a child of its own; the results in order.

    ``seconds`` is for all together. Of several failures the first in order is raised.
    """
    if not hasattr(os, "fork"):
        raise InternalError("dit besturingssysteem kan de regelmachine niet afschermen; gebruik Linux of macOS")
    deadline = time.monotonic() + seconds
    children: list[tuple[int, int]] = []
    try:
        for args in calls:
            children.append(_start(function, args))
        results = []
        while children:
            results.append(_collect(*children.pop(0), deadline, seconds))
        return results
    finally:
        for child, reader in children:
            os.close(reader)
            _end(child)


def _start(function: Callable[..., object], args: tuple[object, ...]) -> tuple[int, int]:
    """A child at work, with the descriptor on which its message will come."""
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError as error:
        os.close(reader)
        os.close(writer)
        raise InternalError(f"de regelmachine kon niet starten: {error.strerror}") from error
    if child == 0:
        os.close(reader)
        _serve(writer, function, args)
    # Closed before the next child starts: only the end of its own pipe tells that a child is gone.
    os.close(writer)
    return child, reader


def _collect(child: int, reader: int, deadline: float, seconds: float) -> Any:
    """What a child sent, when it did so before ``deadline``; its failure is raised. The child is gone afterwards."""
    status = None
    try:
        message, in_time = _receive(reader, deadline)
    finally:
        os.close(reader)
        status = _end(child)
    if message is None:
        if not in_time:
            raise InternalError(f"de regelmachine was na {seconds:g} seconden niet klaar en is gestopt")
        raise InternalError(f"de regelmachine is vastgelopen ({_cause(status)})")
    kind, content = message
    value = pickle.loads(content)  # written by our own child a moment ago
    if kind == _RESULT:
        return value
    if kind == _INPUT_ERROR:
        raise InputError(*value)
    raise InternalError(value)


def _serve(writer: int, function: Callable[..., object], args: tuple[object, ...]) -> NoReturn:
    """The child: compute, send, and leave without running any of the parent's exit code."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _no_core_dump()
        try:
            kind, content = _RESULT, pickle.dumps(function(*args), pickle.HIGHEST_PROTOCOL)
        except InputError as error:
            kind, content = _INPUT_ERROR, pickle.dumps((error.message, error.location), pickle.HIGHEST_PROTOCOL)
        except InternalError as error:
            kind, content = _INTERNAL_ERROR, pickle.dumps(str(error), pickle.HIGHEST_PROTOCOL)
        except BaseException as error:
            text = " ".join(f"de regelmachine is mislukt ({type(error).__name__}: {error})".split())
            kind, content = _INTERNAL_ERROR, pickle.dumps(text, pickle.HIGHEST_PROTOCOL)
        data = memoryview(kind + len(content).to_bytes(_HEADER - 1, "big") + content)
        while data:
            data = data[os.write(writer, data) :]
        status = 0
    finally:
        os._exit(status)


def _no_core_dump() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _receive(reader: int, deadline: float) -> tuple[tuple[bytes, bytes] | None, bool]:
    """The child's whole message, or ``None``; and whether it (or the end of the pipe) came in time."""
    received = bytearray()
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            if time.monotonic() >= deadline:
                return None, False
            continue
        chunk = os.read(reader, _CHUNK)
        if not chunk:
            return None, True
        received += chunk
        if len(received) >= _HEADER:
            length = int.from_bytes(received[1:_HEADER], "big")
            if len(received) == _HEADER + length:
                return (bytes(received[:1]), bytes(received[_HEADER:])), True


def _end(child: int) -> int:
    """Stop the child if it still runs, and reap it. A child that crashed keeps its own status."""
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def _cause(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"afgesloten met code {os.waitstatus_to_exitcode(status)}"
