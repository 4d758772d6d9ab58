"""What the results of a school say, as far as a sight reaches."""

from leercirkel.apps.insight.selectors.figures import figure_of, schools_with_figures
from leercirkel.apps.insight.selectors.jobs import files_of, jobs_of, reports_of, rounds, schools_to_report
from leercirkel.apps.insight.selectors.places import Reach, open_groups, reach_at, schools_in_view
from leercirkel.apps.insight.selectors.reports import report_of

__all__ = [
    "Reach",
    "figure_of",
    "files_of",
    "jobs_of",
    "open_groups",
    "reach_at",
    "report_of",
    "reports_of",
    "rounds",
    "schools_in_view",
    "schools_to_report",
    "schools_with_figures",
]
