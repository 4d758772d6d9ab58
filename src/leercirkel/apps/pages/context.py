"""What the frame of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from leercirkel.apps.access.rights import Right


def frame(request: HttpRequest) -> dict[str, Any]:
    """`sight` (what the user may), `Right` to ask it with, and whether this is a demonstration."""
    return {"sight": getattr(request, "sight", None), "Right": Right, "demo": settings.DEMO}
