"""What the columns of result tables are called: our own header, and the words that exports use instead."""

from __future__ import annotations

from leercirkel.core.text import squeezed

CANONICAL: dict[str, str] = {
    "leerlingnummer": "pupil_key",
    "achternaam": "surname",
    "tussenvoegsel": "prefix",
    "roepnaam": "first_name",
    "geboortedatum": "birth_date",
    "groep": "group",
    "jaargroep": "grade",
    "vak": "subject",
    "toets": "instrument",
    "versie": "version",
    "soort": "kind",
    "toetsniveau": "test_level",
    "instructiegroep": "instruction_group",
    "afnamedatum": "taken_on",
    "moment": "moment",
    "schooljaar": "school_year",
    "vaardigheidsscore": "score",
    "niveau": "level",
    "dle": "dle",
    "percentiel": "percentile",
    "referentieniveau": "reference_level",
    "avi": "avi",
    "reden_niet_gemaakt": "not_taken",
    "bestemming": "destination",
}
"""Our own header → field. A file with only these headers needs no mapping."""

FIELDS: tuple[str, ...] = (*CANONICAL.values(), "name")
"""Every field that a mapping may fill; `name` is a full name in one column."""

DUTCH: dict[str, str] = {field: header for header, field in CANONICAL.items()} | {"name": "naam"}

RESULT_FIELDS: tuple[str, ...] = ("score", "level", "dle", "percentile", "reference_level", "avi", "not_taken")
TEST_FIELDS: tuple[str, ...] = (
    "subject", "instrument", "version", "kind", "test_level", "moment", "school_year", "taken_on", "instruction_group",
)  # fmt: skip

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "pupil_key": ("lln.nr", "llnr", "lln nummer", "leerlingnr", "leerling nr", "leerling-id", "leerlingid",
                  "stamnummer", "stamnr", "leerlingkey", "leerlingsleutel", "administratienummer", "lasid",
                  "nummer leerling"),
    "surname": ("familienaam", "naam achter"),
    "prefix": ("tussenv", "tussenvoegsels", "tv.naam", "voorvoegsel", "voorvoegsels"),
    "first_name": ("voornaam", "roepnaam leerling", "voornaam leerling"),
    "name": ("naam", "leerling", "naam leerling", "leerlingnaam", "volledige naam"),
    "birth_date": ("geb.datum", "geb datum", "gebdat", "geboren", "geboren op", "datum geboorte"),
    "group": ("klas", "stamgroep", "groepsnaam", "naam groep", "groep leerling"),
    "grade": ("leerjaar", "jgr", "lj", "jaarlaag", "jrgr"),
    "subject": ("vakgebied", "leergebied", "vakonderdeel", "leerstofgebied", "vormingsgebied"),
    "instrument": ("toetsnaam", "naam toets", "instrument", "toetsserie", "test", "methode"),
    "version": ("toetsversie", "uitgave", "editie", "generatie"),
    "kind": ("soort toets", "toetssoort", "soort afname"),
    "test_level": ("niveau toets", "gemaakte toets", "toetsmoment", "opgavenboekje", "boekje"),
    "instruction_group": ("niveaugroep", "instructieniveau", "subgroep"),
    "taken_on": ("afname", "datum", "datum afname", "toetsdatum", "afgenomen op", "afname datum", "testdatum"),
    "moment": ("afnamemoment", "meetmoment", "periode"),
    "school_year": ("schjaar", "cursusjaar", "schooljr"),
    "score": ("vs", "vaardigheid", "score", "vaardigheidscore", "ontwikkelscore", "schaalscore", "vh-score", "vsc",
              "standaardscore"),
    "level": ("niv", "niveauscore", "niveau a-e", "niveau i-v", "niveauwaarde", "vaardigheidsniveau"),
    "dle": ("dle score", "didactisch leeftijdsequivalent", "dle-waarde"),
    "percentile": ("perc", "pct", "percentielscore", "perc.score"),
    "reference_level": ("ref.niveau", "refniveau", "referentie niveau", "rn"),
    "avi": ("avi niveau", "avi beheersing", "avi beheersingsniveau", "aviniveau"),
    "not_taken": ("reden", "reden niet gemaakt", "niet gemaakt", "reden afwezig", "opmerking niet gemaakt"),
    "destination": ("uitstroombestemming", "uitstroom", "uitstroomprofiel", "uitstroomperspectief"),
}  # fmt: skip

_BY_WORD: dict[str, str] = {squeezed(w): f for f, words in _SYNONYMS.items() for w in words}
_BY_WORD |= {squeezed(header): field for header, field in CANONICAL.items()}


def field_of(header: str) -> str | None:
    """The field that a header names in the words of exports ("Lln.nr" → "pupil_key"), or None."""
    # a text without a letter (a key, a score, a date) names nothing; half of all cells asked about are such
    if len(header) > 60 or (header.isascii() and header.lower() == header.upper()):
        return None
    return _BY_WORD.get(squeezed(header))


def canonical_field(header: str) -> str | None:
    """The field of a header of our own ("Leerlingnummer" → "pupil_key"), or None: capitals and spaces do not count."""
    return CANONICAL.get(header.strip().casefold().replace(" ", "_"))
