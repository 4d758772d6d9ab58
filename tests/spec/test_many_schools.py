"""A batch of schools is analysed as each of them by itself, also where they call pupils and groups alike."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from tests.support.differences import differences

from leercirkel.analysis.growth import NormPoint
from leercirkel.analysis.national import ANALYSES, every_analysis
from leercirkel.analysis.sittings import Inputs
from leercirkel.core.expected import CalendarTest
from leercirkel.core.standards import Standard, Tier
from leercirkel.demo import norms
from leercirkel.demo.national.files import school_frames

SCHOOLS = 3
YEARS = (2025, 2026)
STANDARDS = [
    Standard("rekenen", "level", (Tier("basis", 0.6, threshold="III"), Tier("hoog", 0.2, threshold="I"))),
    Standard("technisch_lezen", "avi", (Tier("basis", 0.7, threshold="M4"),), instrument="AVI"),
    Standard("rekenen", "level", (Tier("eigen doel", 0.5, threshold="IV"),), scope="care"),
]
NORMS = [
    NormPoint(norms.INSTRUMENT, "2.0", "rekenen", grade, moment, 200.0, 30.0, 10.0)
    for grade in range(3, 9)
    for moment in "BME"
]
CALENDAR = [
    CalendarTest(
        subject="rekenen",
        instrument=norms.INSTRUMENT,
        moment="M",
        grades=tuple(range(3, 9)),
        didactic_age=None,
        window=((1, 15), (2, 19)),
    )
]


def frames() -> dict[str, pl.DataFrame]:
    """Two years of three small schools of the invented country: rekenen and reading only."""
    of_schools = [school_frames(number, seed=11) for number in range(SCHOOLS)]
    out = {
        name: pl.concat([getattr(school, name) for school in of_schools]) for name in ("results", "enrolments", "marks")
    }
    in_years = pl.col("school_year").is_in(YEARS)
    subjects = pl.col("subject").is_in(["rekenen", "technisch_lezen"])
    # Every sixth result is absent, so that something is missing in one school that another has.
    some = pl.col("source").hash(seed=1) % 6 > 0
    return out | {
        "results": out["results"].filter(in_years & subjects & some),
        "enrolments": out["enrolments"].filter(in_years),
    }


def analysed(inputs: Inputs) -> dict[str, list[dict[str, Any]]]:
    """Every analysis as sorted rows. Numbers that are made for joining differ between a batch and a school."""
    made = {}
    for name, frame in every_analysis(inputs, STANDARDS, norms=NORMS):
        rows = [{k: v for k, v in row.items() if not k.endswith("_no")} for row in inputs.engine.rows(frame)]
        made[name] = sorted(rows, key=lambda row: [str(v) for v in row.values() if not isinstance(v, float)])
    return made


@pytest.mark.parametrize("calendar", [None, CALENDAR], ids=["by_half", "calendar"])
def test_a_batch_of_schools_is_each_of_them_by_itself(load, calendar) -> None:
    whole = frames()

    batch = analysed(load(whole["results"], whole["enrolments"], whole["marks"], calendar=calendar))

    codes = sorted(whole["enrolments"]["school"].unique())
    single = [
        analysed(load(*(whole[n].filter(pl.col("school") == c) for n in whole), calendar=calendar)) for c in codes
    ]
    assert (len(codes), tuple(batch)) == (SCHOOLS, ANALYSES)
    for name in ANALYSES:
        for code, alone in zip(codes, single, strict=True):
            assert differences([row for row in batch[name] if row["school"] == code], alone[name], name) == []
    assert all(batch[name] for name in ("overview", "totals_tiers", "cohort_trend", "growth", "learning_yield"))
    assert any(row["n_missing"] for row in batch["overview"])
