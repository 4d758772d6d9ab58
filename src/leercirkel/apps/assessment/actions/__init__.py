"""What changes a school's measurements, and what they are held against."""

from leercirkel.apps.assessment.actions.hand import (
    Contradicts,
    Entered,
    enter_result,
    note_not_taken,
    set_own_test,
)
from leercirkel.apps.assessment.actions.imports import (
    File,
    FilesHaveErrors,
    ImportDecided,
    Imported,
    import_results,
    undo_import,
)
from leercirkel.apps.assessment.actions.lists import save_method_results, save_observations
from leercirkel.apps.assessment.actions.marks import load_marks
from leercirkel.apps.assessment.actions.settings import (
    NormsEnded,
    NormsKnown,
    end_norms,
    load_norms,
    save_calendar,
    save_standards,
)

__all__ = [
    "Contradicts",
    "Entered",
    "File",
    "FilesHaveErrors",
    "ImportDecided",
    "Imported",
    "NormsEnded",
    "NormsKnown",
    "enter_result",
    "end_norms",
    "import_results",
    "load_marks",
    "load_norms",
    "note_not_taken",
    "save_calendar",
    "save_method_results",
    "save_observations",
    "save_standards",
    "set_own_test",
    "undo_import",
]
