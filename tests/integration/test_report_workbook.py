"""The workbook as other programs read it: the figures of the report as numbers, and nothing that runs."""

from __future__ import annotations

import io
import zipfile
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from typing import Any

import fastexcel
import openpyxl
import polars as pl
import pytest
from lxml import etree
from tests.support.full_report import pupil
from tests.support.sample_report import TESTS, sample_report, tier_result

from leercirkel.analysis.answers import QUESTIONS
from leercirkel.analysis.model import (
    Agreement,
    EarlierScore,
    GroupPercentile,
    GrowthPercentile,
    InterventionEffect,
    InterventionPeriod,
    KeptFigures,
    MethodTestCell,
    ObservationCell,
    OverviewCell,
    SchoolReport,
    TierResult,
    Withheld,
)
from leercirkel.core.standards import Standard, Tier
from leercirkel.documents.texts import texts_of
from leercirkel.documents.workbook.render import render_xlsx
from leercirkel.documents.workbook.table import safe

DUTCH = texts_of("nl")

PLACED = GrowthPercentile(
    38, 12, 80, (EarlierScore("2025-2026", "M"), EarlierScore("2024-2025", "M")), 20_258, ("2019-2020", "2025-2026")
)

SHEETS = [
    "Antwoorden", "Overzicht", "Hele school", "Doelen", "Gemiddelden en niveaus", "Trend", "Trend gemiddelden",
    "Zelfde leerlingen", "Groei", "Leerrendement", "Aanpak", "Afspraken", "Methodetoetsen", "Observaties",
    "Eigen normen", "Uitleg",
]  # fmt: skip


@cache
def full() -> bytes:
    return render_xlsx(sample_report())


def sheet(name: str, data: bytes | None = None) -> list[dict[str, Any]]:
    """The rows of a sheet as another reader sees them, by header; an empty cell is None."""
    frame = fastexcel.read_excel(full() if data is None else data).load_sheet(name).to_polars()
    return frame.to_dicts()


def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def whole_groups() -> list[tuple[OverviewCell, TierResult, dict[str, Any]]]:
    """Per cell of the overview with at least ten pupils: cell, main tier, row."""
    rows = {(r["Groep"], r["Vak"], r["Toets"]): r for r in sheet("Overzicht")}
    out = []
    for cell in sample_report().overview:
        tier = next((t for t in cell.tiers if t.name == "basis"), None)
        if tier is not None and tier.counted >= 10:
            out.append((cell, tier, rows[cell.group or "", DUTCH.subject(cell.subject), cell.instrument]))
    return out


def test_there_is_a_sheet_per_question_in_a_fixed_order() -> None:
    assert book(full()).sheetnames == SHEETS


def test_the_overview_has_the_figures_of_the_report_unrounded() -> None:
    found = whole_groups()

    assert len(found) >= 30
    for cell, tier, row in found:
        assert [row[k] for k in ("Verwacht", "Uitslag", "Nog geen uitslag", "Niet gemaakt")] == [
            cell.expected, cell.counted, cell.missing, sum(cell.not_taken.values())
        ]  # fmt: skip
        assert [row[k] for k in ("Telt mee", "Haalde het doel", "Ons doel", "Onze norm")] == [
            tier.counted, tier.reached, tier.goal_count, tier.target_share
        ]  # fmt: skip
        assert [row[k] for k in ("Aandeel", "Aandeel vanaf", "Aandeel tot")] == pytest.approx(
            [tier.share, tier.low, tier.high], abs=1e-12
        )
        assert row["Doel gehaald"] == ("ja" if tier.reached_goal else "nee")


def test_a_verdict_is_a_shape_and_a_word() -> None:
    shapes = {"above": "▲", "below": "▼", "undecided": "○"}

    for _, tier, row in whole_groups():
        assert row["Oordeel"] == f"{shapes[tier.verdict]} {texts_of('nl').verdicts[tier.verdict]}"


def test_every_tier_of_every_cell_has_a_row() -> None:
    report = sample_report()
    want = sum(len(c.tiers) for c in report.overview)

    rows = [r for r in sheet("Doelen") if r["Wie"] != "hele school"]

    assert len(rows) == want


