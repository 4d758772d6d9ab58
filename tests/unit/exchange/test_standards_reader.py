from __future__ import annotations

import pytest

from leercirkel.core.standards import Standard, Tier
from leercirkel.exchange.problems import Problem
from leercirkel.exchange.standards.reader import read

BASIS = '{name = "basis", threshold = 20, target_share = 0.75}'


def one(extra: str = "", tiers: str = BASIS, subject: str = "rekenen", quantity: str = "dle") -> bytes:
    """A file with one standard; `extra` lines come before the tiers."""
    text = f'[[standard]]\nsubject = "{subject}"\nquantity = "{quantity}"\n{extra}\ntiers = [{tiers}]\n'
    return text.encode()


def codes(problems: list[Problem]) -> list[str]:
    return [p.code for p in problems]


def only(data: bytes) -> Problem:
    _, problems = read(data, "normen.toml")
    assert len(problems) == 1, problems
    return problems[0]


def test_every_field_of_a_standard_is_read() -> None:
    data = b"""school_name = "De Kantelaar"
main_tier = "basis"

[[standard]]
subject = "begrijpend_lezen"
moment = "E"
grades = [6, 5]
didactic_age = [20, 29]
dle = [0, 30]
quantity = "dle"
scope = "destination:PRO"
school_years = ["2025-2026"]
instrument = "Demo"
tiers = [
  {name = "basis", dl_factor = 0.5, target_share = 0.75},
  {name = "intensief", threshold = 10, target_share = 0.9},
]
"""

    file, problems = read(data, "normen.toml")

    assert problems == []
    assert file is not None
    assert (file.school_name, file.main_tier, file.file) == ("De Kantelaar", "basis", "normen.toml")
    assert file.standards == (
        Standard(
            subject="begrijpend_lezen",
            quantity="dle",
            tiers=(Tier("basis", 0.75, dl_factor=0.5), Tier("intensief", 0.9, threshold=10.0)),
            moment="E",
            grades=(5, 6),
            didactic_age=(20, 29),
            own_dle=(0.0, 30.0),
            scope="destination:PRO",
            school_years=(2025,),
            instrument="Demo",
            source="normen.toml:4",
        ),
    )


def test_a_list_of_moments_becomes_one_standard_per_moment() -> None:
    file, problems = read(one('moment = ["E", "M"]'), "normen.toml")

    assert problems == []
    assert file is not None
    assert [s.moment for s in file.standards] == ["M", "E"]


def test_tiers_may_be_written_as_tables() -> None:
    data = b"""[[standard]]
subject = "technisch_lezen"
quantity = "avi"
[[standard.tiers]]
name = "basis"
threshold = "AVI e4"
target_share = 1
"""

    file, problems = read(data, "normen.toml")

    assert problems == []
    assert file is not None
    assert file.standards[0].tiers == (Tier("basis", 1.0, threshold="E4"),)


def test_dutch_words_for_the_scope_are_understood() -> None:
    scopes = []
    for word in ("alle", "zorg", "bestemming:vmbo-kader"):
        file, problems = read(one(f'scope = "{word}"'), "normen.toml")
        assert problems == []
        assert file is not None
        scopes.append(file.standards[0].scope)

    assert scopes == ["all", "care", "destination:VMBO_KB"]


def test_windows_text_with_a_byte_order_mark_and_windows_line_ends_is_read() -> None:
    data = b"\xef\xbb\xbf" + one().replace(b"\n", b"\r\n")

    file, problems = read(data, "normen.toml")

    assert problems == []
    assert file is not None
    assert file.standards[0].source == "normen.toml:1"


def test_a_misspelt_field_gives_its_line_and_the_field_that_was_meant() -> None:
    data = one(tiers='\n  {name = "basis", threshold = 20, target_share = 0.75},\n  {name = "top", tresholds = 30, '
               'threshold = 30, target_share = 0.25},\n')  # fmt: skip

    problem = only(data)

    assert (problem.code, problem.severity, problem.row) == ("unknown-field", "error", 7)
    assert problem.advice == 'Bedoelde u "threshold"?'


