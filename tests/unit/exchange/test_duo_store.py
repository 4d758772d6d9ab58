from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from tests.support.duo_files import advices, ods, who

from leercirkel.analysis.open_data import SOURCES, TABLES
from leercirkel.exchange.duo.comparing import own_signals
from leercirkel.exchange.duo.made import OpenFile, polars_types
from leercirkel.exchange.duo.reader import read
from leercirkel.exchange.duo.store import Store, StoreFault

DAY = date(2026, 2, 1)
ZEROS = ";".join("0" * 12)


def _file(data: bytes, name: str = "adviezen.csv", year: int | None = None) -> tuple[OpenFile, str]:
    made, problems = read(data, name, year)
    assert made is not None, problems
    return made, hashlib.sha256(data).hexdigest()


def _counts(store: Store) -> list[int]:
    return store.frame("advices").collect()["low"].to_list()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "open")


def test_an_empty_store_has_every_table_without_rows(store: Store) -> None:
    for table, columns in TABLES.items():
        assert dict(store.frame(table).collect().schema) == polars_types(columns)
    assert store.sources_frame().is_empty()


def test_rows_lead_back_to_file_and_row(store: Store) -> None:
    store.add([_file(advices(f"{who()};{ZEROS}"))], DAY)

    row = store.frame("advices").collect().row(0, named=True)
    source = store.sources_frame().row(0, named=True)
    assert row["source"] == source["source"] == source["sha256"][:16]
    assert (row["row"], source["file"], source["read_on"], source["rows"]) == (2, "adviezen.csv", DAY, 1)
    assert set(store.sources_frame().columns) == set(SOURCES)


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    file = _file(advices(f"{who()};{ZEROS}"))
    store.add([file], DAY)
    before = {path: path.stat().st_mtime_ns for path in store.folder.rglob("*.*") if path.name != ".lock"}

    (added,) = store.add([file], date(2026, 3, 1))

    assert added.what == "same"
    assert {path: path.stat().st_mtime_ns for path in store.folder.rglob("*.*") if path.name != ".lock"} == before


def test_a_newer_file_of_the_same_set_and_year_takes_the_place_of_the_old(store: Store) -> None:
    store.add([_file(advices(f"{who()};{ZEROS}"), "eerste.csv")], DAY)
    (added,) = store.add([_file(advices(f"{who()};{ZEROS.replace('0', '2')}", drawn="20230901"), "tweede.csv")], DAY)

    assert added.what == "replaced"
    assert added.before is not None
    assert added.before.file == "eerste.csv"
    assert set(_counts(store)) == {2}
    assert len(list((store.folder / "advices").glob("*"))) == 1


def test_an_older_file_stays_out_unless_it_is_asked_for(store: Store) -> None:
    store.add([_file(advices(f"{who()};{ZEROS}", drawn="20230901"))], DAY)
    older = _file(advices(f"{who()};{ZEROS.replace('0', '2')}"))

    assert [added.what for added in store.add([older], DAY)] == ["older"]
    assert set(_counts(store)) == {0}
    assert [added.what for added in store.add([older], DAY, older=True)] == ["replaced"]
    assert set(_counts(store)) == {2}


def test_a_rebuilt_file_does_not_replace_that_of_the_publisher(store: Store) -> None:
    text = advices(f"{who()};{ZEROS}").decode().splitlines()
    rebuilt = f"{text[0]};RECONSTRUCTIE\n{text[1]};exact".replace("PRIKDATUM_ADVIEZEN", "X").encode()
    store.add([_file(advices(f"{who()};{ZEROS}"))], DAY)

    assert [added.what for added in store.add([_file(rebuilt)], DAY)] == ["older"]


def test_other_years_and_other_data_stand_beside_each_other(store: Store) -> None:
    store.add([_file(advices(f"{who()};{ZEROS}")), _file(advices(f"{who()};{ZEROS}", day="20231001"))], DAY)

    assert sorted(store.frame("advices").collect()["school_year"].unique()) == [2022, 2023]
    assert [source.school_year for source in store.sources()] == [2022, 2023]


def test_what_an_interrupted_run_left_is_not_read_and_cleared_away(store: Store) -> None:
    store.add([_file(advices(f"{who()};{ZEROS}"))], DAY)
    left = store.folder / "advices" / "advices-2023-0000000000000000.parquet"
    left.write_bytes((next((store.folder / "advices").glob("*.parquet"))).read_bytes())

    assert len(_counts(store)) == 12
    store.add([_file(advices(f"{who()};{ZEROS}"))], DAY)
    assert not left.exists()


