"""Running the engine in a child process: a crash or a hang of its C code becomes an error message."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import select
import signal
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NoReturn, TypeVar

from ikec_compliance.model.errors import InputError, InternalError

T = TypeVar("T")

Answer = Callable[[Any], Any]

_RESULT, _INPUT_ERROR, _INTERNAL_ERROR = b"R", b"I", b"X"
_HEADER = 9  # kind, then the length of what follows in 8 bytes
_CHUNK = 1 << 20
_ALONE = 2.0
"""Seconds after which a child that waits for work looks whether its parent is still there."""


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
    workers: list[Worker] = []
    try:
        deadline = time.monotonic() + seconds
        for args in calls:
            workers.append(Worker(partial(_once, function, args)))
            workers[-1].send(None, deadline)
        return [worker.receive(deadline, seconds) for worker in workers]
    finally:
        for worker in workers:
            worker.close()


def _once(function: Callable[..., T], args: tuple[object, ...]) -> Callable[[object], T]:
    return lambda _: function(*args)


class Worker:
    """A forked child that prepares itself at once and then answers requests, one after the other, until it is closed.

    ``prepare`` runs in the child, which inherits what it needs, and gives the function that answers; requests and
    answers travel pickled. A failure of either is raised by ``receive``, and ends the child.
    """

    def __init__(self, prepare: Callable[[], Answer]) -> None:
        if not hasattr(os, "fork"):
            raise InternalError("dit besturingssysteem kan de regelmachine niet afschermen; gebruik Linux of macOS")
        self._child, self._parent = 0, os.getpid()
        requests, ours = os.pipe()
        self._reader, writer = os.pipe()
        self._writer = ours
        try:
            self._child = os.fork()
        except OSError as error:
            for descriptor in (requests, ours, self._reader, writer):
                os.close(descriptor)
            raise InternalError(f"de regelmachine kon niet starten: {error.strerror}") from error
        if self._child == 0:
            os.close(self._reader)
            os.close(ours)
            _serve(requests, writer, self._parent, prepare)
        # Closed before the next child starts: only the end of its own pipe tells that a child is gone.
        os.close(requests)
        os.close(writer)
        _widen(ours)

    @property
    def usable(self) -> bool:
        """Whether it can be asked anything: not closed, and started by this very process."""
        return bool(self._child) and self._parent == os.getpid()

    def send(self, request: object, deadline: float) -> None:
        """Put a request to the child. One that is gone, or takes nothing before ``deadline``, ``receive`` reports."""
        content = pickle.dumps(request, pickle.HIGHEST_PROTOCOL)
        data = memoryview(len(content).to_bytes(_HEADER - 1, "big") + content)
        poll = select.poll()
        poll.register(self._writer, select.POLLOUT)
        with contextlib.suppress(BrokenPipeError):
            while data and (left := deadline - time.monotonic()) > 0:
                if poll.poll(left * 1000):
                    data = data[os.write(self._writer, data) :]

    def receive(self, deadline: float, seconds: float) -> Any:
        """The answer, when it came before ``deadline``; a failure is raised, and the child is gone then."""
        message, in_time = _receive(self._reader, deadline)
        if message is None:
            status = self.close()
            if not in_time:
                raise InternalError(f"de regelmachine was na {seconds:g} seconden niet klaar en is gestopt")
            raise InternalError(f"de regelmachine is vastgelopen ({_cause(status)})")
        kind, content = message
        value = pickle.loads(content)  # written by our own child a moment ago
        if kind == _RESULT:
            return value
        self.close()
        if kind == _INPUT_ERROR:
            raise InputError(*value)
        raise InternalError(value)

    def close(self) -> int:
        """Stop the child if it still runs, and reap it; its exit status. Closing twice is harmless.

        A copy of this object in another process leaves the child alone.
        """
        child, self._child = self._child, 0
        if not child:
            return 0
        os.close(self._reader)
        os.close(self._writer)
        if self._parent != os.getpid():
            return 0
        # A child that crashed keeps its own status.
        os.kill(child, signal.SIGKILL)
        return os.waitpid(child, 0)[1]


def _serve(reader: int, writer: int, parent: int, prepare: Callable[[], Answer]) -> NoReturn:
    """The child: prepare, answer, and leave without running any of the parent's exit code."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _no_core_dump()
        gc.freeze()  # what was inherited stays as it is, and stays shared
        answer, problem = _tried(lambda _: prepare(), None)
        while (request := _next(reader, parent)) is not None:
            if problem is None:
                result, problem = _tried(answer, pickle.loads(request))
            kind, value = problem or (_RESULT, result)
            try:
                content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            except Exception as error:
                kind, content = _INTERNAL_ERROR, pickle.dumps(_failure(error))
            _write(writer, kind + len(content).to_bytes(_HEADER - 1, "big") + content)
        status = 0
    finally:
        os._exit(status)


def _tried(function: Answer, request: object) -> tuple[Any, tuple[bytes, object] | None]:
    """What ``function`` gives, or the failure to report."""
    try:
        return function(request), None
    except InputError as error:
        return None, (_INPUT_ERROR, (error.message, error.location))
    except InternalError as error:
        return None, (_INTERNAL_ERROR, str(error))
    except BaseException as error:
        return None, (_INTERNAL_ERROR, _failure(error))


def _failure(error: BaseException) -> str:
    return " ".join(f"de regelmachine is mislukt ({type(error).__name__}: {error})".split())


def _next(reader: int, parent: int) -> bytes | None:
    """The next request; ``None`` when there will be no more."""
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    while not poll.poll(_ALONE * 1000):
        # Another child may hold the writing end open after the parent is gone.
        if os.getppid() != parent:
            return None
    header = _exactly(reader, _HEADER - 1)
    return _exactly(reader, int.from_bytes(header, "big")) if header else None


def _exactly(reader: int, length: int) -> bytes:
    """``length`` bytes, or nothing when the other side is gone before they have come."""
    received = bytearray()
    while len(received) < length:
        chunk = os.read(reader, min(_CHUNK, length - len(received)))
        if not chunk:
            return b""
        received += chunk
    return bytes(received)


def _write(writer: int, content: bytes) -> None:
    data = memoryview(content)
    while data:
        data = data[os.write(writer, data) :]


def _widen(writer: int) -> None:
    """Room for a whole request, where the system gives it: then nobody waits for a child that still prepares."""
    import fcntl

    os.set_blocking(writer, False)
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, _CHUNK)


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


def _cause(status: int) -> str:
    if os.WIFSIGNALED(status):
        return signal.Signals(os.WTERMSIG(status)).name
    return f"afgesloten met code {os.waitstatus_to_exitcode(status)}"