def test_a_percentage_is_answered_with_the_share_that_was_meant() -> None:
    problem = only(one(tiers='{name = "basis", threshold = 20, target_share = 75}'))

    assert problem.code == "share-range"
    assert problem.advice.startswith("Bedoelde u 0.75?")
    assert problem.value == "75"


def test_all_problems_are_reported_at_once_in_the_order_of_the_file() -> None:
    data = b"""[[standard]]
subjct = "rekenen"
quantity = "dle"
grades = [9]
tiers = []
[[standard]]
subject = "spelling"
quantity = "niveau"
school_years = "2025-2027"
tiers = [{name = "basis", target_share = 0.75}]
"""

    file, problems = read(data, "normen.toml")

    assert file is None
    assert [(p.row, p.code) for p in problems] == [
        (1, "subject-missing"),
        (2, "unknown-field"),
        (4, "grades-range"),
        (5, "tiers-missing"),
        (8, "quantity-unknown"),
        (9, "school-year-form"),
        (10, "threshold-or-factor"),
    ]


def test_a_wrong_standard_does_not_hide_the_right_ones() -> None:
    data = one() + b'[[standard]]\nsubject = "spelling"\nquantity = "dle"\n'

    file, problems = read(data, "normen.toml")

    assert codes(problems) == ["tiers-missing"]
    assert file is not None
    assert [s.subject for s in file.standards] == ["rekenen"]


def test_the_threshold_must_fit_the_quantity() -> None:
    def code_of(quantity: str, threshold: str) -> str:
        tiers = f'{{name = "basis", threshold = {threshold}, target_share = 0.75}}'
        return only(one(quantity=quantity, tiers=tiers)).code

    assert code_of("avi", '"E9"') == "threshold-label"
    assert code_of("level", '"VI"') == "threshold-label"
    assert code_of("reference", '"3F"') == "threshold-label"
    assert code_of("level", "3") == "threshold-label"
    assert code_of("dle", '"20"') == "threshold-number"
    assert code_of("score", '"III"') == "threshold-number"
    assert code_of("score", "true") == "threshold-number"
    assert code_of("score", "nan") == "threshold-number"
    assert code_of("dle", "600") == "threshold-range"


def test_a_factor_is_only_for_score_and_dle_and_never_beside_a_threshold() -> None:
    factor = '{name = "basis", dl_factor = 0.45, target_share = 0.75}'
    both = '{name = "basis", dl_factor = 0.45, threshold = 20, target_share = 0.75}'

    assert read(one(tiers=factor), "n")[1] == []
    assert only(one(tiers=factor, quantity="avi")).code == "factor-quantity"
    assert only(one(tiers=both)).code == "threshold-or-factor"
    assert only(one(tiers=factor.replace("0.45", "45"))).advice.startswith("Bedoelde u 0.45?")


def test_empty_and_reversed_ranges_are_errors() -> None:
    assert only(one("didactic_age = [30, 20]")).code == "range-empty"
    assert only(one("dle = [30, 30]")).code == "range-empty"
    assert only(one("grades = []")).code == "grades-empty"
    assert only(one("didactic_age = 20")).code == "range-form"
    assert read(one("didactic_age = [20, 20]"), "n")[1] == []


def test_a_school_year_as_a_number_is_answered_with_its_spelling() -> None:
    assert only(one("school_years = [2025]")).advice == 'Bedoelde u "2025-2026"?'


def test_a_higher_threshold_with_a_higher_share_is_a_warning() -> None:
    slip = BASIS + ', {name = "top", threshold = 30, target_share = 0.9}'
    usual = BASIS + ', {name = "top", threshold = 30, target_share = 0.25}'

    assert (only(one(tiers=slip)).code, only(one(tiers=slip)).severity) == ("tiers-order", "warning")
    assert read(one(tiers=usual), "n")[1] == []


