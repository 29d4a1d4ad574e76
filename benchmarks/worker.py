"""One engine in a process of its own: ``python worker.py ENGINE WORK`` answers commands on its standard input.

``WORK`` is a pickled ``Own`` or ``Plain``. Started, it builds its engine and writes a line of JSON; after each line it
reads it runs once and writes the seconds (of the processor, and elapsed), and at the first time the answers too. So a
crash of an engine ends nothing but its own process, and memory is that of one engine.
"""

from __future__ import annotations

import gc
import importlib
import json
import pickle
import resource
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def main() -> None:
    # An engine may print what it likes: answers go where nothing else does.
    out, sys.stdout = sys.stdout, sys.stderr

    def tell(**parts: object) -> None:
        print(json.dumps(parts), file=out, flush=True)

    name, path = sys.argv[1:]
    try:
        module = importlib.import_module(f"peers.{name}")
    except ImportError as error:
        return tell(absent=str(error))
    try:
        of = version(module.VERSION_OF) if hasattr(module, "VERSION_OF") else ""
    except PackageNotFoundError:
        of = ""
    with open(path, "rb") as file:
        work = pickle.load(file)
    start = time.process_time()
    run, read = module.build(work)
    tell(built=time.process_time() - start, version=of)
    first = True
    for _ in sys.stdin:
        gc.collect()
        start, used = time.perf_counter(), time.process_time()
        found = run()
        used, start = time.process_time() - used, time.perf_counter() - start
        tell(processor=used, elapsed=start, megabytes=_megabytes(), **({"answers": read(found)} if first else {}))
        first = False


def _megabytes() -> float:
    """Most memory this process has held, in MB of a million bytes."""
    try:
        text = Path("/proc/self/status").read_text(encoding="ascii")
        return int(text.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6
    except (OSError, IndexError, ValueError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # bytes where there is no /proc


if __name__ == "__main__":
    main()
