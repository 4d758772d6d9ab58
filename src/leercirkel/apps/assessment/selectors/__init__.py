"""What may be seen of a school's measurements, as the frames and settings that analyses take."""

from leercirkel.apps.assessment.known import class_names, code_of, keys_of
from leercirkel.apps.assessment.selectors.frames import enrolments_frame, instruction_frame, results_frame, seen_of
from leercirkel.apps.assessment.selectors.inputs import SchoolInputs, held_against, inputs_of
from leercirkel.apps.assessment.selectors.origin import origin_of
from leercirkel.apps.assessment.selectors.pupil_marks import MarksOn, marks_on
from leercirkel.apps.assessment.selectors.rounds import rounds_of
from leercirkel.apps.assessment.selectors.settings import calendar_of, growth_norms_of, norm_tables_of, standards_of

__all__ = [
    "MarksOn",
    "SchoolInputs",
    "calendar_of",
    "class_names",
    "code_of",
    "enrolments_frame",
    "growth_norms_of",
    "held_against",
    "inputs_of",
    "instruction_frame",
    "keys_of",
    "marks_on",
    "norm_tables_of",
    "origin_of",
    "results_frame",
    "rounds_of",
    "seen_of",
    "standards_of",
]
