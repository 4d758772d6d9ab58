"""What the frame of every page needs of the lock of the screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from leercirkel.apps.signin import screen


def lock(request: HttpRequest) -> dict[str, Any]:
    """`lock_after`: minutes after which this device locks itself, 0 for never. Makes no query."""
    minutes = screen.after(request)
    return {"lock_after": minutes, "lock_after_seconds": minutes * 60 + 5}
