"""From what was prepared or fixed of talks to paper: one PDF, A4, tagged; each set smaller until it is one page."""

from __future__ import annotations

from collections.abc import Sequence
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
    return render_talks([view], title=view["title"])


def render_talks(views: Sequence[dict[str, Any]], *, title: str) -> bytes:
    """Several talks in one PDF, each on a page of its own, in the language of the first. `views`: at least one, as of
    `render_talk`. Raises what `typeset` raises."""
    first = views[0]
    shared = {"title": title, "language": first["language"], "audience": first["audience"], "colours": _COLOURS}
    labels = {"page": texts_of(first["language"]).labels["page"]}
    return typeset("talk_minutes/templates/talk.typ", {**shared, "labels": labels, "talks": list(views)}, None)