def test_trends_have_every_year_with_its_share_and_the_years_together() -> None:
    trend = next(t for t in sample_report().grade_trend if t.subject == "spelling" and t.grade is None)
    rows = [r for r in sheet("Trend") if (r["Wie"], r["Vak"]) == ("Hele school", "Spelling")]

    assert [r["Schooljaar"] for r in rows] == [p.school_year for p in trend.points]
    assert [r["Aandeel"] for r in rows] == pytest.approx([p.share for p in trend.points], abs=1e-12)
    assert trend.pool is not None
    assert [rows[-1][k] for k in ("Jaren samen", "Samen telt mee", "Samen haalde het doel", "Samen ons doel")] == [
        3, trend.pool.judged, trend.pool.reached, trend.pool.goal_count
    ]  # fmt: skip
    means = [r for r in sheet("Trend gemiddelden") if (r["Wie"], r["Vak"]) == ("Hele school", "Spelling")]
    assert [r["Gemiddelde"] for r in means] == pytest.approx([p.mean for p in trend.points], abs=1e-9)


def test_cohorts_growth_and_yield_are_those_of_the_report() -> None:
    report = sample_report()
    cohort = next(c for c in report.cohort_trend if (c.group, c.subject, c.from_moment) == ("Spechten", "rekenen", "M"))
    growth = next(g for g in report.growth if (g.group, g.subject) == ("Spechten", "rekenen"))
    own = next(y for y in report.learning_yield if (y.group, y.subject) == ("Spechten", "rekenen"))

    def row(name: str, **where: str) -> dict[str, Any]:
        wanted = {"Groep": "Spechten", "Vak": "Rekenen", **where}
        return next(r for r in sheet(name) if all(r[k] == v for k, v in wanted.items()))

    found = row("Zelfde leerlingen", Sinds="midden 2025-2026")
    assert [found[k] for k in ("Blijvers", "Erbij", "Weg")] == [cohort.stayers, cohort.joiners, cohort.leavers]
    assert found["Verschil"] == pytest.approx(
        found["Groei blijvers"] + found["Effect erbij"] - found["Effect weg"], abs=1e-9
    )
    assert found["Groei blijvers"] == pytest.approx(cohort.growth, abs=1e-9)
    found = row("Groei")
    assert (found["Leerlingen"], found["Duidelijk vooruit"]) == (growth.counted, growth.real_up)
    assert found["Groei"] == pytest.approx(growth.mean, abs=1e-9)
    found = row("Leerrendement")
    assert found["Leerrendement, middelste"] == pytest.approx(own.median, abs=1e-12)


def test_answers_stand_in_their_order_with_their_question() -> None:
    report = sample_report()
    report = replace(report, answers=tuple(replace(a, question="goals_reached") for a in report.answers))

    rows = sheet("Antwoorden", render_xlsx(report))

    assert [r["Antwoord"] for r in rows] == [a.text for a in report.answers]
    assert {r["Vraag"] for r in rows} == {QUESTIONS["goals_reached"]}
    assert rows[0]["Vak"] == "Rekenen"


def test_a_threshold_is_a_number_a_level_or_a_part_of_the_didactic_age() -> None:
    tiers = (Tier("basis", 0.75, threshold=20.0), Tier("hoog", 0.25, dl_factor=0.6))
    standards = (
        Standard("rekenen", "dle", tiers),
        Standard("spelling", "level", (Tier("basis", 0.6, threshold="III"),)),
    )
    report = replace(sample_report(groups=2, years=2), standards=tuple(asdict(s) for s in standards))

    rows = sheet("Eigen normen", render_xlsx(report))

    assert [r["Drempel"] for r in rows] == [20.0, None, None]
    assert [r["Drempel als niveau"] for r in rows] == [None, None, "III"]
    assert [r["Drempel als deel van DL"] for r in rows] == [None, 0.6, None]


def test_a_group_of_nine_has_counts_but_no_interval_and_no_verdict() -> None:
    row = next(r for r in sheet("Overzicht") if (r["Groep"], r["Vak"]) == ("Merels", "Rekenen"))

    assert 5 <= row["Telt mee"] < 10
    assert (row["Aandeel vanaf"], row["Aandeel tot"]) == (None, None)
    assert row["Oordeel"] == "·· te weinig leerlingen"


