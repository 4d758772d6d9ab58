"""Text to paste into another system: word for word, and nothing that such a system cannot keep."""

from __future__ import annotations

from dataclasses import replace

from leercirkel.analysis.model import OverviewCell, PupilPoint, PupilSheet, PupilTest, SubjectGap, TierResult
from leercirkel.documents.plain_text import group_text, pupil_text


def point(year: str = "2026-2027", moment: str = "M", status: str = "counted", **more) -> PupilPoint:
    base = dict.fromkeys(("taken_on", "score", "level", "dle", "dle_operator", "avi", "reference_level", "reached"))
    return PupilPoint(year, moment, "1", status=status, **(base | more))


def sheet(*tests: PupilTest, difference: SubjectGap | None = None) -> PupilSheet:
    return PupilSheet("1", "Noor", "Uilen", 5, False, None, tests, difference)


EARLIER = point("2025-2026", "E", level="IV", score=96.0)
ARITHMETIC = PupilTest("rekenen", "DEMO", (EARLIER, point(level="III", score=105.0)), "score", 9.0, "up")
SPELLING = PupilTest("spelling", "DEMO", (point(score=88.0), point("2025-2026", "E")), None, None, None)
READING = PupilTest("technisch_lezen", "AVI", (point("2025-2026", "E", avi="M4"), point(avi="E3")), "avi", -1.0, None)
ILL = PupilTest("begrijpend_lezen", "DEMO", (EARLIER, point(status="ill")), None, None, None)
GAP = SubjectGap(
    "rekenen", "spelling", "DEMO", 7.0, False,
    "Noor is bij rekenen 7 maanden verder dan bij spelling. “Meer” dan de toetsen ernaast kunnen zitten.",
    "Noor is 7 months further in arithmetic than in spelling. More than the tests can be off.",
)  # fmt: skip


def test_a_pupil_has_each_fact_on_a_line_of_its_own() -> None:
    text = pupil_text(sheet(READING, ILL, ARITHMETIC, difference=GAP), school_year="2026-2027", moment="M", name="Noor")

    assert text == (
        "Toetsresultaten midden 2026-2027, Noor\n"
        "\n"
        "Rekenen (DEMO)\n"
        "- nu: III, score 105\n"
        "- vorige keer (eind 2025-2026): IV, score 96\n"
        "- verschil: 9 punten hoger, duidelijk vooruit\n"
        "\n"
        "Begrijpend lezen (DEMO)\n"
        "- niet gemaakt: ziek\n"
        "- vorige keer (eind 2025-2026): IV, score 96\n"
        "\n"
        "Technisch lezen (AVI)\n"
        "- nu: E3\n"
        "- vorige keer (eind 2025-2026): M4\n"
        "- verschil: 1 AVI-stap lager\n"
        "\n"
        "Verschil tussen vakken\n"
        "- Noor is bij rekenen 7 maanden verder dan bij spelling.\n"
        '- "Meer" dan de toetsen ernaast kunnen zitten.\n'
    )


def test_the_same_in_english() -> None:
    text = pupil_text(
        sheet(ARITHMETIC, difference=GAP), school_year="2026-2027", moment="M", name="Noor", language="en"
    )

    assert "- difference: 9 points higher, clearly forward\n" in text
    assert "- Noor is 7 months further in arithmetic than in spelling.\n" in text
    assert text.startswith("Test results ")


def test_without_a_name_there_is_none() -> None:
    text = pupil_text(sheet(ARITHMETIC), school_year="2026-2027", moment="M")

    assert text.startswith("Toetsresultaten midden 2026-2027\n")
    assert "Noor" not in text


def test_a_first_result_and_an_equal_one_are_said_as_such() -> None:
    first = PupilTest("rekenen", "DEMO", (point(score=105.0),), None, None, None)
    equal = replace(ARITHMETIC, change=0.0, real="within_error")

    assert "- nu: score 105\n- eerste uitslag op deze toets\n" in pupil_text(
        sheet(first), school_year="2026-2027", moment="M"
    )
    assert "- even hoog als de vorige keer\n" in pupil_text(sheet(equal), school_year="2026-2027", moment="M")


def test_a_test_of_another_round_is_left_out() -> None:
    earlier = PupilTest("rekenen", "DEMO", (EARLIER,), None, None, None)

    assert pupil_text(sheet(earlier), school_year="2026-2027", moment="M") == "Toetsresultaten midden 2026-2027\n"


REACHED = TierResult("basis", "all", 100.0, 0.75, 12, 11, 0.92, 0.7, 0.98, 9, True, "undecided")
CELL = OverviewCell(
    "2026-2027", "Uilen", 5, None, "rekenen", "M", "DEMO", "1", 15, 12, 1, {"ill": 2}, "score", 104.0, 8.0, None, None,
    0, {}, (REACHED,),
)  # fmt: skip


def of_group(**more) -> str:
    return group_text(
        "Uilen", [CELL], ["Groep Uilen haalde het doel. Dat is mooi – “echt”."],
        school_year="2026-2027", moment="M", main_tiers={"rekenen": "basis"}, **more,
    )  # fmt: skip


def test_a_group_tells_the_fact_before_how_sure_it_is_and_no_name() -> None:
    assert of_group() == (
        "Toetsresultaten midden 2026-2027, Uilen\n"
        "\n"
        "Rekenen (DEMO 1)\n"
        "- 11 van de 12 leerlingen haalden het doel; ons doel was 9: doel gehaald.\n"
        "- Waarschijnlijk tussen 8 en 12; norm 75%: kan toeval zijn.\n"
        "- zonder uitslag: 1 nog geen uitslag, 2 ziek\n"
        "\n"
        "Wat zien we?\n"
        "- Groep Uilen haalde het doel.\n"
        '- Dat is mooi - "echt".\n'
    )


def test_a_group_tells_pupils_by_the_names_it_was_given() -> None:
    text = of_group(pupils=[("N.A.", sheet(ARITHMETIC, ILL)), ("B.C.", sheet())])

    assert text.endswith("Per leerling\n- N.A.: rekenen III, score 105; begrijpend lezen ziek\n")


def test_there_is_nothing_that_another_system_cannot_keep() -> None:
    text = of_group() + pupil_text(sheet(ARITHMETIC, difference=GAP), school_year="2026-2027", moment="M", name="Loïs")

    assert not set(text) & set("\t\u00a0“”‘’–—−…•·*|<>")
    assert "Loïs" in text
