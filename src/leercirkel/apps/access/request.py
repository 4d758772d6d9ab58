"""A request as views get it: with who it is and what they may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from leercirkel.apps.access.models import User
    from leercirkel.apps.access.sight import Sight


class Request(HttpRequest):
    """`user` is a User behind every gate but the open one; `sight` what that user may (middleware.py)."""

    user: User
    sight: Sight