def test_grades_of_a_combination_group_are_told_apart_from_the_whole() -> None:
    report = sample_report(groups=2, tests=TESTS[:1], years=2)
    whole = replace(report.overview[1], group="Uilen", grade=None, expected=16, counted=16)
    parts = [replace(report.overview[1], group="Uilen", grade=g, expected=n, counted=n) for g, n in ((4, 12), (5, 4))]

    rows = sheet("Overzicht", render_xlsx(replace(report, overview=(whole, *parts))))

    assert [(r["Wie"], r["Jaargroep"]) for r in rows] == [
        ("hele groep", None), ("deel van de groep", 4), ("deel van de groep", 5)
    ]  # fmt: skip


def test_a_group_without_a_result_has_no_share_and_no_verdict() -> None:
    report = sample_report(groups=2, tests=TESTS[:1], years=2)
    nobody = tuple(tier_result(Tier(t.name, t.target_share, 20.0), 0, 0) for t in report.overview[1].tiers)
    bare = replace(report.overview[1], counted=0, tiers=nobody, mean=None, levels={})

    row = sheet("Overzicht", render_xlsx(replace(report, overview=(bare,))))[0]

    assert (row["Uitslag"], row["Aandeel"], row["Oordeel"], row["Telt mee"]) == (0, None, None, None)
    assert row["Opmerking"] == "geen uitslag"


def test_what_is_not_known_is_an_empty_cell() -> None:
    report = sample_report()
    row = next(r for r in sheet("Overzicht") if (r["Groep"], r["Toets"]) == ("Spechten", "AVI"))
    bare = next(c for c in report.overview if (c.group, c.instrument) == ("Spechten", "AVI"))
    means = next(r for r in sheet("Gemiddelden en niveaus") if (r["Groep"], r["Toets"]) == ("Spechten", "AVI"))

    assert bare.mean is None
    assert row["Haalde het doel"] is not None
    assert (means["Gemiddelde"], means["Spreiding"], means["Gemiddelde vanaf"]) == (None, None, None)


def test_shares_are_percentages_days_are_days_and_a_reached_goal_is_bold() -> None:
    found = book(full())
    sheet_ = found["Overzicht"]
    heads = {cell.value: cell.column for cell in sheet_[1]}
    rows = [r for r in range(2, sheet_.max_row + 1) if sheet_.cell(r, heads["Aandeel"]).value is not None]

    assert {sheet_.cell(r, heads["Aandeel"]).number_format for r in rows} == {"0%"}
    for r in rows:
        bold = bool(sheet_.cell(r, heads["Haalde het doel"]).font.bold)
        assert bold == (sheet_.cell(r, heads["Doel gehaald"]).value == "ja")
    day = next(row[1] for row in found["Uitleg"].iter_rows() if row[0].value == "Stand van")
    assert day.is_date
    assert day.value.date() == date(2027, 3, 2)


def test_every_sheet_keeps_its_header_in_sight_filters_and_prints_on_a4() -> None:
    for sheet_ in book(full()).worksheets:
        assert sheet_.freeze_panes == "B2"
        assert (sheet_.page_setup.orientation, sheet_.page_setup.paperSize) == ("landscape", 9)
        assert sheet_.print_title_rows == "$1:$1"
        if sheet_.max_column > 1 and sheet_["B2"].value is not None:  # without rows there is nothing to filter
            assert sheet_.auto_filter.ref == sheet_.dimensions


def test_a_sheet_without_rows_says_what_to_do() -> None:
    assert "--interventions" in str(book(full())["Aanpak"]["A2"].value)


def with_decisions(report: SchoolReport) -> SchoolReport:
    period = InterventionPeriod("2025-2026", "M", "2026-2027", "M", 24, 9.0, 6.0, 3.0, 1.0, 5.0, "norms", "more")
    small = replace(period, counted=4)
    told = InterventionEffect(
        "Extra leestijd", "technisch_lezen", "DEMO-LVS", "score", ("Spechten", "Uilen"), 24, 20, 16, True, False,
        (period, small), "leest 60 woorden", 14, 24, 2,
    )  # fmt: skip
    undone = replace(told, name="Rekenspel", periods=(), carried_out=False, weeks_given=2)
    done = Agreement("2026-2027", "B", "=Elke dag vijf minuten automatiseren", "partly", "rekenen", "Uilen")
    return replace(report, interventions=(told, undone), agreements=(done,))


