"""What the results of a school say, as far as a sight reaches."""

from leercirkel.apps.insight.selectors.reports import report_of

__all__ = ["report_of"]
