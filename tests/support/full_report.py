"""A report with something in every part, for forms that must show them all."""

from __future__ import annotations

from dataclasses import replace

from leercirkel.analysis.model import (
    AdviceCounts,
    Agreement,
    InterventionEffect,
    InterventionPeriod,
    MethodTestCell,
    ObservationCell,
    PupilPoint,
    PupilSheet,
    PupilTest,
    SchoolReport,
    SubjectGap,
)


def everything(report: SchoolReport) -> SchoolReport:
    """The report with something in every part."""
    period = InterventionPeriod("2025-2026", "M", "2026-2027", "M", 24, 9.0, 6.0, 3.0, 1.0, 5.0, "norms", "more")
    effect = InterventionEffect(
        "Extra leestijd & spel", "technisch_lezen", "DEMO-LVS", "score", ("Spechten", "Uilen"), 24, 20, 16, True, True,
        (period, replace(period, verdict="undecided")), "leest 60 woorden", 14, 24, 2,
    )  # fmt: skip
    agreement = Agreement("2026-2027", "B", "elke dag vijf minuten automatiseren", "partly", "rekenen", "Uilen")
    test = MethodTestCell(
        "2026-2027", "Uilen", 5, "rekenen", "blok 3", "splitsen tot 20", "2027-02-11", 14,
        {"insufficient": 5, "sufficient": 6, "good": 3}, 9, 9 / 14, 0.43, 0.81, 60.0, 80.0,
    )  # fmt: skip
    seen = ObservationCell("2026-2027", "M", "Uilen", 2, "Kijk", "Tellen", 12, 1, {"fase 1": 0, "fase 2": 12})
    advices = AdviceCounts("2026-2027", 31, 30, {"VMBO_BB+VMBO_KB": 12, "VWO": 18})
    return replace(
        report, interventions=(effect,), agreements=(agreement,), method_tests=(test,), observations=(seen,),
        test_advices=(advices,),
    )  # fmt: skip


def pupil() -> PupilSheet:
    """A pupil of the Spechten whose name would be markup if it were not escaped."""
    point = PupilPoint("2026-2027", "M", "3.0", None, "counted", None, None, 21.0, "=", None, None, True)
    gap = SubjectGap("rekenen", "spelling", "DEMO-LVS", 14.2, True, "Bo <b> is verder. Echt.", "Bo <b> is. Yes.")
    return PupilSheet(
        "k1", "Bo <b>", "Spechten", 5, False, None,
        (PupilTest("rekenen", "DEMO-LVS", (point,), "dle", 4.0, "up"),), gap,
    )  # fmt: skip
