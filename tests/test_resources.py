from __future__ import annotations

from pathlib import Path

import pytest

from ikec_compliance.model import resources
from ikec_compliance.model.errors import InternalError

ROOT = Path(__file__).resolve().parent.parent


def test_source_tree_is_used_without_packaged_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "_PACKAGED", tmp_path / "_data")
    assert resources.rules_dir() == ROOT / "rules"
    assert resources.schema_dir() == ROOT / "schema"
    assert resources.examples_dir() == ROOT / "examples"


def test_packaged_data_wins_over_the_source_tree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("rules", "schema", "examples"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(resources, "_PACKAGED", tmp_path)
    assert resources.rules_dir() == tmp_path / "rules"
    assert resources.schema_dir() == tmp_path / "schema"
    assert resources.examples_dir() == tmp_path / "examples"


def test_missing_folder_is_an_internal_error_that_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(resources, "_PACKAGED", tmp_path / "_data")
    monkeypatch.setattr(resources, "_SOURCE_TREE", tmp_path)
    with pytest.raises(InternalError, match="'schema'"):
        resources.schema_dir()
