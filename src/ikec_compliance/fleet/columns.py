"""The optional library for Parquet, imported only where it is needed."""

from __future__ import annotations

from typing import Any

from ikec_compliance.model.errors import InputError


def arrow() -> Any:
    """``pyarrow`` with its Parquet part; ``InputError`` that tells how to get it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise InputError("voor Parquet is pyarrow nodig: pip install 'ikec-compliance[fleet]'") from None
    return pyarrow
