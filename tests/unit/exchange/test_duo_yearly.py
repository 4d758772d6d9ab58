from __future__ import annotations

import polars as pl
import pytest
from tests.support.duo_files import IDENTITY, advices, levels, scores_2018, scores_2023, who

from leercirkel.analysis.open_data import TABLES
from leercirkel.exchange.duo.reader import read
from leercirkel.exchange.recognise import recognise

ZEROS = ";".join("0" * 12)


def _table(data: bytes, table: str, year: int | None = None):
    made, problems = read(data, "bestand.csv", year)
    assert made is not None, problems
    return made.tables[table]


def _rows(data: bytes, table: str, *columns: str):
    return _table(data, table).select(columns).rows()


def test_less_than_five_is_one_to_four_and_a_zero_is_zero() -> None:
    rows = _rows(advices(f"{who()};0;<5;7;0;0;0;0;0;0;0;0;0"), "advices", "advice", "low", "high", "flags")

    assert rows[:3] == [("vso", 0, 0, []), ("pro", 1, 4, ["suppressed"]), ("vmbo_b", 7, 7, [])]
    assert len(rows) == 12


def test_every_table_has_the_columns_that_are_described_but_for_the_source() -> None:
    made, _ = read(scores_2018(f"{who()};11;0;11;538,6;0; ;0; ;0; ;0; "), "eindscores.csv")

    assert made is not None
    assert set(made.tables) == {"end_scores", "end_totals", "schools"}
    for table, frame in made.tables.items():
        assert set(TABLES[table]) - set(frame.columns) == {"source"}


def test_school_year_comes_from_the_day_that_was_counted_and_begins_in_august() -> None:
    april = _table(advices(f"{who()};{ZEROS}", day="20190417"), "advices")
    august = _table(advices(f"{who()};{ZEROS}", day="2019-08-01"), "advices")
    dutch = _table(advices(f"{who()};{ZEROS}", day="1-10-2022"), "advices")

    years = [frame["school_year"].unique().to_list() for frame in (april, august, dutch)]
    assert years == [[2018], [2019], [2022]]


def test_a_school_is_brin_and_location_padded_as_they_were() -> None:
    rows = _rows(
        advices(f"{who('99zz', '0')};{ZEROS}", f"{who('99ZY', '99ZY01')};{ZEROS}"), "schools", "brin", "location"
    )

    assert rows == [("99ZZ", "00"), ("99ZY", "01")]


def test_municipality_numbers_are_four_digits_and_doubled_quotes_are_one() -> None:
    text = f"{who()};{ZEROS}".replace(";9999;", "; 637;")

    assert _rows(advices(text), "schools", "name", "municipality_number") == [('BS "De Kring"', "0637")]


def test_mean_of_zero_or_blank_is_not_taken_and_never_a_row() -> None:
    blank = _rows(scores_2018(f"{who()};11;0;11;538,636363;0; ;0; ;0; ;0; "), "end_scores", "test", "mean")
    zero = _rows(
        scores_2023(f"{who()};<5;0;0,000;0;0,0;0;0,0;0;0;0;0;13;173,69"), "end_scores", "test", "taken_low", "mean"
    )

    assert blank == [("cet", 538.636363)]
    assert zero == [("lib", 13, 173.69)]


def test_fewer_than_five_pupils_have_no_mean_in_either_way_of_writing() -> None:
    old = _rows(
        scores_2018(f"{who()};3;0;0; ;3; ;0; ;0; ;0; "), "end_scores", "taken_low", "taken_high", "mean", "flags"
    )
    new = _rows(
        scores_2023(f"{who()};0;<5;NA;0;0;0;0;0;0;0;0;0;0"), "end_scores", "taken_low", "taken_high", "mean", "flags"
    )

    assert old == [(3, 3, None, ["mean_withheld"])]
    assert new == [(1, 4, None, ["suppressed", "mean_withheld"])]


