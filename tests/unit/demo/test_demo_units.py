"""The invented school with units: combination classes, instruction groups over a unit, a higher schoolweging."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

ROUTES = ("begeleide route", "basisroute", "vliegroute")


def roster(school: Any, year: int) -> ElementTree.Element:
    return ElementTree.parse(school.directory / f"EDEX-{year}-{year + 1}.xml").getroot()


def test_a_unit_has_fifty_to_sixty_pupils_in_two_combination_classes(units: Any) -> None:
    classes = Counter(p["klas"] for p in units.on_1_october(2026))
    unit: Counter[str] = Counter()
    for name, size in classes.items():
        unit[name[:3]] += size

    assert classes.keys() == {f"{u}{letter}" for u in ("1/2", "3/4", "5/6", "7/8") for letter in "AB"}
    assert [unit[u] for u in ("1/2", "3/4", "5/6", "7/8")] == [40, 56, 58, 54]
    assert max(classes.values()) - min(n for name, n in classes.items() if name > "3") <= 4


def test_the_school_with_units_has_about_220_pupils_at_the_end_of_a_year(units: Any) -> None:
    pupils = units.pupils(2025)
    young = [p for p in pupils if p["jaargroep"] in "12"]

    assert 212 <= len(pupils) <= 232
    assert 48 <= len(young) <= 60


def test_combination_classes_have_code_c_and_every_pupil_a_grade_of_the_own(units: Any) -> None:
    root = roster(units, 2026)

    assert {g.findtext("jaargroep") for g in root.iterfind("groepen/groep")} == {"C"}
    for pupil in units.pupils(2026):
        assert pupil["jaargroep"] in pupil["klas"]


def test_a_pupil_keeps_the_class_within_a_unit(units: Any) -> None:
    before = {p["key"]: p for p in units.pupils(2025)}
    stayed = [
        (before[p["key"]]["klas"], p["klas"])
        for p in units.pupils(2026)
        if p["key"] in before and p["jaargroep"] in "468" and before[p["key"]]["jaargroep"] != p["jaargroep"]
    ]

    assert sum(old == new for old, new in stayed) > 0.9 * len(stayed)


def test_instruction_groups_go_over_the_classes_of_a_unit_and_have_the_names_of_the_school(units: Any) -> None:
    root = roster(units, 2026)
    names = {g.attrib["key"]: g.findtext("naam") for g in root.iterfind("groepen/samengestelde_groep")}
    classes = defaultdict(set)
    for pupil in root.iterfind("leerlingen/leerling"):
        for group in pupil.iterfind("samengestelde_groepen/samengestelde_groep"):
            classes[names[group.attrib["key"]]].add(pupil.find("groep").attrib["key"])

    assert set(names.values()) == {
        f"{subject} {unit} {route}"
        for subject in ("rekenen", "lezen", "spelling")
        for unit in ("3-4", "5-6", "7-8")
        for route in ROUTES
    }
    assert all(len(found) == 2 for found in classes.values())


def test_results_carry_the_instruction_group(units: Any) -> None:
    rows = [r for r in units.table("resultaten-2026-2027.csv") if r["toets"] == "DEMO-LVS" and r["vak"] == "rekenen"]
    routes = Counter(r["instructiegroep"].split(" ", 2)[-1] for r in rows)

    assert set(routes) <= {*ROUTES, ""}
    assert routes["begeleide route"] > 20 < routes["vliegroute"] < routes["basisroute"]


def test_levels_are_those_of_the_schoolweging(make_school: Callable[..., Any]) -> None:
    levels: Counter[str] = Counter()
    for seed in range(1, 5):
        school = make_school("bao-units", 2, seed)
        rows = [*school.table("resultaten-2025-2026.csv", "cp1252"), *school.table("resultaten-2026-2027.csv")]
        levels.update(r["niveau"] for r in rows if r["niveau"])
    shares = {level: levels[level] / levels.total() for level in ("I", "II", "III", "IV", "V")}

    for level, share in zip(shares, (0.14, 0.17, 0.21, 0.23, 0.25), strict=True):
        assert abs(shares[level] - share) < 0.035, shares


def test_about_three_per_cent_is_missing(units: Any) -> None:
    rows = units.table("resultaten-2026-2027.csv")

    assert 0.015 < sum(r["reden_niet_gemaakt"] != "" for r in rows) / len(rows) < 0.045


def test_newcomers_are_behind_in_the_words_of_the_language_and_not_in_arithmetic(
    make_school: Callable[..., Any],
) -> None:
    places = defaultdict(list)
    for seed in range(1, 5):
        school = make_school("bao-units", 2, seed)
        middle = [p for p in school.pupils(2026) if p["jaargroep"] in "4567"]
        newest = {p["key"] for p in sorted(middle, key=lambda p: p["instroomdatum"])[-3:]}
        for r in school.table("resultaten-2026-2027.csv"):
            if r["leerlingnummer"] in newest and r["niveau"]:
                places[r["vak"]].append(("I", "II", "III", "IV", "V").index(r["niveau"]))
    mean = {subject: sum(found) / len(found) for subject, found in places.items()}

    assert mean["woordenschat"] > mean["rekenen"] + 0.5
