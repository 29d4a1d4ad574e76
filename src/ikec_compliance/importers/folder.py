"""Writes a configuration folder: a file per top-level key, complete or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from ikec_compliance.importers.yaml_text import block
from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.nodes import Mapping, Node, Scalar

SCHEMA_LINE = "schema: ikec-centrum/v1\n"
_ABOUT = {
    "kinderen": "Vertrouwelijk: alleen pseudoniemen en maanden; deel dit bestand niet.",
    "volledig": "Welke lijsten volledig zijn: wat daar niet in staat, is er dan niet.",
    "rooster": "Kinderen (aantallen) of een medewerker per regel; dag is wekelijks, datum eenmalig.",
}


def yaml_files(root: Mapping, origin: str) -> dict[str, str]:
    """File name → YAML text, one file per top-level key. ``origin`` is named in the header of each file."""
    files: dict[str, str] = {}
    for key, value in root.entries:
        if key.value == "schema":
            continue
        about = _ABOUT.get(key.value, f"Gegevens van het centrum: {key.value}.")
        head = f"{SCHEMA_LINE}# {about}\n# Overgenomen uit {origin}.\n\n"
        files[f"{key.value}.yaml"] = head + block(_wrapped(key, value))
    return files


def _wrapped(key: Scalar, value: Node) -> Mapping:
    return Mapping({key.value: (key, value)}, key.file, key.line, key.column)


def write_folder(folder: Path, files: dict[str, bytes], check: Callable[[Path], None]) -> None:
    """Write files to a new folder in one step; ``check`` looks at them first and may raise.

    ``InputError`` when the folder is already there or cannot be made.
    """
    refuse_existing(folder)
    try:
        place = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError:
        raise InputError(f"kan niet schrijven in {folder.parent}; controleer de map en de rechten") from None
    try:
        for name, content in files.items():
            (place / name).write_bytes(content)
        check(place)
        place.chmod(0o755)
        refuse_existing(folder)
        place.rename(folder)
    except OSError:
        raise InputError(f"kan {folder} niet schrijven; controleer de rechten en de schijf") from None
    finally:
        shutil.rmtree(place, ignore_errors=True)


def refuse_existing(folder: Path) -> None:
    """``InputError`` when there is something at ``folder``: nothing is overwritten."""
    if folder.exists() or folder.is_symlink():
        raise InputError(f"{folder} bestaat al en wordt niet overschreven; kies een andere map")
