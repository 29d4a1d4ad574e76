"""Which files make up a rule set, and the hash of their bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ikec_compliance.model.errors import InputError
from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.yamlio.digest import digest_bytes, digest_files
from ikec_compliance.yamlio.reader import read_bytes

REGIMES = ("onderwijs", "kinderopvang", "jeugdhulp")
# The ledger of a regime says which units of law its rules cover; it decides no verdict and stays out of the hash.
LEDGER = ("eenheden.yaml", "dekking.yaml")
# Translations decide no verdict either: a folder per language, read when that language is asked for.
TRANSLATIONS = "vertaling"


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files of a rule folder, with those of a folder of local rules; ``sha256`` covers all that decides."""

    folder: Path
    extra: Path | None
    rules: tuple[Path, ...]
    local: tuple[Path, ...]
    sha256: str


def take_inventory(folder: Path, extra: Path | None = None) -> Inventory:
    """Find and hash the files. ``InputError`` for a folder that is no rule folder, and for a file that nobody reads."""
    if not (folder / "begrippen.yaml").is_file():
        raise InputError(f"de map {folder} is geen regelmap: begrippen.yaml ontbreekt (zie --rules)")
    general = [folder / "begrippen.yaml", folder / "wetten.yaml"]
    rules = [
        path
        for regime in REGIMES
        for path in sorted((folder / regime).glob("*.yaml"))
        if path.name not in LEDGER
    ]  # fmt: skip
    others = [
        path
        for place in (folder / "kinderopvang" / "tabellen", folder / "afstemming")
        for path in sorted(place.glob("*.yaml"))
    ]
    ledgers = [folder / regime / name for regime in REGIMES for name in LEDGER]
    _refuse_unread(folder, [*general, *rules, *others, *ledgers, *translations(folder)])
    local: list[Path] = []
    if extra is not None:
        if not extra.is_dir():
            raise InputError(f"de map {extra} bestaat niet (zie --extra-rules)")
        translated = translations(extra)
        local = sorted({*extra.rglob("*.yaml")} - {*translated})
        _refuse_unread(extra, [*local, *translated])
        if not local:
            raise InputError(f"de map {extra} bevat geen regelbestand (*.yaml; zie --extra-rules)")
    digests = [(path.relative_to(folder).as_posix(), _digest(path, folder.parent)) for path in general + rules]
    if extra is not None:
        digests += [(f"extra/{path.relative_to(extra).as_posix()}", _digest(path, extra.parent)) for path in local]
    digests += [(path.relative_to(folder).as_posix(), _digest(path, folder.parent)) for path in others]
    return Inventory(folder, extra, tuple(rules), tuple(local), digest_files(digests))


def translations(folder: Path, language: str = "*") -> list[Path]:
    """The files of ``folder`` that say its texts in another language; of every language without ``language``."""
    return sorted((folder / TRANSLATIONS).glob(f"{language}/*.yaml"))


def _digest(path: Path, base: Path) -> str:
    return digest_bytes(read_bytes(path, path.relative_to(base).as_posix()))


def _refuse_unread(folder: Path, read: Iterable[Path]) -> None:
    """A rule file under another name or in another folder would be skipped without a word."""
    for path in sorted({*folder.rglob("*.yaml"), *folder.rglob("*.yml")} - set(read)):
        shown = path.relative_to(folder.parent)
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            raise InputError(
                "dit bestand wordt niet gelezen; regels staan in de map van hun regime en hun naam eindigt op .yaml",
                Location(shown.as_posix(), 1, 1),
            )
