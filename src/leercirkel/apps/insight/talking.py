"""The boxes of a talk sheet in which people write, and what they may hold."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leercirkel.documents.talk_sheet.view import BOXES

LONGEST = 600
"""Characters in one box: a few sentences, so that the sheet stays one page."""

QUESTIONS: dict[str, Any] = {
    "goes_well": _("Wat gaat goed?"),
    "practise": _("Waar oefenen we nu mee?"),
    "child": _("Wat zegt het kind zelf?"),
    "home": _("Wat helpt thuis?"),
}
"""Box → what the teacher is asked. On the sheet itself these are the words of documents/talk_sheet."""

__all__ = ["BOXES", "LONGEST", "QUESTIONS"]
