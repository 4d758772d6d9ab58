"""From pupils to talk sheets: one PDF, A4, tagged, a page per pupil."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from leercirkel.analysis.model import PupilSheet
from leercirkel.documents.talk_sheet.view import View, view_of
from leercirkel.documents.typeset import typeset


def render_talk_sheets(
    sheets: Sequence[PupilSheet], *, school: str, school_year: str, moment: str, as_of: str
) -> bytes:
    """The sheets as PDF/UA-1; the same pupils give the same bytes. `as_of`: ISO date of the newest result, or "".

    Raises ValueError without sheets, and what `typeset` raises.
    """
    return render_view(view_of(sheets, school=school, school_year=school_year, moment=moment), as_of)


def render_view(view: View, as_of: str = "") -> bytes:
    """A view of sheets (`view_of`), as it was made or kept, as PDF/UA-1. Raises what `typeset` raises."""
    made = datetime.fromisoformat(as_of).replace(tzinfo=UTC) if as_of else None
    return typeset("talk_sheet/templates/sheets.typ", view, made)