def test_levels_are_ordered_with_one_as_the_highest() -> None:
    def tiers(low: str, high: str) -> str:
        return (f'{{name = "basis", threshold = "{low}", target_share = 0.75}}, '
                f'{{name = "top", threshold = "{high}", target_share = 0.25}}')  # fmt: skip

    assert read(one(quantity="level", tiers=tiers("III", "I")), "n")[1] == []
    assert only(one(quantity="level", tiers=tiers("I", "III"))).code == "tiers-order"
    assert read(one(quantity="level", tiers=tiers("III", "A")), "n")[1] == []  # two systems: not comparable


def test_two_standards_for_the_same_pupils_are_an_error_that_names_both() -> None:
    problem = only(one("grades = [5, 6]") + one("grades = [6, 7]\nmoment = 'M'"))

    assert problem.code == "standards-overlap"
    assert problem.message.startswith("norm 2 (rekenen) en norm 1 (rekenen)")
    assert problem.row == 6


def test_standards_that_differ_in_one_respect_do_not_overlap() -> None:
    pairs = [
        ("moment = 'M'", "moment = 'E'"),
        ("grades = [5]", "grades = [6]"),
        ("didactic_age = [20, 29]", "didactic_age = [30, 39]"),
        ("dle = [0, 30]", "dle = [30, 60]"),
        ("scope = 'all'", "scope = 'care'"),
        ("scope = 'destination:PRO'", "scope = 'destination:VMBO_BB'"),
        ("school_years = '2024-2025'", "school_years = '2025-2026'"),
        ("instrument = 'A'", "instrument = 'B'"),
    ]

    for first, second in pairs:
        assert read(one(first) + one(second), "n")[1] == [], (first, second)
    assert read(one() + one(subject="spelling"), "n")[1] == []
    assert read(one() + one(tiers=BASIS.replace("basis", "top")), "n")[1] == []
    assert only(one("didactic_age = [20, 30]") + one("didactic_age = [30, 39]")).code == "standards-overlap"


def test_an_own_subject_is_taken_with_a_warning_but_a_near_miss_is_an_error() -> None:
    assert (only(one(subject="burgerschap")).code, only(one(subject="burgerschap")).severity) == (
        "subject-own",
        "warning",
    )
    assert only(one(subject="speling")).advice == 'Bedoelde u "spelling"?'
    assert read(one(subject="Begrijpend lezen"), "n")[0].standards[0].subject == "begrijpend_lezen"  # type: ignore[union-attr]


def test_an_unknown_main_tier_is_an_error() -> None:
    problem = only(b'main_tier = "bass"\n' + one())

    assert (problem.code, problem.advice) == ("main-tier-unknown", 'Bedoelde u "basis"?')


def test_a_fault_in_the_notation_gives_the_line() -> None:
    problem = only(b'[[standard]]\nsubject = "rekenen"\nquantity = dle\n')

    assert (problem.code, problem.row) == ("toml-syntax", 3)
    assert "aanhalingstekens" in problem.message


def test_single_brackets_are_pointed_out() -> None:
    problem = only(one().replace(b"[[standard]]", b"[standard]"))

    assert (problem.code, problem.row) == ("standard-form", 1)


def test_hostile_bytes_are_refused_with_one_problem() -> None:
    refused = {
        "file-empty": b" \n",
        "file-too-large": b"#" * (600 * 1024),
        "encoding": b"\xff\xfe[\x00",
        "not-text": b"[[standard]]\x00",
        "too-nested": b"a." * 100_000 + b"a = 1",
        "toml-syntax": b"a = " + b"[" * 100_000,
        "no-standard": b"a1 = 1\n".replace(b"a1", b"school_name = 'x'\n#"),
    }

    for code, data in refused.items():
        file, problems = read(data, "normen.toml")
        assert file is None
        assert codes(problems) == [code]


def test_values_without_end_do_not_break_a_message() -> None:
    deep = b"[[standard]]\nsubject" + b".a" * 90 + b" = 1\nquantity = 0x" + b"f" * 20_000 + b"\n"

    file, problems = read(deep, "normen.toml")

    assert file is None
    assert {"subject-form", "quantity-unknown", "tiers-missing"} <= set(codes(problems))
    assert all(p.value is None or len(p.value) <= 60 for p in problems)