def test_a_mean_of_nought_is_no_mean_of_those_who_took_the_test_either() -> None:
    rows = _rows(
        scores_2023(f"{who()};0;0;0;0;0;12;0,000;0;0;0;0;0;0"), "end_scores", "test", "taken_low", "mean", "flags"
    )

    assert rows == [("dia", 12, None, ["mean_withheld"])]


def test_more_tests_at_one_school_are_rows_of_their_own_with_a_flag() -> None:
    rows = _rows(scores_2018(f"{who()};20;0;11;538,6;9;80,1;0; ;0; ;0; "), "end_scores", "test", "flags")

    assert rows == [("cet", ["more_tests"]), ("iep", ["more_tests"])]


def test_totals_bound_the_pupils_and_say_when_they_cannot_be_right() -> None:
    fine = f"{who('99ZX')};12;1;11;538,6;0; ;0; ;0; ;0; "
    odd = f"{who('99ZY')};30;1;11;538,6;0; ;0; ;0; ;0; "
    empty = f"{who('99ZZ')};0;0;0; ;0; ;0; ;0; ;0; "
    columns = ("brin", "taken_low", "exempt_low", "grade8", "flags")

    assert _rows(scores_2018(fine, odd, empty), "end_totals", *columns) == [
        ("99ZX", 11, 1, 12, []),
        ("99ZY", 11, 1, 30, ["totals_differ"]),
        ("99ZZ", 0, 0, 0, ["all_zero"]),
    ]


def test_a_mean_that_cannot_be_on_the_scale_has_a_flag() -> None:
    rows = _rows(scores_2018(f"{who()};11;0;11;57,6;0; ;0; ;0; ;0; "), "end_scores", "mean", "flags")

    assert rows == [(57.6, ["mean_off_scale"])]


def test_a_school_with_only_zeros_has_no_group_eight() -> None:
    rows = _rows(levels(f"{who()};{';'.join('0' * 10)}"), "reference_levels", "flags")

    assert set(map(tuple, (flags for (flags,) in rows))) == {("all_zero",)}


def test_levels_are_told_by_domain_and_level_and_arithmetic_has_its_own_target() -> None:
    rows = _rows(levels(f"{who()};<5;11;5;0;0;5;13;<5;5;12"), "reference_levels", "domain", "level", "low", "high")

    assert ("rekenen", "<1F", 1, 4) in rows
    assert ("rekenen", "1S", 5, 5) in rows
    assert ("begrijpend_lezen", "2F", 13, 13) in rows
    assert ("taalverzorging", "1F", 5, 5) in rows


def test_old_names_of_advices_and_small_letters_are_read_and_held_against_the_total() -> None:
    head = (
        "peildatum_adviezen;Brin_Nummer;Vestigingsnummer;Soort_PO;VSO;PRO;VMBO_BL;VMBO_BL_KL;VMBO_KL;VMBO_KL_GT;"
        "VMBO_GT;VMBO_GT_HAVO;HAVO;HAVO_VWO;VWO;ADVIES_NIET_MOGELIJK;TOTAAL_ADVIES"
    )
    data = f"{head}\n20121001;99ZZ;00;Bo;0;1;2;0;0;0;0;0;0;0;0;0;3\n20121001;99ZY;00;Sbo;0;1;2;0;0;0;0;0;0;0;0;0;9\n"
    made, problems = read(data.encode(), "adviezen.csv")

    assert made is not None
    assert problems == []
    frame = made.tables["advices"]
    assert made.layout == "advices-until-2013"
    assert frame.filter(brin="99ZZ", advice="vmbo_b")["low"].to_list() == [2]
    assert set(frame.filter(brin="99ZY")["flags"].list.join(",")) == {"sum_differs"}
    assert frame.filter(brin="99ZY")["kind"].unique().to_list() == ["sbo"]


