"""The inside of a worker: one process that checks centres until its owner hangs up.

Messages are a length of eight bytes and a pickle. They come from the process that started this one and from nobody
else: both ends of the socket are theirs alone.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import socket
from typing import Any

from ikec_compliance.model.errors import InputError

READY, REFUSED, DONE, NO_MEMORY = "klaar", "geweigerd", "gedaan", "geheugen"

_HEADER = 8
_GRACE = 5.0
"""Seconds after which a worker ends itself when its owner, who should have done so, is gone."""


def send(channel: socket.socket, message: Any) -> None:
    """Send a message whole. ``OSError`` when nobody listens."""
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    channel.sendall(len(content).to_bytes(_HEADER, "big") + content)


def receive(channel: socket.socket) -> Any | None:
    """The next message, or ``None`` when the other end is gone. ``OSError`` when the channel breaks or is too slow."""
    header = _exactly(channel, _HEADER)
    content = None if header is None else _exactly(channel, int.from_bytes(header, "big"))
    return None if content is None else pickle.loads(content)


def main(descriptor: int) -> None:
    """Run as the worker at the other end of an inherited socket."""
    channel = socket.socket(fileno=descriptor)
    status = 1
    try:
        first = receive(channel)
        if first is not None:
            factory, settings, seconds, memory = first
            _limit(memory)
            with contextlib.suppress(OSError):
                status = _serve(channel, factory, settings, seconds)
    finally:
        os._exit(status)  # nothing to tidy up, and the engine's C code need not be asked


def _serve(channel: socket.socket, factory: Any, settings: Any, seconds: float) -> int:
    try:
        judge = factory(settings)
    except InputError as error:
        send(channel, (REFUSED, str(error)))
        return 1
    # Checking makes many small records that live until the centre is done: look for cycles between centres, not in one.
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    send(channel, (READY, None))
    while True:
        item = receive(channel)
        if item is None:
            return 0
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)  # its signal ends the process, also in C code
        try:
            outcome = judge(item)
        except MemoryError:
            send(channel, (NO_MEMORY, None))
            return 1
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(channel, (DONE, outcome))


def _limit(memory: int) -> None:
    """No core files, and at most ``memory`` bytes of address space (0: as much as there is)."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    if memory:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    received = bytearray()
    while len(received) < size:
        chunk = channel.recv(min(size - len(received), 1 << 20))
        if not chunk:
            return None
        received += chunk
    return bytes(received)
