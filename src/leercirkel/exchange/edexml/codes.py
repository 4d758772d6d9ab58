"""The code lists and field limits of EDEXML 2.1, in our own words (docs/domein/edexml.md)."""

from __future__ import annotations

from typing import Final

from leercirkel.exchange.edexml.model import Gender

GRADES: Final[dict[str, str]] = {
    "B": "baby's tot 12 maanden",
    "D": "dreumesen van 1 tot 2 jaar",
    "0": "peuters van 3 tot 4 jaar",
    "1": "groep 1",
    "2": "groep 2",
    "3": "groep 3",
    "4": "groep 4",
    "5": "groep 5",
    "6": "groep 6",
    "7": "groep 7",
    "8": "groep 8",
    "11": "voortgezet onderwijs, leerjaar 1",
    "12": "voortgezet onderwijs, leerjaar 2",
    "13": "voortgezet onderwijs, leerjaar 3",
    "14": "voortgezet onderwijs, leerjaar 4",
    "15": "voortgezet onderwijs, leerjaar 5",
    "16": "voortgezet onderwijs, leerjaar 6",
    "S": "speciaal (basis)onderwijs",
    "V": "voortgezet speciaal onderwijs",
    "C": "combinatiegroep",
    "N": "geen primair of voortgezet onderwijs",
    "H": "historisch",
}
COMBINATION: Final = "C"
SPECIAL: Final = "S"

# ISO 5218, boys are 1. OSO has the two the other way round, so never share this table.
GENDERS: Final[dict[str, Gender | None]] = {"0": None, "1": "male", "2": "female", "9": "unspecified"}

ROLES: Final[dict[str, str]] = {
    "ADJ": "adjunct-directeur",
    "ADM": "administratie",
    "CON": "conciërge",
    "DIR": "directeur",
    "ICT": "ict-coördinator",
    "IB": "intern begeleider",
    "KLA": "klassenassistent",
    "LRK": "leerkracht",
    "LOS": "lerarenondersteuner",
    "LOC": "locatieleider",
    "OWA": "onderwijsassistent",
    "OUD": "ouder",
    "RT": "remedial teacher",
    "SMW": "schoolmaatschappelijk werk",
    "STA": "stagiair",
    "TAL": "toetsafnameleider",
    "VAK": "vakleerkracht",
}

MAX_KEY: Final = 256
MAX_NAME: Final = 200
"""No text of ours is longer; what is, is an error. STANDARD_LENGTHS are the stricter limits of the standard itself."""
STANDARD_LENGTHS: Final[dict[str, int]] = {
    "achternaam": 200,
    "voorvoegsel": 10,
    "voornamen": 200,
    "voorletters-1": 6,
    "roepnaam": 64,
    "naam": 64,
    "rolomschrijving": 64,
}

# Read past on purpose and named once in a notice: the law or common sense says that we must not have them.
PRIVATE: Final = frozenset(
    {
        "sofinummer",
        "bsn",
        "onderwijsnummer",
        "bsn_ondwnr-4",
        "rijksregisternummer",
        "etniciteit",
        "gewicht",
        "gewicht_nieuw",
        "land",
        "land_vader",
        "land_moeder",
        "fotourl",
        "emailadres",
        "gebruikersnaam",
        "postcodenl",
        "postnummerbe",
        "postcodeoverig",
    }
)
# Known, harmless and of no use to us.
IGNORED: Final = frozenset({"mutatiedatum", "omschrijving", "auteur", "commentaar"})
VERSIONS: Final = frozenset({"1.0", "1.00", "1.01", "1.02", "1.03", "2.0", "2.1"})
