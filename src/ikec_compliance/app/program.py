"""The hash of the program itself, for receipts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ikec_compliance.yamlio.digest import digest_bytes, digest_files


@cache
def program_sha256() -> str:
    """One hash over every module of this package: the same for the same version on every machine."""
    root = Path(__file__).parent.parent
    return digest_files(
        (path.relative_to(root).as_posix(), digest_bytes(path.read_bytes())) for path in root.rglob("*.py")
    )
