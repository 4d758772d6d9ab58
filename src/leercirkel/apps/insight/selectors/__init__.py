"""What the results of a school say, as far as a sight reaches."""

from leercirkel.apps.insight.selectors.figures import figure_of, schools_with_figures
from leercirkel.apps.insight.selectors.jobs import files_of, jobs_of, reports_of, rounds, schools_to_report
from leercirkel.apps.insight.selectors.reports import report_of

__all__ = [
    "figure_of",
    "files_of",
    "jobs_of",
    "report_of",
    "reports_of",
    "rounds",
    "schools_to_report",
    "schools_with_figures",
]