def test_names_converted_twice_are_repaired_and_lost_letters_told() -> None:
    old = scores_2018(f"{who(municipality='S·dwest-FryslÔn')};11;0;11;538,6;0; ;0; ;0; ;0; ")
    columns = ("municipality", "flags")

    assert _rows(old, "schools", *columns) == [("Súdwest-Fryslân", ["name_repaired"])]
    assert _rows(advices(f"{who(municipality='FryslÃ¢n')};{ZEROS}"), "schools", *columns) == [
        ("Fryslân", ["name_repaired"])
    ]
    assert _rows(advices(f"{who(municipality='FryslÃn')};{ZEROS}"), "schools", *columns) == [
        ("FryslÃn", ["name_damaged"])
    ]
    thrice = "SÂ·dwest-FryslÃ\x94n"
    assert _rows(advices(f"{who(municipality=thrice)};{ZEROS}"), "schools", *columns) == [
        ("Súdwest-Fryslân", ["name_repaired"])
    ]
    assert _rows(advices(f"{who(municipality='Reliëf’s')};{ZEROS}"), "schools", *columns) == [("Reliëf’s", [])]


def test_flags_of_names_do_not_stand_beside_figures() -> None:
    data = advices(f"{who(municipality='FryslÃn')};{ZEROS.replace('0', '1', 1)}")

    assert _table(data, "advices")["flags"].list.len().max() == 0


def test_rebuilt_files_say_so_in_every_row_and_need_no_location_where_none_is_known() -> None:
    head = (
        "PEILDATUM_LEERLINGEN;INSTELLINGSCODE;VESTIGINGSCODE;SOORT_PO;VSO;PRO;VMBO_B;VMBO_B_K;VMBO_K;VMBO_K_GT;VMBO_GT;"
    )
    head += "VMBO_GT_HAVO;HAVO;HAVO_VWO;VWO;ADVIES_NIET_MOGELIJK;RECONSTRUCTIE"
    data = f"{head}\n20191001;99ZZ;00;Bo;{ZEROS.replace('0', '2')};exact\n20191001;99ZY;;Bo;{ZEROS};multi_onbekend\n"
    made, problems = read(data.encode(), "adviezen.csv")

    assert made is not None
    assert [problem.code for problem in problems] == ["rebuilt"]
    flags = dict(made.tables["advices"].group_by("brin").agg(pl.col("flags").first()).rows())
    assert flags == {"99ZZ": ["rebuilt"], "99ZY": ["all_zero", "rebuilt_unknown"]}
    assert made.tables["schools"]["brin"].to_list() == ["99ZZ"]


def test_pupils_are_added_up_over_ages_and_rows_and_stay_between_bounds() -> None:
    head = f"PEILDATUM;{IDENTITY};CLUSTER;LEEFTIJD_4;LEEFTIJD_5"
    first, second = who("99ZZ", kind="So") + ";1", who("99ZZ", kind="So") + ";2"
    data = f"{head}\n20241001;{first};10;<5\n20241001;{second};6;0\n"

    assert _rows(data.encode(), "pupils", "kind", "counted", "low", "high", "flags") == [
        ("so", "enrolled", 17, 20, ["suppressed", "combined"])
    ]


def test_addresses_with_a_column_of_another_list_have_no_kind() -> None:
    head = "BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;STRAATNAAM;PLAATSNAAM;GEMEENTENUMMER;ONDERWIJSSTRUCTUUR"
    made, problems = read(f"{head}\n99ZZ;99ZZ03;De Kring;Straat;NERGENS;0999;HAVO\n".encode(), "adressen.csv", 2020)

    assert made is not None
    assert [(problem.code, problem.field) for problem in problems] == [("kind-unknown", "ONDERWIJSSTRUCTUUR")]
    assert made.tables["schools"]["kind"].to_list() == [None]


