"""What selectors give, shaped for a page."""

from leercirkel.apps.insight.presenters.figures import FigurePage, figure_page
from leercirkel.apps.insight.presenters.jobs import JobLine, JobPage, job_line, job_page
from leercirkel.apps.insight.presenters.origin import facts_of, subject_of

__all__ = ["FigurePage", "JobLine", "JobPage", "facts_of", "figure_page", "job_line", "job_page", "subject_of"]