def test_nothing_is_taken_in_when_it_cannot_all_be_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add([_file(advices(f"{who()};{ZEROS}"))], DAY)
    (store.folder / "schools").rename(store.folder / "elsewhere")
    (store.folder / "schools").write_text("in the way")

    with pytest.raises(StoreFault):
        store.add([_file(advices(f"{who()};{ZEROS.replace('0', '2')}", drawn="20230901"))], DAY)
    assert set(_counts(store)) == {0}


def test_a_school_is_one_row_a_year_with_the_first_sound_name(store: Store) -> None:
    damaged = advices(f"{who(municipality='FryslÃn')};{ZEROS}")
    head = "PROVINCIE;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;STRAATNAAM;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM"
    address = f"{head}\nFryslân;99ZZ;99ZZ00;De Boog;Straat;NERGENS;9999;Fryslân\n".encode()
    store.add([_file(damaged), _file(address, "adressen.csv", 2022)], DAY)

    found = store.frame("schools").collect()
    assert found.select("brin", "location", "school_year", "name", "municipality", "denomination").rows() == [
        ("99ZZ", "00", 2022, "De Boog", "Fryslân", "Openbaar")
    ]


def test_a_kind_that_one_file_knows_holds_for_the_school(store: Store) -> None:
    head = "BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;STRAATNAAM;PLAATSNAAM;GEMEENTENUMMER;ANDERS"
    unsure = f"{head}\n99ZZ;99ZZ00;De Boog;Straat;NERGENS;9999;x\n".encode()
    store.add([_file(advices(f"{who(kind='Sbo')};{ZEROS}")), _file(unsure, "adressen.csv", 2022)], DAY)

    assert store.frame("schools").collect()["kind"].to_list() == ["sbo"]


def _weighted(*codes: str) -> tuple[OpenFile, str]:
    head = ["OVT", "Naam", "schoolweging", "aantal_leerlingen", "spreiding"]
    return _file(ods({"2022-2023": [head, *([code, "x", 30.0, 100.0, 6.0] for code in codes)]}), "weging.ods")


def test_a_weighting_has_a_location_only_where_there_is_one_of_each(store: Store) -> None:
    schools = [who("99ZX"), who("99ZY"), who("99ZY", "01"), who("99ZW")]
    store.add([_file(advices(*(f"{school};{ZEROS}" for school in schools)))], DAY)
    store.add([_weighted("99ZX|C1", "99ZY|C1", "99ZW|C1", "99ZW|C2", "99ZV|C1")], DAY)

    found = store.frame("weightings").collect().select("brin", "location", "match", "flags").sort("brin").rows()
    assert found == [
        ("99ZV", None, "unknown", ["ambiguous_location"]),
        ("99ZW", None, "ambiguous", ["ambiguous_location"]),
        ("99ZW", None, "ambiguous", ["ambiguous_location"]),
        ("99ZX", "00", "one_location", []),
        ("99ZY", None, "ambiguous", ["ambiguous_location"]),
    ]


def test_of_a_rebuilt_school_with_several_locations_no_location_is_certain(store: Store) -> None:
    text = advices(f"{who()};{ZEROS}").decode().splitlines()
    store.add([_file(f"{text[0]};RECONSTRUCTIE\n{text[1]};multi_een_vestiging".encode())], DAY)
    store.add([_weighted("99ZZ|C1")], DAY)

    assert store.frame("weightings").collect()["match"].to_list() == ["ambiguous"]


def test_a_school_is_held_against_the_value_of_the_newest_file_of_the_inspectorate(store: Store) -> None:
    def judged(first: int, signal: float) -> bytes:
        years = [f"Gemiddelde %1F {year % 100}{(year + 1) % 100}" for year in (first, first + 1, first + 2)]
        head = ["ovt", *years, "Schoolweging", "Signaleringswaarde 1F", "Signaleringswaarde 1S/2F",
                "Gewogen driejaarsgemiddelde %1F", "Gewogen driejaarsgemiddelde %1S/2F",
                "Totaal aantal leerlingen 3 jaar", "Uitkomst indicator 1F", "Uitkomst indicator 1S/2F"]  # fmt: skip
        row = ["99ZZ|C1", 0.96, 0.97, 0.95, 31.5, 0.85, signal, 0.96, 0.58, 71.0, "boven", "boven"]
        return ods({"Toelichting": [["…"]], "Data": [head, row]})

    files = [_file(judged(2022, 0.55), "nieuw.ods"), _file(judged(2021, 0.45), "oud.ods")]
    store.add([_file(advices(f"{who()};{ZEROS}")), *files], DAY)

    assert own_signals(store) == {"99ZZ00": pytest.approx(0.55)}
