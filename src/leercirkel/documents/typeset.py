"""Typst: from a template of ours and a view to a PDF; the one place that calls the typesetter."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from leercirkel.documents.report.fonts import FAMILY, font_directory, printable

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
"""In the PDF's metadata when no result has a date; the clock is never asked, so equal reports are equal files."""


class RenderError(RuntimeError):
    """The typesetter refused the document or warned about it: a fault of the templates, not of the school's files."""


@cache
def ready() -> Any:
    """Loads the typesetter, and gives the fonts it takes. Worth calling while something else is waited for.

    Raises `fonts.FontMissing` without the font.
    """
    import typst  # here, so that a program that makes no PDF does not load the typesetter

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_directory())])


def typeset(template: str, view: dict[str, Any], made: datetime | None) -> bytes:
    """The view through a template (its path below `documents`) as PDF/UA-1. The same view gives the same bytes.

    The data go in as JSON and are never read as markup. Raises RenderError on any error or warning, and
    `fonts.FontMissing` without the font.
    """
    pdf = _compiled(template, view, format="pdf", pdf_standards=["ua-1"], timestamp=made or UNDATED)
    if not isinstance(pdf, bytes):
        raise RenderError("the typesetter gave no document")
    return pdf


def pictured(template: str, view: dict[str, Any], ppi: float = 72) -> list[bytes]:
    """The pages of the same document as PNG, to look at before it is fetched. Raises what `typeset` raises."""
    pages = _compiled(template, view, format="png", ppi=ppi)
    return [pages] if isinstance(pages, bytes) else list(pages)


def _compiled(template: str, view: dict[str, Any], **how: Any) -> Any:
    loaded = ready()
    import typst

    data = printable(json.dumps(view, ensure_ascii=False))
    with as_file(files("leercirkel.documents")) as root:
        compiler = typst.Compiler(
            input=str(root / template),
            root=str(root),
            font_paths=loaded,
            ignore_system_fonts=True,
            sys_inputs={"data": data, "font": FAMILY},
        )
        try:
            made, warnings = compiler.compile_with_warnings(**how)
        except typst.TypstError as fault:
            raise RenderError("\n".join([str(fault), *fault.hints])) from fault
    if warnings:
        raise RenderError("\n".join(w.message for w in warnings))
    return made
