"""Writes repairs into a new configuration and checks that they did what they promised."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ikec_compliance.app.catalogue import Catalogue
from ikec_compliance.app.failures import Failures, failures
from ikec_compliance.app.request import CheckRequest
from ikec_compliance.centre import load_centre
from ikec_compliance.centre.editing import edited_texts
from ikec_compliance.model.errors import InputError
from ikec_compliance.model.plan import Applied
from ikec_compliance.model.repair import Edit, Repair


def apply_set(
    path: Path, out: Path, chosen: Sequence[Repair], before: Failures, catalogue: Catalogue, request: CheckRequest
) -> Applied:
    """Write ``chosen`` to ``out`` and check it. A change that would bring a new finding or open conflict is left out.

    ``InputError`` when ``out`` cannot be written; then nothing is left there.
    """
    dropped: list[Repair] = []
    report = _checked(path, chosen, catalogue, request)
    if _new(before, report):
        kept: list[Repair] = []
        for group in _by_change(chosen):
            attempt = _checked(path, [*kept, *group], catalogue, request)
            if _new(before, attempt):
                dropped += group
            else:
                kept += group
        chosen, report = kept, _checked(path, kept, catalogue, request)
    _write(path, out, chosen)
    wanted = dict.fromkeys(item.conflict for item in chosen)
    open_now, unsure = report.open, report.undecided
    return Applied(
        path=str(out),
        written=tuple(chosen),
        gone=tuple(item for item in wanted if item not in open_now and item not in unsure),
        undecided=tuple(item for item in wanted if item in unsure),
        left=tuple(item for item in wanted if item in open_now),
        new=tuple(sorted(_new(before, report))),
        dropped=tuple(dropped),
    )


def _checked(path: Path, chosen: Sequence[Repair], catalogue: Catalogue, request: CheckRequest) -> Failures:
    """What fails in the configuration with the changes, written beside nothing of the user's."""
    with tempfile.TemporaryDirectory(prefix="ikec-") as folder:
        target = Path(folder) / path.name
        _write(path, target, chosen)
        return failures(load_centre(target), catalogue, replace(request, centre=target))


def _write(path: Path, target: Path, chosen: Sequence[Repair]) -> None:
    texts = edited_texts(path, _edits(chosen))
    try:
        if not path.is_dir():
            target.write_text(next(iter(texts.values())), encoding="utf-8", newline="\n")
            return
        shutil.copytree(path, target)
        for name, text in texts.items():
            if (target / name).read_text(encoding="utf-8") != text:
                (target / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"kan {target} niet schrijven: {error.strerror or error}") from None


def _edits(chosen: Sequence[Repair]) -> list[Edit]:
    """Every edit once: one change may mend several things."""
    found: dict[str, Edit] = {}
    for item in chosen:
        for edit in item.edits:
            found.setdefault(repr(edit), edit)
    return list(found.values())


def _by_change(chosen: Sequence[Repair]) -> list[list[Repair]]:
    """Repairs with the same edits belong together."""
    groups: dict[str, list[Repair]] = {}
    for item in chosen:
        groups.setdefault(repr(item.edits), []).append(item)
    return list(groups.values())


def _new(before: Failures, after: Failures) -> frozenset[str]:
    return after.open - before.open
