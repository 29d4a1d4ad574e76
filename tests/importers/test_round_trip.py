"""YAML → workbook → YAML loses nothing but comments and order."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikec_compliance.app.check import check
from ikec_compliance.app.exchange import centre_workbook, import_workbook
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.centre import load_centre
from ikec_compliance.centre.loader import centre_schema
from ikec_compliance.importers.assemble import assemble
from ikec_compliance.importers.book import write_book
from ikec_compliance.importers.folder import yaml_files
from ikec_compliance.importers.layout import published_layout
from ikec_compliance.importers.mapping import WorkbookMapping
from ikec_compliance.importers.pages import Workbook
from ikec_compliance.importers.rows import fill
from ikec_compliance.report.json_report import render_json
from ikec_compliance.yamlio.documents import load_folder_or_file
from ikec_compliance.yamlio.nodes import Mapping, Scalar
from tests.importers.schema_data import configurations, node
from tests.random_centre import random_centre

ROOT = Path(__file__).resolve().parents[2]
SLOW = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))


def through_workbook(data: Any, folder: Path) -> Mapping:
    """Checked data written to a workbook and read back."""
    path = folder / "heen.xlsx"
    # Only the sheets that hold something: the others cost most of the time and say nothing.
    filled = [page for page in fill(published_layout(), data) if page.rows or page.empty]
    path.write_bytes(write_book(filled, "proef"))
    index = assemble(Workbook(path), published_layout(), WorkbookMapping())
    head = Scalar("schema", True, "x", 1, 1), Scalar("ikec-centrum/v1", True, "x", 1, 1)
    return Mapping({"schema": head, **index}, "x", 1, 1)


@given(data=configurations())
@SLOW
def test_any_configuration_survives_the_workbook_and_yaml(
    data: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    schema = centre_schema()
    wanted = schema.walk(node(data)).data
    folder = tmp_path_factory.mktemp("boek")
    root = through_workbook(wanted, folder)
    assert schema.walk(root).data == wanted
    written = folder / "map"
    written.mkdir()
    for name, text in yaml_files(root, "proef").items():
        (written / name).write_text(text, encoding="utf-8")
    assert schema.walk(load_folder_or_file(written).root).data == wanted


@given(seed=st.integers(0, 10**6))
@settings(SLOW, max_examples=6)
def test_a_random_centre_survives_export_and_import(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("centrum")
    source = folder / "centrum.yaml"
    source.write_text(json.dumps(random_centre(Random(seed))), encoding="utf-8")
    book = folder / "boek.xlsx"
    book.write_bytes(centre_workbook(source))
    done = import_workbook(book, folder / "terug")
    assert load_centre(folder / "terug").data == load_centre(source).data
    assert "centrum.yaml" in done.files


@pytest.mark.parametrize("name", ["ikec-hoorn", "ikec-hoorn-op-orde"])
def test_an_example_gives_the_same_report(name: str, tmp_path: Path) -> None:
    source = ROOT / "examples" / name
    book = tmp_path / "boek.xlsx"
    book.write_bytes(centre_workbook(source))
    import_workbook(book, tmp_path / name)
    assert load_centre(tmp_path / name).data == load_centre(source).data
    first, second = (json.loads(render_json(check(CheckRequest(path)))) for path in (source, tmp_path / name))
    assert _without_places(first) == _without_places(second)
    assert first["verdicts"]


def _without_places(part: Any) -> Any:
    """A report without where things stand: another file, other lines, another hash."""
    if isinstance(part, dict):
        return {key: _without_places(value) for key, value in part.items()
                if key not in ("location", "places", "provenance", "receipt")}  # fmt: skip
    return [_without_places(item) for item in part] if isinstance(part, list) else part
