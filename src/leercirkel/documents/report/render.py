"""From the report to a PDF: A4, tagged, PDF/UA-1, in Dutch or English."""

from __future__ import annotations

from datetime import UTC, datetime

from leercirkel.analysis.model import SchoolReport
from leercirkel.documents.report.view import view_of
from leercirkel.documents.texts import Language
from leercirkel.documents.typeset import pictured, typeset

TEMPLATE = "report/templates/report.typ"


def render_pdf(report: SchoolReport, language: Language = "nl") -> bytes:
    """The report as PDF/UA-1, in Dutch (nl) or English (en). The same report gives the same bytes.

    Raises what `typeset` raises.
    """
    made = datetime.fromisoformat(report.as_of).replace(tzinfo=UTC) if report.as_of else None
    return typeset(TEMPLATE, view_of(report, language), made)


def render_pages(report: SchoolReport, language: Language = "nl") -> list[bytes]:
    """The pages of that PDF as PNG, to look at before it is fetched. Raises what `typeset` raises."""
    return pictured(TEMPLATE, view_of(report, language), ppi=108)
