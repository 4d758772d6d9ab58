"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from leercirkel.apps.access.rights import Right
from leercirkel.apps.pages import names, navigation
from leercirkel.apps.pages.search import may_search

KEYS_COOKIE = "lc-keys"
"""Says that keys of one letter do nothing on this device."""


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
        "searchable": may_search(getattr(request, "sight", None)),
        "keys_off": request.COOKIES.get(KEYS_COOKIE) == "off",
    }
