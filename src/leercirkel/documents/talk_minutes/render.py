"""From what was prepared or fixed of a talk to paper: one PDF, A4, tagged; set smaller until it is one page."""

from __future__ import annotations

from typing import Any

from leercirkel.documents.charts.palette import SCREEN
from leercirkel.documents.texts import texts_of
from leercirkel.documents.typeset import typeset

_COLOURS = {name: getattr(SCREEN, name) for name in ("ink", "soft", "line", "hair", "brand")}


def render_talk(view: dict[str, Any]) -> bytes:
    """The view of a talk as PDF/UA-1; the same view gives the same bytes. No names of pupils stand in it.

    `title`, `sub`; `parts`: each a `heading` and `lines`; `decided`: `heading`, `none`, the `head` of the table (three
    words) and `rows` of what, who and when; `notes` with `notes_heading`; `room` for writing on a sheet that is taken
    to the talk; `audience` and `language`. Raises what `typeset` raises.
    """
    labels = {"page": texts_of(view["language"]).labels["page"]}
    whole = {**view, "header": view["title"], "labels": labels, "colours": _COLOURS}
    return typeset("talk_minutes/templates/talk.typ", whole, None)
