from __future__ import annotations

from tests.support.duo_files import api, ods, ods_of, workbook

from leercirkel.exchange.duo.reader import read

ADVICES = "INSTELLINGSCODE,VESTIGINGSCODE,TYPE_PO,PEILJAAR,ADVIES,AANTAL_LEERLINGEN"
SCORES = (
    "INSTELLINGSCODE,VESTIGINGSCODE,TYPE_PO,PEILJAAR,LEERJAAR,DOORSTROOMTOETS_PO,GEMIDDELDE_UITSLAG,"
    "AANTAL_LEERLINGEN,AANTAL_ONTHEFFINGEN"
)
LEVELS = "INSTELLINGSCODE,VESTIGINGSCODE,TYPE_PO,PEILJAAR,DOORSTROOMTOETS_PO,REFERENTIENIVEAU,AANTAL_LEERLINGEN"


def _made(data: bytes, name: str = "bestand", year: int | None = None):
    made, problems = read(data, name, year)
    assert made is not None, problems
    return made


def test_a_file_of_many_years_has_a_year_per_row_and_hidden_counts_of_one_to_four() -> None:
    made = _made(api(ADVICES, "99ZZ,00,BO,2023,9,-1", "99ZZ,00,BO,2024.0,9,12", "99ZZ,00,BO,2024,11,6"))
    rows = made.tables["advices"].filter(advice="havo").select("school_year", "low", "high", "flags").rows()

    assert made.years == (2023, 2024)
    assert rows == [(2023, 1, 4, ["suppressed"]), (2024, 12, 12, [])]


def test_what_the_api_has_no_row_of_is_zero_and_says_so() -> None:
    frame = _made(api(ADVICES, "99ZZ,00,BO,2024,9,12")).tables["advices"]

    assert frame.height == 12
    assert frame.filter(advice="vwo").select("low", "high", "flags").rows() == [(0, 0, ["not_in_file"])]


def test_codes_on_which_sources_disagree_have_a_flag() -> None:
    frame = _made(api(ADVICES, "99ZZ,00,BO,2024,10,12", "99ZZ,00,BO,2024,8,9")).tables["advices"]

    assert frame.filter(advice="vwo")["flags"].to_list() == [["code_disputed"]]
    assert frame.filter(advice="vmbo_gt_havo")["flags"].to_list() == [[]]


def test_levels_are_added_up_over_tests() -> None:
    rows = ["99ZZ,00,BO,2024,IEP,TAAL_LV_2F,11", "99ZZ,00,BO,2024,LIB,TAAL_LV_2F,-1"]
    frame = _made(api(LEVELS, *rows)).tables["reference_levels"]
    found = frame.filter(domain="begrijpend_lezen", level="2F").select("low", "high", "flags").rows()

    assert found == [(12, 15, ["suppressed", "combined"])]


def test_means_over_rows_are_weighted_and_missing_when_a_number_is_hidden() -> None:
    known = _made(api(SCORES, "99ZZ,00,BO,2024,8,LIB,170,10,1", "99ZZ,00,BO,2024,8,LIB,176,20,2"))
    hidden = _made(api(SCORES, "99ZZ,00,BO,2024,8,LIB,170,10,1", "99ZZ,00,BO,2024,8,LIB,NA,-1,2"))

    assert known.tables["end_scores"].select("taken_low", "mean", "flags").rows() == [(30, 174.0, ["combined"])]
    assert known.tables["end_totals"].select("exempt_low", "exempt_high").rows() == [(2, 3)]
    assert hidden.tables["end_scores"].select("taken_low", "taken_high", "mean").rows() == [(11, 14, None)]


def test_pupils_by_grade_have_a_grade_and_totals_none() -> None:
    head = "INSTELLINGSCODE,VESTIGINGSCODE,TYPE_PO,PEILJAAR,LEERJAAR,AANTAL_LEERLINGEN"
    by_grade = _made(api(head, "99ZZ,00,BO,2024,8,24")).tables["pupils"]
    total = _made(api(head.replace("LEERJAAR,", ""), "99ZZ,00,BO,2024,240")).tables["pupils"]

    assert by_grade.select("grade", "low", "counted").rows() == [(8, 24, "enrolled")]
    assert total.select("grade", "low", "counted").rows() == [(None, 240, "enrolled")]


def test_a_code_that_is_not_known_is_told_and_left_out() -> None:
    rows = [f"9{number:02}Z,00,BO,2024,9,12" for number in range(40)]
    made, problems = read(api(ADVICES, *rows, "99ZZ,00,BO,2024,77,12"), "advies.csv")

    assert made is not None
    assert [(problem.code, problem.row, problem.value) for problem in problems] == [("code-unknown", 42, "77")]
    assert "99ZZ" not in made.tables["advices"]["brin"].to_list()


def _disadvantage(title: str = "Achterstandsscore per basisschoolvestiging, 1 oktober 2019") -> bytes:
    first: list[list[object]] = [
        ["Tabel 1"], [title], [], ["School (BRIN vestiging)", "Aantal bekostigde leerlingen", "Achterstandsscore"], [],
        ["99ZX00", 100, 33.02], ["99ZY00", 32, 105.54, "a"], ["99ZZ00", 424, "."], [], ["Bron: CBS"], ["a De score …"],
    ]  # fmt: skip
    without = "Achterstandsscore zonder drempel"
    second: list[list[object]] = [
        ["Tabel 2"], [title], [],
        ["School (BRIN vestiging)", without, f"{without}\n(onderbouw)", f"{without} \n(bovenbouw)"], [],
        ["99ZX00", 102.62, 26.17, 76.45, "b, c"], ["99ZY00", 21.8, 5.46, 16.34, "a, b, c"], ["99ZZ00", "", "", ""],
    ]  # fmt: skip
    return workbook({"Voorblad": [["Achterstandsscores"]], "Tabel 1": first, "Tabel 2": second})


