"""SHA-256 of what was read, for receipts. Both forms can be checked with the tool every system has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def digest_bytes(data: bytes) -> str:
    """SHA-256 of raw bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_files(digests: Iterable[tuple[str, str]]) -> str:
    """One digest for files given as (name, digest) of their raw bytes.

    One file: its own digest, as ``sha256sum FILE`` prints it. Any other number: the digest of the
    listing that ``LC_ALL=C sha256sum *.yaml`` prints, sorted by name, so that text moved from one
    file to another does not go unseen.
    """
    pairs = sorted(digests, key=lambda pair: pair[0].encode())
    if len(pairs) == 1:
        return pairs[0][1]
    return digest_bytes("".join(f"{value}  {name}\n" for name, value in pairs).encode())
