"""A whole fleet: batches of centres to workers, results to disk, and on from there after an interruption."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from ikec_compliance import __version__
from ikec_compliance.app.catalogue import Catalogue, open_catalogue
from ikec_compliance.app.program import program_sha256
from ikec_compliance.fleet.columns import arrow
from ikec_compliance.fleet.files import claimed, make_folder, tidy, write
from ikec_compliance.fleet.judge import Judge
from ikec_compliance.fleet.parts import Parts
from ikec_compliance.fleet.pool import Limits, Pool
from ikec_compliance.fleet.source import Source, open_source
from ikec_compliance.fleet.task import REGIMES, Item, Outcome, Settings
from ikec_compliance.model.errors import InputError

BATCH = 50
"""Centres in a part: an interruption costs no more work than the parts that are under way."""

RUN, SUMMARY, PAGE = "vloot.json", "samenvatting.json", "overzicht.html"


class Workers(Protocol):
    """What checks items: the pool on this machine, or a cluster."""

    def outcomes(self, items: Iterator[Item]) -> Iterator[Outcome]:
        """The outcome of every item, exactly one each, as they get ready."""

    def close(self) -> None:
        """End what is at work."""


@dataclass(frozen=True, slots=True)
class FleetRequest:
    """The options of ``ikec fleet check``. ``scheduler`` is the address of a Dask scheduler; without, this machine."""

    source: Path
    output: Path
    workers: int = 1
    scheduler: str = ""
    on: date | None = None
    period: tuple[date, date] | None = None
    regimes: tuple[str, ...] = ()
    rules: Path | None = None
    extra_rules: Path | None = None
    verify: bool = False
    limits: Limits = field(default_factory=Limits)
    batch: int = BATCH
    today: date | None = None
    patience: float = 60.0


Progress = Callable[[int, int], None]


def check_fleet(request: FleetRequest, progress: Progress = lambda done, total: None) -> int:
    """Check every centre that is not done yet and write the overview; the worst exit code of all centres.

    Everything that was done stays done whatever happens. ``InputError`` for a source, folder or rule set that will
    not do, or a folder of another run; ``InternalError`` when workers do not start.
    """
    from ikec_compliance.fleet.overview import Overview
    from ikec_compliance.fleet.page import render_page, render_summary

    arrow()
    source = open_source(request.source)
    catalogue = open_catalogue(request.rules, request.extra_rules)
    absent = [regime for regime in request.regimes if all(head.regime != regime for head in catalogue.rules.heads)]
    if absent:
        raise InputError(f"er zijn geen regels van regime {absent[0]}; lokale regels kiest u met --extra-rules")
    make_folder(request.output)
    with claimed(request.output):
        tidy(request.output)
        run = _same_run(request, source, catalogue)
        parts = Parts(request.output, catalogue.rules.sha256)
        parts.prepare()
        settings = Settings(request.rules, request.extra_rules, catalogue.rules.sha256, request.on,
                            date.fromisoformat(run["vandaag"]), request.period, request.regimes,
                            request.verify, program_sha256() if request.scheduler else "")  # fmt: skip
        _check(request, source, settings, parts, progress)
        overview = Overview(catalogue)
        for batch in range(_batches(source, request.batch)):
            for outcome in parts.read(batch):
                overview.add(outcome)
        found = overview.result(run)
        write(request.output / SUMMARY, render_summary(found).encode())
        write(request.output / PAGE, render_page(found).encode())
    return found.exit


def _check(request: FleetRequest, source: Source, settings: Settings, parts: Parts, progress: Progress) -> None:
    """Every batch that is not done."""
    size = request.batch
    open_batches = {batch for batch in range(_batches(source, size)) if not parts.done(batch)}
    left = sum(min(size, source.count - batch * size) for batch in open_batches)
    done = source.count - left
    progress(done, source.count)
    if not open_batches:
        return
    kept: dict[int, list[Outcome]] = {}
    items = (item for item in source.items() if item.number // size in open_batches)
    workers = _workers(request, settings, left)
    try:
        for outcome in workers.outcomes(items):
            batch = outcome.number // size
            own = kept.setdefault(batch, [])
            own.append(outcome)
            if len(own) == min(size, source.count - batch * size):
                parts.keep(batch, kept.pop(batch))
            done += 1
            progress(done, source.count)
    finally:
        workers.close()


def _workers(request: FleetRequest, settings: Settings, left: int) -> Workers:
    if request.scheduler:
        from ikec_compliance.fleet.cluster import Cluster

        return Cluster(request.scheduler, Judge, settings, request.limits, request.patience)
    return Pool(Judge, settings, max(1, min(request.workers, left)), request.limits)


def _batches(source: Source, size: int) -> int:
    return -(-source.count // size)


def _same_run(request: FleetRequest, source: Source, catalogue: Catalogue) -> dict[str, Any]:
    """What this run is, written down at its start; ``InputError`` when the folder holds another one."""
    path = request.output / RUN
    asked: dict[str, Any] = {
        "schema": "ikec-vloot/v1",
        "vloot_sha256": source.sha256,
        "centra": source.count,
        "regels_sha256": catalogue.rules.sha256,
        "versie": __version__,
        "programma_sha256": program_sha256(),
        "peildatum": None if request.on is None else request.on.isoformat(),
        "periode": None if request.period is None else [day.isoformat() for day in request.period],
        "regimes": [regime for regime in REGIMES if regime in request.regimes],
        "nagerekend": request.verify,
        "per_deel": request.batch,
    }
    if path.is_file():
        try:
            earlier = json.loads(path.read_text(encoding="utf-8"))
            date.fromisoformat(earlier["vandaag"])
        except (OSError, ValueError, KeyError, TypeError):
            raise InputError(f"{path} is beschadigd; kies een nieuwe map met --output") from None
        for key, what in _DIFFERENT.items():
            if earlier.get(key) != asked[key]:
                raise InputError(f"{request.output} is van een vloottoets met {what}; kies een andere map met --output")
        return {**asked, "vandaag": earlier["vandaag"]}
    if any(not entry.name.startswith(".") for entry in request.output.iterdir()):
        raise InputError(f"de map {request.output} is niet leeg en niet van een vloottoets; kies een andere map")
    asked["vandaag"] = (request.today or date.today()).isoformat()
    write(path, (json.dumps(asked, ensure_ascii=False, indent=1) + "\n").encode())
    return asked


_DIFFERENT = {
    "schema": "een andere vorm",
    "vloot_sha256": "andere centra",
    "centra": "een ander aantal centra",
    "regels_sha256": "andere regels",
    "peildatum": "een andere peildatum (--on)",
    "periode": "een andere periode (--period)",
    "regimes": "andere regimes (--regime)",
    "nagerekend": "of zonder --verify",
    "per_deel": "een andere grootte van de delen",
    "versie": "een andere versie van ikec",
    "programma_sha256": "een andere versie van ikec",
}
