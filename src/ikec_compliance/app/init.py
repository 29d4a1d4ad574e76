"""Writes a first configuration: small, with remarks, and valid from the start."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from ikec_compliance.model.errors import InputError

FILE = "centrum.yaml"

TEMPLATE = """\
schema: ikec-centrum/v1
# Toets dit bestand met: ikec check MAP. Wat ontbreekt, vraagt het rapport. Alle sleutels: ikec rules schema centrum
# Zet er nooit namen, adressen of geboortedata van kinderen in: alleen aantallen per leeftijd.
centrum: {id: mijn-centrum, naam: Mijn centrum}  # peildatum: jjjj-mm-dd legt de datum van de toets vast

organisaties:
  - {id: houder, soort: houder_kinderopvang}
voorzieningen:  # soort: so, sbo, basisschool, dagopvang, bso of jeugdhulp
  - {id: opvang, naam: Dagopvang, soort: dagopvang, organisatie: houder, openingstijden: {dagen: [ma, di, wo, do, vr]}}
ruimtes:
  - {id: ruimte-1, voorzieningen: [opvang], soort: groepsruimte, m2: 45, ingericht_voor_spelen: ja}
groepen:  # plaatsing: kinderen per leeftijd in hele jaren
  - {id: groep-1, naam: Groep 1, soort: stamgroep, voorzieningen: [opvang], ruimte: ruimte-1, plaatsing: {1: 4, 2: 7}}
medewerkers:  # wat u nog niet weet laat u weg: het rapport stelt dan de vraag
  - id: med-1
    functie: pedagogisch_medewerker
    organisatie: houder
    in_dienst_op: 2024-09-02
    meerderjarig: ja
    contract: {bezoldigd: ja}
    ehbo: {kinderen: ja, geldig_tot: 2028-08-31}
    diplomas: [{naam: mbo-4 pedagogisch medewerker, kwalificeert: [dagopvang, bso]}]
    registraties: {personenregister: {ingeschreven_op: 2024-08-20, gekoppeld_op: 2024-08-27}}
    vog: {afgegeven_op: 2024-08-05, overgelegd_op: 2024-08-12}
  - {id: med-2, functie: pedagogisch_medewerker, organisatie: houder}
rooster:  # elke regel: kinderen (aantallen) of een medewerker; dag is wekelijks, datum eenmalig
  - {id: r-1, groep: groep-1, dag: [ma, di, wo, do, vr], van: 08:00, tot: 18:00, aantallen: {1: 4, 2: 7}}
  - {id: r-2, groep: groep-1, dag: [ma, di, wo, do, vr], van: 08:00, tot: 18:00, rol: beroepskracht, medewerker: med-1}
  - {id: r-3, groep: groep-1, dag: [ma], van: 08:00, tot: 18:00, rol: beroepskracht, medewerker: med-2}
documenten:
  - id: beleidsplan
    titel: Pedagogisch beleidsplan 2026
    soorten: [pedagogisch_beleidsplan]
    voorzieningen: [opvang]
    vastgesteld_op: 2026-01-15
# Wat in een volledige lijst niet staat, is er niet; is een lijst niet volledig, dan stelt het rapport vragen.
volledig:
  {organisaties: ja, voorzieningen: ja, ruimtes: ja, groepen: ja, medewerkers: ja, rooster: [WEEK]}
"""


def template(today: date) -> str:
    """The configuration with the roster of the working week that holds ``today``."""
    monday = today - timedelta(days=today.weekday())
    return TEMPLATE.replace("WEEK", f"{monday}/{monday + timedelta(days=4)}")


def init(folder: Path, today: date | None = None) -> Path:
    """Write ``centrum.yaml`` in ``folder`` (made when absent) and give its path.

    ``InputError`` when there already is a configuration: nothing is overwritten.
    """
    path = folder / FILE
    if folder.is_dir() and any(item.suffix.lower() in (".yaml", ".yml") for item in folder.iterdir()):
        raise InputError(f"de map {folder} bevat al een YAML-bestand; kies een andere map")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(template(today or date.today()))
    except FileExistsError:
        raise InputError(f"{folder} bestaat al en is geen map; kies een andere naam") from None
    except NotADirectoryError:
        raise InputError(f"{folder} ligt niet in een map; kies een andere naam") from None
    except OSError:
        raise InputError(f"kan niet schrijven in {folder}; controleer de rechten") from None
    return path
