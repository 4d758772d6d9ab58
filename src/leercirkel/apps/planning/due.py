"""What someone has to do: lines for the start page (apps/pages/due.py)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.pages.due import Due
from leercirkel.apps.planning.selectors import tasks_of

MOST = 10
"""More tasks than this are on the page of tasks alone."""


def tasks_to_do(request: Request) -> Iterator[Due]:
    """The tasks of the user that are not done, with their last day. One query."""
    if not any(request.sight.may(right) for right in (Right.SEE_FIGURES, Right.SEE_PUPILS)):
        return
    for task in tasks_of(request.sight).filter(done_at=None)[:MOST]:
        yield Due(task.text, url=task.url or reverse("tasks"), action=_("Openen"), until=task.due_on, order=30)
