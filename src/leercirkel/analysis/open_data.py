"""The tables of open data about schools: columns, dtypes, codes and quality flags, the same for every engine.

One row tells one fact about one school location in one school year. A school is `brin` + `location` ("99ZZ" + "00"),
never its name: names, boards and postcodes change. `school_year` is the first year: 2022 for 2022-2023.

Counts are two numbers, `low` and `high`: the same when the count was published, 1 and 4 where the file says "<5". A
count of 2 is never made up. What was not published is null, and "not taken" is a row that is not there.

`kind` is bo, sbo, so or vso, or null where the file does not say. `source` and `row` tell where the row came from: the
table SOURCES has the file with that `source`, and `row` is its line or row there. See `docs/domein/open-data.md`.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

_SCHOOL: dict[str, Any] = {
    "brin": nw.String,  # four characters, capitals
    "location": nw.String,  # two characters, "00" the main one
    "school_year": nw.Int32,
    "kind": nw.String,
}

_ORIGIN: dict[str, Any] = {
    "source": nw.String,  # of SOURCES
    "row": nw.Int32,  # as the user's program shows it: the header is row 1
    "flags": nw.List(nw.String),  # codes of FLAGS; an empty list when there is nothing to say
}

SCHOOLS: dict[str, Any] = {
    **_SCHOOL,
    "name": nw.String,
    "place": nw.String,
    "municipality_number": nw.String,  # four digits: "0637"
    "municipality": nw.String,
    "province": nw.String,
    "denomination": nw.String,
    "board_number": nw.String,
    **_ORIGIN,
}
"""One row per school and year: of each column the first value among the files of that year that have it."""

ADVICES_GIVEN: dict[str, Any] = {**_SCHOOL, "advice": nw.String, "low": nw.Int32, "high": nw.Int32, **_ORIGIN}
"""Pupils per advice of the school, zeros included. `advice` is one of ADVICE_CODES."""

END_SCORES: dict[str, Any] = {
    **_SCHOOL,
    "test": nw.String,  # of TESTS
    "taken_low": nw.Int32,
    "taken_high": nw.Int32,
    "mean": nw.Float64,  # null when fewer than five pupils took it
    **_ORIGIN,
}
"""One row per test taken at a school, more than one where it changed tests. Scales differ per test and year."""

END_TOTALS: dict[str, Any] = {
    **_SCHOOL,
    "taken_low": nw.Int32,  # over all tests
    "taken_high": nw.Int32,
    "exempt_low": nw.Int32,
    "exempt_high": nw.Int32,
    "grade8": nw.Int32,  # pupils in the last grade, where the file has it (until 2018-2019), or null
    **_ORIGIN,
}
"""One row per school in a file of end scores, also where no test was taken: bounds for the counts of other files."""

LEVELS_REACHED: dict[str, Any] = {
    **_SCHOOL,
    "domain": nw.String,  # of DOMAINS
    "level": nw.String,  # "<1F", "1F", "1S" (arithmetic) or "2F", as in core.reference; exclusive
    "low": nw.Int32,
    "high": nw.Int32,
    **_ORIGIN,
}
"""Pupils per highest reference level reached, zeros included. No special primary schools."""

PUPILS: dict[str, Any] = {
    **_SCHOOL,
    "counted": nw.String,  # of COUNTED: what was counted
    "grade": nw.Int32,  # 1-8, or null: all
    "low": nw.Int32,
    "high": nw.Int32,
    **_ORIGIN,
}

WEIGHTINGS: dict[str, Any] = {
    "brin": nw.String,
    "location": nw.String,  # null unless `match` is "one_location"
    "school_year": nw.Int32,  # of a mean: the last of its years
    "years": nw.Int32,  # 1, or 3 for the unweighted mean over three school years
    "supervised": nw.String,  # the inspectorate's own number within the BRIN: "C1"
    "weighting": nw.Float64,  # schoolweging, about 20 to 40, high is more complex; or null
    "spread": nw.Float64,  # standard deviation between pupils, or null
    "pupils": nw.Int32,  # or null
    "match": nw.String,  # of MATCHES
    **_ORIGIN,
}
"""Schoolweging of the inspectorate. Its C1, C2 … are no locations of DUO: only a BRIN with one of each is safe."""

DISADVANTAGE: dict[str, Any] = {
    **_SCHOOL,
    "threshold": nw.Boolean,  # with the 12 percent taken off, below which there is no money
    "part": nw.String,  # "all", "lower" (until 7 years old) or "upper"
    "pupils": nw.Int32,  # funded pupils of the school; null for a part of it
    "score": nw.Float64,  # of the school as a whole: divide by pupils to compare; null when secret
    **_ORIGIN,
}
"""Achterstandsscores of CBS. With the threshold more than half of the schools have 0: compare without."""

JUDGEMENTS: dict[str, Any] = {
    "brin": nw.String,
    "location": nw.String,  # as in WEIGHTINGS
    "school_year": nw.Int32,  # the last of the three years
    "supervised": nw.String,
    "weighting": nw.Float64,
    "level": nw.String,  # "1F" or "1S/2F"
    "signal": nw.Float64,  # percentage below which the inspectorate looks further (signaleringswaarde), or null
    "share": nw.Float64,  # percentage over three years, as the inspectorate computes it, or null
    "pupils": nw.Int32,  # over three years, or null
    "outcome": nw.String,  # in the words of the file, or null
    "match": nw.String,
    **_ORIGIN,
}
"""The inspectorate's own three-year shares per school, with the value that each is held against."""

