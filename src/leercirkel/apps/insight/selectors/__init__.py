"""What the results of a school say, as far as a sight reaches."""

from leercirkel.apps.insight.selectors.answers import (
    OWN_TEXT,
    QuestionAnswer,
    answers_of,
    own_texts,
    questions_of,
    versions_of,
    with_own_texts,
)
from leercirkel.apps.insight.selectors.figures import figure_in, schools_with_figures, seen_whole
from leercirkel.apps.insight.selectors.front import front_of
from leercirkel.apps.insight.selectors.groups import group_figures, group_reach, pupils_shown, result_groups
from leercirkel.apps.insight.selectors.jobs import files_of, jobs_of, reports_of, rounds, schools_to_report, still_may
from leercirkel.apps.insight.selectors.places import Reach, open_groups, reach_at, schools_in_view
from leercirkel.apps.insight.selectors.pupils import pupil_figures
from leercirkel.apps.insight.selectors.reports import report_of
from leercirkel.apps.insight.selectors.sentences import sentences_of_groups
from leercirkel.apps.insight.selectors.talk import (
    children_with_sheets,
    groups_to_print,
    notes_of,
    notes_shown,
    shared_of,
    shared_with,
    sheet_of,
    sheets_of,
    sheets_of_group,
    view_of_sheets,
)

__all__ = [
    "front_of",
    "OWN_TEXT",
    "QuestionAnswer",
    "children_with_sheets",
    "groups_to_print",
    "sheets_of_group",
    "notes_of",
    "notes_shown",
    "shared_of",
    "shared_with",
    "sheet_of",
    "sheets_of",
    "view_of_sheets",
    "Reach",
    "answers_of",
    "figure_in",
    "seen_whole",
    "files_of",
    "group_figures",
    "group_reach",
    "jobs_of",
    "open_groups",
    "pupil_figures",
    "own_texts",
    "pupils_shown",
    "questions_of",
    "reach_at",
    "report_of",
    "reports_of",
    "result_groups",
    "rounds",
    "schools_in_view",
    "schools_to_report",
    "sentences_of_groups",
    "still_may",
    "schools_with_figures",
    "versions_of",
    "with_own_texts",
]
