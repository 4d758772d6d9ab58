"""What the analyses answer: frozen dataclasses, the one source for the PDF, the JSON and every later page.

Shares run from 0 to 1; intervals are 90%; what cannot be computed is None. School years are written "2025-2026".
The JSON contract (`leercirkel/report/1`, schema in `documents/schema/`) has the same names.
"""

from __future__ import annotations

from leercirkel.analysis.model.answers import Answer, Evidence
from leercirkel.analysis.model.growth_percentiles import EarlierScore, GroupPercentile, GrowthPercentile
from leercirkel.analysis.model.interventions import Agreement, EffectVerdict, InterventionEffect, InterventionPeriod
from leercirkel.analysis.model.lists import AdviceCounts, MethodTestCell, ObservationCell
from leercirkel.analysis.model.over_time import CohortTrend, GradeTrend, GroupGrowth, GroupYield, TrendPoint, TrendPool
from leercirkel.analysis.model.overview import OverviewCell, TierResult
from leercirkel.analysis.model.pupils import DestinationChanges, PupilPoint, PupilSheet, PupilTest, SubjectGap
from leercirkel.analysis.model.report import Audience, KeptFigures, Method, SchoolReport, Withheld

__all__ = [
    "AdviceCounts",
    "Agreement",
    "Answer",
    "Audience",
    "CohortTrend",
    "DestinationChanges",
    "EarlierScore",
    "EffectVerdict",
    "Evidence",
    "GradeTrend",
    "GroupGrowth",
    "GroupPercentile",
    "GroupYield",
    "GrowthPercentile",
    "InterventionEffect",
    "InterventionPeriod",
    "KeptFigures",
    "Method",
    "MethodTestCell",
    "ObservationCell",
    "OverviewCell",
    "PupilPoint",
    "PupilSheet",
    "PupilTest",
    "SchoolReport",
    "SubjectGap",
    "TierResult",
    "TrendPoint",
    "TrendPool",
    "Withheld",
]
