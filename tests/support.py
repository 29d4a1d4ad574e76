"""Small configurations for tests: a valid base to change, written to disk and loaded like any other."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from ikec_compliance.centre import Centre, load_centre

PERSON: dict[str, Any] = {
    "functie": "pedagogisch_medewerker",
    "organisatie": "houder",
    "werkt_bij": ["kdv"],
    "meerderjarig": "ja",
    "in_dienst_op": "2024-01-08",
    "contract": {"soort": "arbeidsovereenkomst", "bezoldigd": "ja"},
    "diplomas": [{"kwalificeert": ["dagopvang", "bso"]}],
    "taal": {"mondeling": "3F"},
    "registraties": {"personenregister": {"ingeschreven_op": "2024-01-02", "gekoppeld_op": "2024-01-03"}},
    "vog": {"afgegeven_op": "2023-12-20"},
    "ehbo": {"kinderen": "ja", "geldig_tot": "2027-06-01"},
}

BASE: dict[str, Any] = {
    "schema": "ikec-centrum/v1",
    "centrum": {"id": "proef", "naam": "Proefcentrum", "peildatum": "2026-11-23"},
    "organisaties": [{"id": "houder", "soort": "houder_kinderopvang"}],
    "voorzieningen": [{"id": "kdv", "soort": "dagopvang", "organisatie": "houder",
                       "openingstijden": {"dagen": ["ma"]}}],
    "groepen": [{"id": "g1", "soort": "stamgroep", "voorzieningen": ["kdv"]},
                {"id": "g2", "soort": "stamgroep", "voorzieningen": ["kdv"]}],
    "medewerkers": [],
    "kalender": {"schoolweken": ["2026-08-24/2027-07-09"]},
    "rooster": [],
    "volledig": {"medewerkers": "ja", "diplomas": "ja", "rooster": ["2026-11-23/2026-11-23"]},
}  # fmt: skip


def person(id_: str, **changes: Any) -> dict[str, Any]:
    """A medewerker who counts as beroepskracht, with changes."""
    return {"id": id_, **copy.deepcopy(PERSON), **changes}


def base(**changes: Any) -> dict[str, Any]:
    """The base configuration with top-level keys replaced."""
    return {**copy.deepcopy(BASE), **changes}


def clock(minute: int) -> str:
    """Minutes after midnight as the configuration writes them."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def load(data: dict[str, Any], folder: Path, name: str = "centrum.yaml") -> Centre:
    """Write a configuration (JSON is YAML) and load it."""
    path = folder / name
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return load_centre(path)
