"""The law registry: what each law is called, who supervises it and up to when its text was read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ikec_compliance.model.place import Location
from ikec_compliance.model.record import dataclass
from ikec_compliance.model.rule import Source
from ikec_compliance.rules.files import CheckedFile, read_checked
from ikec_compliance.rules.refusals import UnknownName
from ikec_compliance.yamlio.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Law:
    """One law. ``read_until`` is the state of the newest text that was read."""

    code: str
    title: str
    bwb: str
    regime: str
    supervisor: str
    binding: str
    read_until: date


@dataclass(frozen=True, slots=True)
class Laws:
    """The registry by code."""

    by_code: Mapping[str, Law]
    digest: str

    def source(self, raw: Mapping[str, Any], place: Location) -> Source:
        """A source with its deep link and Juriconnect address filled in."""
        code = raw["law"]
        law = self.by_code.get(code)
        if law is None:
            raise UnknownName(f"onbekende wet '{code}'{did_you_mean(code, self.by_code)}", place)
        article, lid, state = str(raw["article"]), str(raw.get("lid", "")), raw["state"]
        url, juriconnect = raw.get("url", ""), ""
        if law.bwb:
            words = article.replace(",", " ").split()
            annex = words[0].lower() == "bijlage"
            first = words[1] if annex and len(words) > 1 else words[0]
            anchor = f"Bijlage{first}" if annex else f"Artikel{first}"
            url = url or f"https://wetten.overheid.nl/{law.bwb}/{state.isoformat()}#{anchor}"
            juriconnect = f"jci1.3:c:{law.bwb}&{'bijlage' if annex else 'artikel'}={first}"
            juriconnect += f"&lid={lid.replace(',', ' ').split()[0]}" if lid else ""
            juriconnect += f"&g={state.isoformat()}"
        return Source(code, article, lid, state, url, juriconnect, raw.get("note", ""))


def load_laws(folder: Path) -> Laws:
    """Read ``wetten.yaml`` from the rules folder."""
    checked: CheckedFile = read_checked(folder / "wetten.yaml", "wetten", folder.parent)
    laws = {
        code: Law(code, raw["title"], raw["bwb"], raw["regime"], raw["supervisor"], raw["binding"], raw["read_until"])
        for code, raw in checked.data["laws"].items()
    }
    return Laws(laws, checked.sha256)
