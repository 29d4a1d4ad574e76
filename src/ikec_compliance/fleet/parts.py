"""The results on disk: for each batch of centres one part of each of two tables, in Parquet.

A batch is done when its part of ``centra`` is there: that one is written last. Parts hold the same bytes whenever and
by whatever workers they were made.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ikec_compliance.fleet.columns import arrow
from ikec_compliance.fleet.files import make_folder, write
from ikec_compliance.fleet.task import COUNTS, Finding, Outcome
from ikec_compliance.model.errors import InputError

CENTRES, FINDINGS = "centra", "bevindingen"


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts in an output folder, of fleets checked with one rule set."""

    folder: Path
    rules_sha256: str

    def prepare(self) -> None:
        """Make the folders. ``InputError`` when that is refused."""
        make_folder(self.folder / CENTRES)
        make_folder(self.folder / FINDINGS)

    def done(self, batch: int) -> bool:
        """Whether a batch is complete."""
        return self._path(CENTRES, batch).is_file() and self._path(FINDINGS, batch).is_file()

    def keep(self, batch: int, outcomes: Sequence[Outcome]) -> None:
        """Write a batch, whole or not at all. ``InputError`` when the disk refuses."""
        ordered = sorted(outcomes, key=lambda outcome: outcome.number)
        rows = [
            (item.number, item.id, item.region, item.state, item.exit, item.message, item.on, item.sha256,
             self.rules_sha256, *item.counts)
            for item in ordered
        ]  # fmt: skip
        findings = [(item.id, *finding, self.rules_sha256) for item in ordered for finding in item.findings]
        write(self._path(FINDINGS, batch), _content(_finding_columns(), findings))
        write(self._path(CENTRES, batch), _content(_centre_columns(), rows))

    def read(self, batch: int) -> Iterator[Outcome]:
        """The outcomes of a batch that is done, in order. ``InputError`` for a part that cannot be read."""
        by_centre: dict[str, list[Finding]] = {}
        for row in self._rows(FINDINGS, batch):
            by_centre.setdefault(row[0], []).append(Finding(*row[1:-1]))
        for row in self._rows(CENTRES, batch):
            number, id_, region, state, code, message, on, sha256, _, *counts = row
            yield Outcome(number, id_, region, state, code, message, on, sha256, tuple(counts),
                          tuple(by_centre.get(id_, ())))  # fmt: skip

    def _rows(self, table: str, batch: int) -> Iterator[tuple[Any, ...]]:
        path = self._path(table, batch)
        pyarrow = arrow()
        try:
            content = pyarrow.parquet.read_table(path, use_threads=False)
            columns = [column.to_pylist() for column in content.columns]
        except (pyarrow.ArrowException, OSError):
            raise InputError(f"{path} is beschadigd; verwijder het en geef dezelfde opdracht") from None
        return zip(*columns, strict=True)

    def _path(self, table: str, batch: int) -> Path:
        return self.folder / table / f"deel-{batch:05d}.parquet"


def _centre_columns() -> list[tuple[str, Any]]:
    pyarrow = arrow()
    text, small = pyarrow.string(), pyarrow.int32()
    return [
        ("nummer", small), ("centrum", text), ("regio", text), ("staat", text), ("exit", small), ("melding", text),
        ("peildatum", text), ("centrum_sha256", text), ("regels_sha256", text), *((name, small) for name in COUNTS),
    ]  # fmt: skip


def _finding_columns() -> list[tuple[str, Any]]:
    pyarrow = arrow()
    text = pyarrow.string()
    return [
        ("centrum", text), ("soort", text), ("regel", text), ("regime", text), ("onderwerp", text), ("oordeel", text),
        ("ernst", text), ("aanvaard", pyarrow.bool_()), ("kenmerk", text), ("regels_sha256", text),
    ]  # fmt: skip


def _content(columns: Sequence[tuple[str, Any]], rows: Sequence[Sequence[Any]]) -> bytes:
    """A Parquet file. Made in memory: what the disk refuses is refused in one place, and batches are small."""
    pyarrow = arrow()
    turned = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [pyarrow.array(values, kind) for values, (_, kind) in zip(turned, columns, strict=True)]
    table = pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(columns))
    stream = io.BytesIO()
    pyarrow.parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()
