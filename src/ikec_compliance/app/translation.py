"""Results in the language that was asked for: made in Dutch, and said again from ``rules/vertaling``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ikec_compliance.app import store
from ikec_compliance.app.catalogue import Rules
from ikec_compliance.reconcile.frictions import Friction
from ikec_compliance.rules.inventory import translations
from ikec_compliance.rules.translation import load_translation, plain
from ikec_compliance.yamlio.digest import digest_bytes, digest_files

if TYPE_CHECKING:
    from ikec_compliance.report.english.results import English

DUTCH = "nl"

_Result = TypeVar("_Result")


def translated(result: _Result, rules: Rules, lang: str, extra: Path | None = None) -> _Result:
    """A report, verdict, repair plan, joint requirement, comparison or rule in ``lang``; in Dutch it is the same.

    ``extra`` is the folder of local rules: it may have translations of its own.
    """
    return result if lang == DUTCH else english(rules, extra).say(result)


def english(rules: Rules, extra: Path | None = None) -> English:
    """What says results in English, with the texts of these rules; made once for a rule set."""
    return _made(cast(Any, rules), extra)


@lru_cache(maxsize=2)
def _made(rules: Rules, extra: Path | None) -> English:
    from ikec_compliance.report.english.results import English

    texts = dict(_read([rules.folder, *([extra] if extra else [])], "en"))
    for head in rules.heads:
        texts.setdefault(plain(head.text["nl"]), head.text["en"])
    frictions: Sequence[Friction] = getattr(rules, "frictions", ())
    for friction in frictions:
        for pair in (friction.title, friction.explanation, friction.not_computable):
            if pair:
                texts.setdefault(plain(pair["nl"]), plain(pair["en"]))
    return English(texts)


def _read(folders: Sequence[Path], language: str) -> dict[str, str]:
    """The translations of the folders, kept between runs as long as their files are the same."""
    files = [path for folder in folders for path in translations(folder, language)]
    name = digest_files((str(path), digest_bytes(path.read_bytes())) for path in files)
    found: dict[str, str] | None = store.recall("vertaling", name)
    if found is None:
        found = dict(load_translation(folders, language))
        store.keep("vertaling", name, found)
    return found