def test_interventions_have_a_row_per_period_and_agreements_one_each() -> None:
    data = render_xlsx(with_decisions(sample_report(groups=3, years=2)))

    first, few, undone = sheet("Aanpak", data)
    assert [first[k] for k in ("Groei", "Verwacht", "Verschil", "Verschil vanaf", "Verschil tot")] == [9, 6, 3, 1, 5]
    assert (first["Oordeel"], first["Gezien: haalde het"]) == ("groeide meer dan verwacht", 14)
    assert (few["Groei"], few["Verschil vanaf"]) == (9, None)
    assert (undone["Aanpak"], undone["Oordeel"]) == ("Rekenspel", "niet uitgevoerd")
    assert sheet("Afspraken", data)[0]["Gedaan"] == "deels gedaan"


def with_lists(report: SchoolReport) -> SchoolReport:
    test = MethodTestCell(
        "2026-2027", "Uilen", 5, "rekenen", "=blok 3", "+splitsen tot 20", "2027-02-11", 14,
        {"insufficient": 5, "sufficient": 6, "good": 3}, 9, 9 / 14, 0.43, 0.81, 60.0, 80.0,
    )  # fmt: skip
    seen = ObservationCell("2026-2027", "M", "Uilen", 2, "@Kijk", "Tellen", 12, 1, {"fase 1": 0, "=fase 2": 12})
    few = replace(test, counted=4, goal="klokkijken")
    return replace(report, method_tests=(test, few), observations=(seen, replace(seen, observed=3, domain="Rijmen")))


def test_method_tests_and_observations_have_a_row_per_goal_and_per_stage() -> None:
    data = render_xlsx(with_lists(sample_report(groups=2, years=2)))

    few, told = sorted(sheet("Methodetoetsen", data), key=lambda r: r["Leerdoel"], reverse=True)
    assert [told[k] for k in ("Onvoldoende", "Voldoende", "Goed", "Gehaald", "Leerlingen")] == [5, 6, 3, 9, 14]
    assert (few["Leerlingen"], few["Aandeel vanaf"]) == (4, None)
    stages = sheet("Observaties", data)
    assert [(r["Domein"], r["Fase"], r["Leerlingen"]) for r in stages] == [
        ("Rijmen", "fase 1", 0), ("Rijmen", "'=fase 2", 12), ("Tellen", "fase 1", 0), ("Tellen", "'=fase 2", 12)
    ]  # fmt: skip


def test_the_form_for_the_board_names_what_it_does_not_show() -> None:
    report = sample_report()
    where: dict[str, str | int | None] = {
        "school_year": "2026-2027", "moment": "M", "subject": "rekenen", "instrument": "DEMO-LVS", "version": "3.0",
        "group": None,
    }  # fmt: skip
    board = replace(
        report,
        audience="board",
        withheld=(
            Withheld("overview", where | {"group": "Winterkoninkjes", "grade": 4}, "small"),
            Withheld("totals", where, "protects"),
            Withheld("tier", {"subject": "spelling", "tier": "hoog", "scope": "care"}, "protects"),
            Withheld("cohort_trend", {}, "protects"),
        ),
        kept=(KeptFigures("column", {"subject": "rekenen", "school_year": "2026-2027"}, "2027-02-01"),),
    )

    data = render_xlsx(board)
    rows = sheet("Niet getoond", data)

    assert [(r["Wat"], r["Groep"], r["Vak"]) for r in rows[:3]] == [
        ("uitslag van een groep", "Winterkoninkjes", "Rekenen"), ("uitslag van de school", None, "Rekenen"),
        ("doel", None, "Spelling"),
    ]  # fmt: skip
    assert rows[0]["Waarom"] == "minder dan 5 leerlingen"
    assert rows[2]["Nader"] == "hoog, extra ondersteuning"
    assert "1 februari 2027" in rows[4]["Waarom"]
    group, school = sheet("Overzicht", data)[-1], sheet("Hele school", data)[-1]
    assert (group["Groep"], group["Uitslag"], group["Opmerking"]) == (
        "Winterkoninkjes",
        None,
        "minder dan 5 leerlingen",
    )
    assert (school["Aandeel"], school["Opmerking"]) == (
        None, "niet getoond: anders is een kleine groep uit te rekenen"
    )  # fmt: skip


