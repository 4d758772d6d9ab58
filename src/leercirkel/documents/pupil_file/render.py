"""From what was written of one pupil to paper: one PDF, A4, tagged, as many pages as it takes."""

from __future__ import annotations

from typing import Any

from leercirkel.documents.charts.palette import SCREEN
from leercirkel.documents.texts import texts_of
from leercirkel.documents.typeset import typeset

_COLOURS = {name: getattr(SCREEN, name) for name in ("ink", "soft", "line", "hair", "brand")}


def render_file(view: dict[str, Any]) -> bytes:
    """The view of one pupil as PDF/UA-1; the same view gives the same bytes. It holds no name of another child: the
    caller left these out.

    `title`, `sub`, `lead`, `audience`, `language`; `now_heading` with `now`, each a `label` and what is `said`;
    `drafts_heading` with `drafts`; `key`: what words mean, or empty; `years`: each a `heading` and `entries` (`on`,
    `label`, `text`, `lines`); `none` when there are none. Raises what `typeset` raises.
    """
    labels = {"page": texts_of(view["language"]).labels["page"]}
    whole = {**view, "header": view["title"], "labels": labels, "colours": _COLOURS}
    return typeset("pupil_file/templates/file.typ", whole, None)
