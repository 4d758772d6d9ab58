"""Tables of the school's measurements: results, lists of teachers, marks, and what they are held against."""

from leercirkel.apps.assessment.models.imports import ImportBatch, PupilMatch, SourceMapping, UploadedFile
from leercirkel.apps.assessment.models.lists import MethodResult, Observation
from leercirkel.apps.assessment.models.marks import OwnTest, PupilMark
from leercirkel.apps.assessment.models.results import Advice, Result
from leercirkel.apps.assessment.models.settings import CalendarVersion, NormFile, StandardsDraft, StandardsVersion
from leercirkel.apps.assessment.models.stamp import Change

__all__ = [
    "Advice",
    "CalendarVersion",
    "Change",
    "ImportBatch",
    "MethodResult",
    "NormFile",
    "Observation",
    "OwnTest",
    "PupilMark",
    "PupilMatch",
    "Result",
    "SourceMapping",
    "StandardsDraft",
    "StandardsVersion",
    "UploadedFile",
]