def test_pupils_by_name_have_a_sheet_only_when_the_report_has_them_and_never_their_keys() -> None:
    report = replace(sample_report(groups=2, years=2), pupils=(replace(pupil(), name="=Bo"),))

    data = render_xlsx(report)

    [row] = sheet("Leerlingen", data)
    assert [row[k] for k in ("Leerling", "Groep", "Vak", "DLE", "Doel gehaald")] == [
        "'=Bo", "Spechten", "Rekenen", 21, "ja"
    ]  # fmt: skip
    assert [row[k] for k in ("Groot verschil: verder dan bij", "Maanden verder", "Of meer")] == ["Spelling", 14.2, "ja"]
    assert (row["Verschil met vorige keer"], row["Meer dan de toets ernaast kan zitten"]) == (4, "duidelijk vooruit")
    assert b"k1" not in b"".join(zipfile.ZipFile(io.BytesIO(data)).read(n) for n in ("xl/sharedStrings.xml",))
    assert "Leerlingen" not in book(full()).sheetnames


def test_growth_percentiles_of_groups_stand_on_a_sheet_of_their_own_beside_growth_when_there_are_any() -> None:
    told = GroupPercentile("Spechten", "2026-2027", "M", "rekenen", "DEMO-LVS", "3.0", 24, 2, 55.0, 42.0, 66.0)
    few = replace(told, group="Uilen", counted=7, not_placed=0, median=None, low=None, high=None)
    report = sample_report(groups=2, years=2)

    data = render_xlsx(replace(report, growth_percentiles=(few, replace(told, moment="B"), told)))

    rows = sheet("Groeipercentielen", data)
    shown = ("Groep", "Vak", "Toets", "Versie", "Met groeipercentiel", "Zonder groeipercentiel",
             "Groeipercentiel, middelste", "Groeipercentiel vanaf", "Groeipercentiel tot")  # fmt: skip
    assert [tuple(row[k] for k in shown) for row in rows] == [
        ("Spechten", "Rekenen", "DEMO-LVS", "3.0", 24, 2, 55, 42, 66),
        ("Uilen", "Rekenen", "DEMO-LVS", "3.0", 7, 0, None, None, None),
    ]
    names = book(data).sheetnames
    assert names[names.index("Groei") :][:3] == ["Groei", "Groeipercentielen", "Leerrendement"]
    assert "Groeipercentielen" not in book(full()).sheetnames
    assert any(row["Onderwerp"] == "Groeipercentiel" for row in sheet("Uitleg", data))


@pytest.mark.parametrize(
    ("status", "growth", "want"),
    [
        ("counted", PLACED, (38, 12, 80, "midden 2024-2025 en midden 2025-2026", None)),
        ("counted", replace(PLACED, percentile=None, low=None, high=None, withheld="no_earlier"),
         (None, None, None, "midden 2024-2025 en midden 2025-2026", "een eerdere score ontbreekt")),
        ("missing", PLACED, (None, None, None, None, None)),
    ],
)  # fmt: skip
def test_the_growth_percentile_of_a_pupil_stands_beside_the_result_of_the_round_it_belongs_to(
    status: str, growth: GrowthPercentile, want: tuple[object, ...]
) -> None:
    one = pupil()
    test = one.tests[0]
    shown = replace(test, points=(replace(test.points[0], status=status),), growth=growth)
    report = replace(sample_report(groups=2, years=2), pupils=(replace(one, tests=(shown,)),))

    [row] = sheet("Leerlingen", render_xlsx(report))

    heads = ("Groeipercentiel", "Groeipercentiel vanaf", "Groeipercentiel tot", "Groeipercentiel: dezelfde scores van",
             "Groeipercentiel: waarom niet")  # fmt: skip
    assert tuple(row[k] for k in heads) == want


