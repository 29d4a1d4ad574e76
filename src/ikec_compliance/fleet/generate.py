"""Writes a made-up country: a table with a centre in each row, or a folder with a file for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import IO

from ikec_compliance.fleet.breaches import spoil
from ikec_compliance.fleet.columns import arrow
from ikec_compliance.fleet.country import Cluster, clusters
from ikec_compliance.fleet.files import make_folder, write, write_with
from ikec_compliance.fleet.made_up import make
from ikec_compliance.fleet.pattern import text
from ikec_compliance.fleet.source import CONFIGURATION, ID, REGION
from ikec_compliance.model.errors import InputError

Row = tuple[str, str, str]
"""Id, region and configuration of a centre."""

Progress = Callable[[int, int], None]

_ROW_GROUP = 64


def country(number: int, seed: int, data: Path | None) -> Iterator[Row]:
    """``number`` centres; each depends on the seed and its place only."""
    for place, cluster in enumerate(clusters(number, seed, data)):
        yield row(cluster, seed, place)


def row(cluster: Cluster, seed: int, place: int) -> Row:
    """The centre on the place of one cluster."""
    rng = Random(f"{seed}/{place}/{cluster.id}")
    centre = make(cluster, rng)
    spoil(centre, rng)
    return cluster.id.lower(), cluster.region, text(centre)


def generate(
    output: Path, number: int, seed: int, data: Path | None, progress: Progress = lambda done, total: None
) -> None:
    """Write a country to ``output``: ``.parquet``, ``.csv`` or the name of a new folder.

    A table is there whole or not at all. ``InputError`` when the files of ``data`` or the output will not do.
    """
    rows = _counted(country(number, seed, data), number, progress)
    kind = output.suffix.lower()
    if kind == ".parquet":
        arrow()
        write_with(output, lambda stream: _parquet(stream, rows))
    elif kind == ".csv":
        write_with(output, lambda stream: _csv(stream, rows))
    else:
        if output.is_dir() and any(output.iterdir()):
            raise InputError(f"de map {output} is niet leeg; kies een andere")
        make_folder(output)
        for id_, _, configuration in rows:
            write(output / f"{id_}.yaml", configuration.encode())


def _counted(rows: Iterator[Row], total: int, progress: Progress) -> Iterator[Row]:
    for done, item in enumerate(rows, 1):
        yield item
        progress(done, total)


def _parquet(stream: IO[bytes], rows: Iterator[Row]) -> None:
    pyarrow = arrow()
    schema = pyarrow.schema([(name, pyarrow.string()) for name in (ID, REGION, CONFIGURATION)])
    with pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd", use_dictionary=[REGION]) as writer:
        while group := list(islice(rows, _ROW_GROUP)):
            columns = [pyarrow.array(values, pyarrow.string()) for values in zip(*group, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))


def _csv(stream: IO[bytes], rows: Iterator[Row]) -> None:
    lines = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow((ID, REGION, CONFIGURATION))
        writer.writerows(rows)
    finally:
        lines.detach()  # what is left in it is written; the stream stays open for its owner
