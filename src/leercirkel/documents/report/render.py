"""From the report to a PDF: A4, tagged, PDF/UA-1."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import as_file, files

from leercirkel.analysis.model import SchoolReport
from leercirkel.documents.report.fonts import FAMILY, font_directory, printable
from leercirkel.documents.report.view import view_of
from leercirkel.documents.texts import Language

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""In the PDF's metadata when no result has a date; the clock is never asked, so equal reports are equal files."""


class RenderError(RuntimeError):
    """The typesetter refused the document or warned about it: a fault of the templates, not of the school's files."""


def render_pdf(report: SchoolReport, language: Language = "nl") -> bytes:
    """The report as PDF/UA-1, in Dutch (nl) or English (en). The same report gives the same bytes.

    The data go in as JSON and are never read as markup. Raises RenderError on any error or warning, and
    `fonts.FontMissing` without the font.
    """
    import typst  # here, so that a program that makes no PDF does not load the typesetter

    made = datetime.fromisoformat(report.as_of).replace(tzinfo=UTC) if report.as_of else UNDATED
    data = printable(json.dumps(view_of(report, language), ensure_ascii=False))
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_directory())]
    )  # fmt: skip
    with as_file(files("leercirkel.documents.report").joinpath("templates")) as templates:
        compiler = typst.Compiler(
            input=str(templates / "report.typ"),
            root=str(templates),
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": data, "font": FAMILY},
        )
        try:
            pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"], timestamp=made)
        except typst.TypstError as fault:
            raise RenderError("\n".join([str(fault), *fault.hints])) from fault
    if warnings:
        raise RenderError("\n".join(w.message for w in warnings))
    if not isinstance(pdf, bytes):
        raise RenderError("the typesetter gave no document")
    return pdf