def test_without_a_growth_norm_the_sheet_of_pupils_has_no_empty_columns_for_it() -> None:
    report = replace(sample_report(groups=2, years=2), pupils=(pupil(),))

    [row] = sheet("Leerlingen", render_xlsx(report))

    assert not [head for head in row if "percentiel" in head]


def test_what_a_board_is_not_told_of_other_rounds_is_not_listed_for_this_one() -> None:
    other: dict[str, str | int | None] = {
        "school_year": "2024-2025",
        "moment": "M",
        "subject": "rekenen",
        "group": "Uilen",
    }
    trend: dict[str, str | int | None] = {"school_year": "2024-2025", "moment": "M", "subject": "rekenen", "grade": 4}
    gone = (Withheld("overview", other, "small"), Withheld("grade_trend", trend, "small"),
            Withheld("grade_trend", trend | {"moment": "E"}, "small"))  # fmt: skip
    board = replace(sample_report(groups=2, years=2), audience="board", withheld=gone)

    rows = sheet("Niet getoond", render_xlsx(board))

    assert [(r["Wat"], r["Schooljaar"], r["Jaargroep"]) for r in rows] == [("trend", "2024-2025", 4)]


HOSTILE = ["=cmd|' /C calc'!A0", "+31 6", "-1+1", "@SUM(A1)", "\t=1+1", "\r\n=1+1", "＝1+1", "<script>", "a" * 40_000,
           "{=1}", "Ko\u200dala\x00\ud800", "🦉 & co"]  # fmt: skip


def test_no_text_from_a_file_can_be_taken_for_a_formula() -> None:
    report = sample_report(groups=12, tests=TESTS[:2], years=2, names=HOSTILE, school_name="&G=1+1&P")
    method = replace(report.method, files=("=normen.toml", "@x.csv"))
    answers = tuple(replace(a, text=f"={a.text}") for a in report.answers)
    data = render_xlsx(replace(with_lists(with_decisions(report)), method=method, answers=answers))

    texts = [c.value for s in book(data).worksheets for row in s.iter_rows() for c in row if isinstance(c.value, str)]
    assert "'=cmd|' /C calc'!A0" in texts
    assert "'=normen.toml" in texts
    assert not [t for t in texts if t[0] in "=+-@＝＋－＠\t\r\n"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            tree = etree.fromstring(archive.read(name))
            assert not tree.findall(".//{*}f"), name
            assert not tree.findall(".//{*}hyperlink"), name


def test_a_name_in_the_head_of_a_page_is_no_code() -> None:
    data = render_xlsx(sample_report(groups=1, years=2, school_name="A&G B&P"))

    assert book(data)["Overzicht"].oddHeader.left.text == "A && G B && P · midden 2026-2027"


@pytest.mark.parametrize(
    ("text", "want"), [("=1", "'=1"), ("Uilen", "Uilen"), ("", ""), (" \t-3", "'-3"), ("−1", "−1")]
)
def test_only_what_begins_as_a_formula_gets_an_apostrophe(text: str, want: str) -> None:
    assert safe(text) == want


def test_the_same_report_gives_the_same_bytes() -> None:
    report = sample_report(groups=2, years=2)

    assert render_xlsx(report) == render_xlsx(report)


@pytest.mark.parametrize(
    "report",
    [
        sample_report(groups=0, years=1),
        sample_report(groups=1, tests=TESTS[:1], years=1),
        replace(sample_report(groups=2), grade_trend=(), cohort_trend=(), growth=(), learning_yield=(), standards=()),
        replace(sample_report(groups=2), as_of="", school_name="", overview=(), totals=(), answers=()),
    ],
)
def test_a_report_that_says_little_is_a_whole_workbook(report: SchoolReport) -> None:
    assert book(render_xlsx(report)).sheetnames == SHEETS


def test_a_table_program_sees_numbers_and_not_texts() -> None:
    frame = fastexcel.read_excel(full()).load_sheet("Trend").to_polars()

    assert frame.schema["Aandeel"] == pl.Float64
    assert frame.schema["Telt mee"] in (pl.Int64, pl.Float64)
