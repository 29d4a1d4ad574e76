"""Where the rule set, schemas and examples stand: in the wheel, or in the source tree of an editable install."""

from __future__ import annotations

from pathlib import Path

from ikec_compliance.model.errors import InternalError

_PACKAGE = Path(__file__).resolve().parent.parent
_PACKAGED = _PACKAGE / "_data"
_SOURCE_TREE = _PACKAGE.parent.parent


def _folder(name: str) -> Path:
    """Return the folder ``name`` of the packaged data, else of the source tree; InternalError if it is in neither."""
    for base in (_PACKAGED, _SOURCE_TREE):
        if (folder := base / name).is_dir():
            return folder
    raise InternalError(f"de map '{name}' ontbreekt in de installatie; installeer ikec-compliance opnieuw")


def rules_dir() -> Path:
    """Return the folder of the packaged rule set: used when there is no ``./rules`` and no ``--rules``."""
    return _folder("rules")


def schema_dir() -> Path:
    """Return the folder of the published JSON Schemas; the schemas of version 1 stand in ``v1/``."""
    return _folder("schema")


def examples_dir() -> Path:
    """Return the folder of the example centres, one folder each."""
    return _folder("examples")
