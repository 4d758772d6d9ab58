"""Which mapping is meant for which file."""

from __future__ import annotations

from leercirkel.exchange.tables.mapping import Mapping, mapping_for, mapping_to_toml, read_mapping
from leercirkel.exchange.tables.reader import read

ANY = Mapping(columns={"pupil_key": "Nr", "score": "Punten", "taken_on": "Dag", "subject": "Vak"})
CITO = Mapping(columns=ANY.columns, files=("cito-*.xlsx",))
OWN = b"leerlingnummer;vak;toets;afnamedatum;moment;vaardigheidsscore\n1;rekenen;X;20-01-2026;M;80\n"


def test_a_pattern_that_fits_goes_before_a_mapping_for_any_file() -> None:
    assert mapping_for("Cito-M6.XLSX", [ANY, CITO]) is CITO
    assert mapping_for("iep.csv", [ANY, CITO]) is ANY
    assert mapping_for("iep.csv", [CITO]) is None


def test_patterns_are_kept_in_the_file() -> None:
    assert read_mapping(mapping_to_toml(CITO).encode(), "m.toml") == (CITO, [])


def test_patterns_that_are_no_list_are_refused() -> None:
    mapping, problems = read_mapping(b'files = "x"\n[columns]\npupil_key = "Nr"\nscore = "P"\n', "m.toml")

    assert mapping is None
    assert [p.field for p in problems] == ["files"]


def test_a_mapping_for_any_file_leaves_a_file_with_our_own_header_alone() -> None:
    table, problems = read(OWN, "eigen.csv", ANY)

    assert problems == []
    assert table is not None
    assert table.frame["score"].to_list() == [80.0]


def test_a_mapping_named_for_a_file_must_fit_it() -> None:
    table, problems = read(OWN, "cito-1.xlsx", CITO)

    assert table is None
    assert {p.code for p in problems} == {"column-missing"}
