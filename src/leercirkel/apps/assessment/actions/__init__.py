"""What changes a school's measurements, and what they are held against."""

from leercirkel.apps.assessment.actions.imports import (
    File,
    FilesHaveErrors,
    Imported,
    import_results,
    undo_import,
)
from leercirkel.apps.assessment.actions.marks import load_marks
from leercirkel.apps.assessment.actions.settings import (
    NormsKnown,
    load_norms,
    save_calendar,
    save_standards,
)

__all__ = [
    "File",
    "FilesHaveErrors",
    "Imported",
    "NormsKnown",
    "import_results",
    "load_marks",
    "load_norms",
    "save_calendar",
    "save_standards",
    "undo_import",
]