def test_locations_take_their_year_from_who_gives_it() -> None:
    head = "PROVINCIE;BEVOEGD GEZAG NUMMER;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;STRAATNAAM;PLAATSNAAM;"
    head += "GEMEENTENUMMER;GEMEENTENAAM"
    data = f"{head}\nUtrecht;99999;99ZZ;99ZZ03;De Kring;Straat;NERGENS;0999;VERZONNEN\n".encode()

    made, problems = read(data, "alle-vestigingen-bo.csv")
    assert made is None
    assert [problem.code for problem in problems] == ["year-unknown"]
    assert _table(data, "schools", 2020).select("brin", "location", "school_year", "kind").rows() == [
        ("99ZZ", "03", 2020, "bo")
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{who('9Z')};{ZEROS}", "brin-unreadable"),
        (f"{who('99ZZ', '9999')};{ZEROS}", "location-unreadable"),
        (f"{who('99ZZ', '98ZZ00')};{ZEROS}", "location-unreadable"),
        (f"{who()};veel;{ZEROS[2:]}", "count-unreadable"),
        (f"{who()};-3;{ZEROS[2:]}", "count-unreadable"),
        (f"{who()};{ZEROS};7", "row-too-long"),
        (f"{who()};1;2", "row-too-short"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_told_with_its_number(row: str, code: str) -> None:
    sound = [f"{who(f'9{number:02}Z')};{ZEROS}" for number in range(60)]
    made, problems = read(advices(*sound[:30], row, *sound[30:]), "adviezen.csv")

    assert made is not None
    assert [(problem.code, problem.row, problem.severity) for problem in problems] == [(code, 32, "warning")]
    assert made.left_out == 1


def test_a_short_row_is_told_also_where_a_name_holds_the_delimiter() -> None:
    sound = [f"{who(f'9{number:02}Z')};{ZEROS}" for number in range(60)]
    sound[3] = sound[3].replace("De Kring", "De Kring; locatie Zuid")
    short = f"{who()};{ZEROS[2:]}"
    made, problems = read(advices(*sound, short), "adviezen.csv")

    assert made is not None
    assert [(problem.code, problem.row) for problem in problems] == [("row-too-short", 62)]
    assert made.tables["schools"].filter(brin="903Z")["name"].to_list() == ['BS "De Kring; locatie Zuid"']


def test_a_file_of_which_much_cannot_be_read_is_refused() -> None:
    made, problems = read(advices(f"{who()};veel;{ZEROS[2:]}"), "adviezen.csv")

    assert made is None
    assert [problem.code for problem in problems] == ["count-unreadable", "too-much-unreadable"]


def test_a_missing_column_is_named_with_what_the_file_seems_to_be() -> None:
    made, problems = read(advices(f"{who()};{ZEROS}").replace(b"HAVO_VWO", b"HV"), "adviezen.csv")

    assert made is None
    assert [problem.code for problem in problems] == ["column-missing"]
    assert "schooladviezen" in problems[0].message
    assert "HAVO_VWO" in problems[0].message


def test_rows_that_contradict_each_other_are_left_out_and_equal_ones_count_once() -> None:
    sound = [f"{who(f'9{number:02}Z')};{ZEROS}" for number in range(60)]
    other = sound[5].replace(ZEROS, ZEROS.replace("0", "3", 1))
    made, problems = read(advices(*sound, sound[7], other), "adviezen.csv")

    assert made is not None
    assert {(problem.code, problem.row) for problem in problems} == {("school-twice", 7), ("school-twice", 63)}
    brins = made.tables["advices"]["brin"].unique()
    assert "905Z" not in brins
    assert made.tables["advices"].filter(brin="907Z").height == 12


def test_a_known_name_and_other_columns_are_told_as_a_difference() -> None:
    data = advices(f"{who()};{ZEROS}", day="20231001")
    _, problems = read(data, "04-leerlingen-bo-sbo-schooladviezen-2022-2023.csv")

    assert [problem.code for problem in problems] == ["year-differs"]


def test_who_checks_such_a_file_is_told_where_it_belongs() -> None:
    found = recognise(advices(f"{who()};{ZEROS}"), "adviezen.csv")

    assert (found.kind, "leercirkel duo add" in found.reason) == ("unknown", True)