def test_disadvantage_scores_come_with_and_without_threshold_and_with_the_pupils_to_divide_by() -> None:
    made = _made(_disadvantage(), "scores.xlsx")
    frame = made.tables["disadvantage"]

    assert (made.years, made.year_from) == ((2019,), "sheet")
    assert frame.filter(brin="99ZX").select("threshold", "part", "pupils", "score", "flags").rows() == [
        (True, "all", 100, 33.02, []),
        (False, "all", 100, 102.62, []),
        (False, "lower", None, 26.17, ["few_pupils"]),
        (False, "upper", None, 76.45, ["few_pupils"]),
    ]
    assert made.tables["pupils"].select("brin", "low", "counted").rows()[2] == ("99ZZ", 424, "funded")


def test_a_secret_score_is_missing_with_a_flag_and_a_blank_one_without() -> None:
    frame = _made(_disadvantage(), "scores.xlsx").tables["disadvantage"].filter(brin="99ZZ")

    assert frame.select("score", "flags").rows() == [(None, ["secret"]), (None, []), (None, []), (None, [])]


def test_disadvantage_scores_without_a_day_take_their_year_from_who_gives_it() -> None:
    made, problems = read(_disadvantage("Achterstandsscore"), "scores.xlsx")

    assert made is None
    assert [problem.code for problem in problems] == ["year-unknown"]
    assert _made(_disadvantage("Achterstandsscore"), "scores.xlsx", 2020).years == (2020,)


def _weightings() -> bytes:
    year: list[list[object]] = [
        ["OVT", "Naam", "BGNR", "schoolweging", "aantal_leerlingen", "spreiding"],
        ["99ZZ|C1", "De Kring", 9, 31.5, 212.0, 6.25],
    ]
    title = "schoolweging 2022/2023, 2023/2024, 2024/2025"
    mean: list[list[object]] = [["OVT", "Naam", "BGNR", title], ["99ZZ|C1", "De Kring", 9, 30.25]]
    mean.append(["99ZY|C2", "De Boog", 9, "n.b."])
    notes: list[list[object]] = [["Lees dit eerst"]]
    return ods({"toelichting": notes, "2024-2025": year, "Driejaarsgemiddelde": mean})


def test_weightings_are_read_per_year_and_over_three_years_with_numbers_as_they_are_and_not_as_shown() -> None:
    made = _made(_weightings(), "schoolweging.ods")
    columns = ("brin", "location", "school_year", "years", "supervised", "weighting", "spread", "pupils", "match")

    assert made.tables["weightings"].select(columns).rows() == [
        ("99ZZ", None, 2024, 1, "C1", 31.5, 6.25, 212, "unknown"),
        ("99ZZ", None, 2024, 3, "C1", 30.25, None, None, "unknown"),
        ("99ZY", None, 2024, 3, "C2", None, None, None, "unknown"),
    ]


def test_shares_of_the_inspectorate_come_with_the_value_they_are_held_against() -> None:
    head = [
        "ovt", "Gemiddelde %1F 2223", "Gemiddelde %1F 2324", "Gemiddelde %1F 2425", "Schoolweging",
        "Signaleringswaarde 1F", "Signaleringswaarde 1S/2F", "Gewogen driejaarsgemiddelde %1F",
        "Gewogen driejaarsgemiddelde %1S/2F",
        "Totaal aantal leerlingen 3 jaar", "Uitkomst indicator 1F", "Uitkomst indicator 1S/2F",
    ]  # fmt: skip
    row = ["99ZZ|C1", 0.96, 0.97, 0.95, 31.5, 0.85, 0.45, 0.96, 0.58, 71.0, "boven", "boven"]
    made = _made(ods({"Toelichting": [["…"]], "Data": [head, row]}), "niveaus.ods")

    found = made.tables["judgements"].select("school_year", "level", "signal", "share", "pupils", "outcome").rows()
    assert found == [(2024, "1F", 85.0, 96.0, 71, "boven"), (2024, "1S/2F", 45.0, 58.0, 71, "boven")]


def test_a_workbook_that_is_none_of_these_is_refused() -> None:
    other, other_problems = read(workbook({"Blad1": [["a", "b"], [1, 2]]}), "ander.xlsx")
    empty, empty_problems = read(ods({"Blad1": [["a"]]}), "ander.ods")

    assert (other, empty) == (None, None)
    assert [problem.code for problem in other_problems + empty_problems] == ["layout-unknown", "layout-unknown"]


def test_a_spreadsheet_that_says_to_be_enormous_is_refused() -> None:
    cells = '<t:table-cell t:number-columns-repeated="150"><x:p>x</x:p></t:table-cell>'
    row = f'<t:table-row t:number-rows-repeated="1000000">{cells}</t:table-row>'
    content = f'<o:document-content xmlns:o="o" xmlns:t="t" xmlns:x="x"><t:table t:name="Data">{row}</t:table>'
    made, problems = read(ods_of(content + "</o:document-content>"), "groot.ods")

    assert made is None
    assert [problem.code for problem in problems] == ["too-many-cells"]
