"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from leercirkel.apps.access.rights import Right
from leercirkel.apps.pages import names, navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """`sight` (what the user may), `Right` to ask it with, the navigation, whether names are hidden, and whether this
    is a demonstration. Makes no query."""
    return {
        "sight": getattr(request, "sight", None),
        "Right": Right,
        "demo": settings.DEMO,
        "navigation": lambda: navigation.blocks(request),
        "account_links": lambda: navigation.account(request),
        "names_hidden": names.hidden(request),
    }
