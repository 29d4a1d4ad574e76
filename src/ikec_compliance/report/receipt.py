"""What a repeated check says of its receipt, as text and JSON."""

from __future__ import annotations

from collections.abc import Sequence

from ikec_compliance.model.receipt import Difference
from ikec_compliance.report.json_report import dumps
from ikec_compliance.report.layout import Page

_HASH, _SHOWN = 64, 12


def receipt_text(file: str, name: str, on: str, differences: Sequence[Difference], same_results: bool) -> str:
    """One line per difference, then whether the outcome is the same."""
    page = Page()
    page.write(f"Ontvangstbewijs {file}: {name}, peildatum {on}")
    width = max((len(item.what) for item in differences), default=0) + 2
    for item in differences:
        page.field(item.what, f"{_short(item.then)} → {_short(item.now)}", 2, width)
    if not differences:
        page.write("Gelijk: dezelfde toets geeft dezelfde uitkomsten.")
    else:
        outcome = "de uitkomsten zijn gelijk gebleven" if same_results else "ook de uitkomsten verschillen"
        count = "1 verschil" if len(differences) == 1 else f"{len(differences)} verschillen"
        page.write(f"Anders: {count}; {outcome}.")
    return page.text()


def receipt_json(file: str, differences: Sequence[Difference], same_results: bool) -> str:
    """``{"receipt": …, "equal": …, "same_results": …, "differences": [{what, then, now}]}``."""
    rows = [{"what": item.what, "then": item.then, "now": item.now} for item in differences]
    return dumps({"receipt": file, "equal": not rows, "same_results": same_results, "differences": rows})


def _short(text: str) -> str:
    """The head of a hash; any other value as it is."""
    return text[:_SHOWN] if len(text) == _HASH and text.isalnum() else text
