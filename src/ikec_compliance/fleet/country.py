"""Where the centres of a made-up country stand and how large they are.

Sizes are those of real clusters of childcare locations (LRK) and regions those of real school sites (DUO), from two
files that are not part of the project, or from ``grootten.json``: what ``measured`` computed from them.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location

CLUSTERS, SITES = "lrk-clusters.csv", "duo-po-vestigingen-2013.csv"
KINDS = {"KDV": "dagopvang", "BSO": "bso"}
STEPS = 40
"""Quantiles per kind: every 2.5 per cent."""

_SIZES = Path(__file__).with_name("grootten.json")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Childcare on one address: places per dagopvang and per bso, and the province it is put in."""

    id: str
    dagopvang: tuple[int, ...]
    bso: tuple[int, ...]
    region: str


def clusters(number: int, seed: int, folder: Path | None) -> Iterator[Cluster]:
    """``number`` clusters, the same for the same seed.

    With the two files in ``folder``: as many as there are as they are, fewer a draw without and more a draw with
    replacement. Without: drawn from the sizes the project carries. ``InputError`` for a file that cannot be read.
    """
    rng = Random(f"{seed}/land")
    if folder is None:
        yield from _drawn(number, rng)
        return
    real, regions = read_clusters(folder / CLUSTERS), read_regions(folder / SITES)
    names = sorted(real)
    if number < len(names):
        names = sorted(rng.sample(names, number))
    elif number > len(names):
        names = [rng.choice(names) for _ in range(number)]
    for place, name in enumerate(names):
        sizes = real[name]
        id_ = f"{name}-{place + 1:05d}" if number > len(real) else name
        yield Cluster(id_, sizes["dagopvang"], sizes["bso"], rng.choice(regions))


def read_clusters(path: Path) -> dict[str, dict[str, tuple[int, ...]]]:
    """Places per kind of every cluster in the file."""
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for line, row in _rows(path, ("cluster_id", "type", "kindplaatsen")):
        kind, places = KINDS.get(row["type"]), row["kindplaatsen"]
        if kind is None or not places.isascii() or not places.isdigit() or int(places) < 1:
            raise InputError(f"verwacht type KDV of BSO en een aantal kindplaatsen in {path.name}", line)
        own = found.setdefault(row["cluster_id"], {"dagopvang": (), "bso": ()})
        own[kind] = (*own[kind], int(places))
    if not found:
        raise InputError(f"{path.name} bevat geen clusters", Location(str(path), 1, 1))
    return found


def read_regions(path: Path) -> list[str]:
    """The province of every school site in the file."""
    found = [row["provincie"] for _, row in _rows(path, ("provincie",)) if row["provincie"]]
    if not found:
        raise InputError(f"{path.name} bevat geen vestigingen", Location(str(path), 1, 1))
    return found


def measured(folder: Path) -> dict[str, Any]:
    """The distribution of sizes in the two files: how locations go together, quantiles per kind, sites per province."""
    real = read_clusters(folder / CLUSTERS)
    together = Counter((len(sizes["dagopvang"]), len(sizes["bso"])) for sizes in real.values())
    places = {kind: sorted(size for sizes in real.values() for size in sizes[kind]) for kind in KINDS.values()}
    return {
        "clusters": len(real),
        "samenstelling": [[*pair, count] for pair, count in sorted(together.items())],
        "kwantielen": {kind: [own[step * (len(own) - 1) // STEPS] for step in range(STEPS + 1)]
                       for kind, own in places.items()},
        "provincies": dict(sorted(Counter(read_regions(folder / SITES)).items())),
    }  # fmt: skip


@cache
def carried() -> dict[str, Any]:
    """The distribution the project carries."""
    found: dict[str, Any] = json.loads(_SIZES.read_text(encoding="utf-8"))
    return found


def _drawn(number: int, rng: Random) -> Iterator[Cluster]:
    sizes = carried()
    pairs = [tuple(item[:2]) for item in sizes["samenstelling"]]
    weights = [item[2] for item in sizes["samenstelling"]]
    regions, shares = list(sizes["provincies"]), list(sizes["provincies"].values())
    for place in range(number):
        day, after = rng.choices(pairs, weights)[0]
        yield Cluster(
            f"G{place + 1:05d}",
            tuple(_between(sizes["kwantielen"]["dagopvang"], rng.random()) for _ in range(day)),
            tuple(_between(sizes["kwantielen"]["bso"], rng.random()) for _ in range(after)),
            rng.choices(regions, shares)[0],
        )


def _between(quantiles: Sequence[int], share: float) -> int:
    """The value at a share, halfway between quantiles by proportion."""
    at = share * (len(quantiles) - 1)
    low = int(at)
    high = min(low + 1, len(quantiles) - 1)
    return round(quantiles[low] + (at - low) * (quantiles[high] - quantiles[low]))


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[Location, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"de kolom '{missing[0]}' ontbreekt", Location(str(path), 1, 1))
            for row in reader:
                yield Location(str(path), reader.line_num, 1), {key: row[key] or "" for key in columns}
    except OSError:
        raise InputError(f"kan {path} niet lezen; noem met --data de map met {CLUSTERS} en {SITES}") from None
    except csv.Error as error:
        raise InputError(f"{path.name} is geen leesbare CSV ({error})", Location(str(path), 1, 1)) from None