SOURCES: dict[str, Any] = {
    "source": nw.String,  # the first 16 characters of sha256
    "sha256": nw.String,
    "file": nw.String,
    "dataset": nw.String,  # of DATASETS
    "layout": nw.String,
    "school_year": nw.Int32,  # of the rows; a file with more years has a row per year
    "drawn_on": nw.Int32,  # day on which the figures were drawn from the register, 20230501; or null
    "year_from": nw.String,  # where the year was found: "column", "sheet", "file_name" or "given"
    "read_on": nw.Date,
    "rows": nw.Int64,  # rows of the file that were used
    "problems": nw.Int64,  # rows of the file that were left out, each told as a problem
}
"""The files in the store. Of a data set and school year there is one."""

TABLES: dict[str, dict[str, Any]] = {
    "schools": SCHOOLS,
    "advices": ADVICES_GIVEN,
    "end_scores": END_SCORES,
    "end_totals": END_TOTALS,
    "reference_levels": LEVELS_REACHED,
    "pupils": PUPILS,
    "weightings": WEIGHTINGS,
    "disadvantage": DISADVANTAGE,
    "judgements": JUDGEMENTS,
}
"""The tables of the store by name, without SOURCES."""

DATASETS: dict[str, str] = {
    "advices": "schooladviezen",
    "end_scores": "eindscores",
    "reference_levels": "referentieniveaus",
    "locations": "vestigingen",
    "pupils": "leerlingen",
    "pupils_with_address": "leerlingen met een adres",
    "pupils_by_grade": "leerlingen per leerjaar",
    "weightings": "schoolweging",
    "disadvantage": "achterstandsscores",
    "judgements": "gemiddelde referentieniveaus (inspectie)",
}
"""What a file is about, in Dutch. One data set may fill more tables: most bring schools along."""

ADVICE_CODES: tuple[str, ...] = (
    "vso", "pro", "vmbo_b", "vmbo_b_k", "vmbo_k", "vmbo_k_gt", "vmbo_gt", "vmbo_gt_havo", "havo", "havo_vwo", "vwo",
    "not_possible",
)  # fmt: skip
"""The advices of schools as DUO counts them, from low to high; a double one stands between its two."""

TESTS: dict[str, str] = {
    "cet": "Centrale Eindtoets",
    "iep": "IEP",
    "route8": "Route 8",
    "dia": "Dia",
    "amn": "AMN",
    "cesan": "Cesan",
    "doe": "Doe",
    "lib": "Leerling in beeld",
}
"""End tests and doorstroomtoetsen by DUO's own prefix. Means of two tests, or of one before and since 2023-2024, are on
different scales."""

DOMAINS: tuple[str, ...] = ("begrijpend_lezen", "taalverzorging", "rekenen")
"""Subjects of `core.subjects` that have a reference level by law."""

COUNTED: dict[str, str] = {
    "enrolled": "ingeschreven op 1 oktober",
    "with_address": "met een bekend adres",
    "funded": "bekostigd",
}

MATCHES: dict[str, str] = {
    "one_location": "de school heeft één vestiging",
    "ambiguous": "de school heeft er meer: niet te zeggen welke vestiging dit is",
    "unknown": "geen vestigingen van deze school ingelezen",
}

FLAGS: dict[str, str] = {
    "suppressed": "het bestand zegt “<5”: 1 tot en met 4",
    "mean_withheld": "minder dan vijf leerlingen: geen gemiddelde",
    "mean_off_scale": "het gemiddelde kan niet op de schaal van deze toets",
    "all_zero": "alleen nullen: geen groep 8",
    "sum_differs": "de aantallen zijn samen niet het totaal dat ernaast staat",
    "not_in_file": "geen regel in het bestand: als nul geteld",
    "code_disputed": "van deze code is niet zeker of het vwo of havo/vwo is",
    "totals_differ": "getoetst en ontheven samen zijn niet de leerlingen van leerjaar 8",
    "more_tests": "meer dan één toets in dit jaar",
    "combined": "opgeteld uit meer regels van het bestand",
    "rebuilt": "nagebouwd uit een andere bron",
    "rebuilt_unchecked": "nagebouwd; kleine aantallen niet nagekeken",
    "rebuilt_one_location": "nagebouwd; van meer vestigingen staat hier één",
    "rebuilt_unknown": "nagebouwd; onbekend van welke vestiging: niet gebruiken",
    "name_repaired": "een naam was beschadigd en is hersteld",
    "name_damaged": "een naam is beschadigd",
    "few_pupils": "te weinig leerlingen: niet betrouwbaar",
    "secret": "niet bekendgemaakt",
    "ambiguous_location": "niet te zeggen bij welke vestiging dit hoort",
}
"""What there is to know about a row before using it, by code, in Dutch."""

NOT_TO_USE: frozenset[str] = frozenset({"rebuilt_unknown", "mean_off_scale"})
"""Flags that say that the row's figure is not that of this school."""

SMALLEST, LARGEST = 1, 4
"""What "<5" stands for: zero is published as zero."""
