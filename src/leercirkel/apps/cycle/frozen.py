"""The figures of a round as they are kept: the report as JSON (documents.json_report), compressed, and back."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import Any

from leercirkel.analysis.care_growth import CareGrowth
from leercirkel.analysis.model import CohortTrend, SchoolReport
from leercirkel.core.standards import Standard
from leercirkel.documents.json_report import RENAMED, to_json
from leercirkel.exchange.built import Unfit, built

_NAMES = {key: name for name, key in RENAMED[CohortTrend].items()}


class Unreadable(Exception):
    """Figures that were kept by a program whose reports were made otherwise."""


def frozen(report: SchoolReport) -> bytes:
    """The report as bytes for the database. Raises ValueError when pupils are in it: what is told of a child goes when
    the child's file goes."""
    if report.pupils:
        raise ValueError("a report with pupils is not kept")
    return zlib.compress(to_json(report), 6)


def thawed(kept: bytes | memoryview) -> SchoolReport:
    """The report that was kept, the same dataclass as it was then. Raises Unreadable."""
    try:
        value: dict[str, Any] = json.loads(zlib.decompress(bytes(kept)))
        standards = tuple(_tuples(each) for each in value.pop("standards", ()))
        for trend in value["cohort_trend"]:
            for key, name in _NAMES.items():
                trend[name] = trend.pop(key)
        report: SchoolReport = built(SchoolReport, {**value, "standards": []})
    except (zlib.error, ValueError, KeyError, TypeError) as fault:
        raise Unreadable(str(fault)) from fault
    return replace(report, standards=standards)


def standards_of(report: SchoolReport) -> tuple[Standard, ...]:
    """The standards that the report was made with. Raises Unreadable."""
    try:
        return tuple(built(Standard, json.loads(json.dumps(each))) for each in report.standards)
    except Unfit as fault:
        raise Unreadable(str(fault)) from fault


def care_growth_in(kept: list[Any] | None) -> list[CareGrowth] | None:
    """What was fixed of the growth of pupils with extra support; None where it was not. Raises Unreadable."""
    try:
        return None if kept is None else [built(CareGrowth, each) for each in kept]
    except Unfit as fault:
        raise Unreadable(str(fault)) from fault


def _tuples(value: Any) -> Any:
    """Lists of JSON as the tuples they were."""
    if isinstance(value, list):
        return tuple(_tuples(each) for each in value)
    if isinstance(value, dict):
        return {key: _tuples(each) for key, each in value.items()}
    return value