def test_a_share_as_text_or_of_nothing_is_explained() -> None:
    def share(value: str) -> Problem:
        return only(one(tiers=f'{{name = "basis", threshold = 20, target_share = {value}}}'))

    assert share('"75%"').advice.startswith("Bedoelde u 0.75?")
    assert share('"0,75"').advice.startswith("Bedoelde u 0.75?")
    assert share("true").code == "share-form"
    assert (share("0").code, share("0").severity) == ("share-zero", "warning")
    assert share("-0.1").code == "share-range"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('tiers = [{name = "basis", threshold = 20, target_share = 0,75}]', "met een punt"),
        ("quantity = “dle”", "rechte aanhalingstekens"),
        ("quantity: dle", "geen dubbele punt"),
        ("quantity = dle", "tussen aanhalingstekens"),
        ('quantity = "dle', "aanhalingsteken"),
        ('subject = "spelling"', "staat er twee keer"),
        ('tiers = [{name = "basis",\nthreshold = 20}]', "op één regel"),
        ('tiers = [{name = "basis"}\n{name = "hoog"}]', "een komma"),
    ],
)
def test_usual_slips_of_notation_are_explained_with_their_line(line: str, hint: str) -> None:
    text = f'[[standard]]\nsubject = "rekenen"\nschool_years = "2025-2026"\n{line}\n'

    problem = only(text.encode())

    assert problem.code == "toml-syntax"
    assert hint in problem.message
    assert problem.row in (4, 5)


def bounds_of(text: str) -> tuple[float, float]:
    found, problems = read(one() + f"\n[method_tests]\n{text}\n".encode(), "normen.toml")
    assert found is not None
    assert problems == []
    return found.method_bounds.sufficient_from, found.method_bounds.good_from


def test_the_school_s_own_bounds_of_method_tests() -> None:
    found, _ = read(one(), "normen.toml")

    assert found is not None
    assert (found.method_bounds.sufficient_from, found.method_bounds.good_from) == (60, 80)
    assert bounds_of("sufficient_from = 70\ngood_from = 85.5") == (70, 85.5)
    assert bounds_of("good_from = 90") == (60, 90)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[method_tests]\nsufficient_from = 80\ngood_from = 60", "method-tests-bounds"),
        ("[method_tests]\nsufficient_from = 0", "method-tests-bounds"),
        ("[method_tests]\ngood_from = 101", "method-tests-bounds"),
        ("[method_tests]\ngood_from = nan", "method-tests-bounds"),
        ('[method_tests]\ngood_from = "80"', "method-tests-bounds"),
        ("[[method_tests]]\ngood_from = 80", "method-tests-form"),
        ("[method_tests]\ngoed_vanaf = 80", "unknown-field"),
    ],
)
def test_bounds_that_cannot_be_are_an_error(text: str, code: str) -> None:
    _, problems = read(one() + f"\n{text}\n".encode(), "normen.toml")

    assert [(p.code, p.severity) for p in problems] == [(code, "error")]


def test_the_school_says_who_is_a_care_pupil_and_what_kind_of_school_it_is() -> None:
    file, problems = read(b'care = ["OPP", "two_below"]\nschool_type = "SBO"\n' + one(), "normen.toml")

    assert problems == []
    assert file is not None
    assert (file.care, file.school_type) == (("opp", "two_below"), "sbo")


def test_without_these_lines_nothing_is_chosen() -> None:
    file, _ = read(one(), "normen.toml")
    assert file is not None
    assert (file.care, file.school_type) == (None, None)


@pytest.mark.parametrize(
    ("line", "code"),
    [('care = "opp"', "care-kinds"), ('care = ["zorg"]', "care-kinds"), ("care = [1]", "care-kinds"),
     ('school_type = "vo"', "school-type-unknown"), ("school_type = 3", "school-type-unknown")],
)  # fmt: skip
def test_an_unknown_choice_is_a_problem_that_says_what_can_be_chosen(line: str, code: str) -> None:
    problem = only(line.encode() + b"\n" + one())
    assert (problem.code, problem.severity) == (code, "error")
    assert "Kies" in problem.advice
