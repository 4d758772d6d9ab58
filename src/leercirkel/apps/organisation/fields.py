"""What forms choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.pages import names


class PupilField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A pupil to choose by name; hidden with all names."""

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._request = request

    def label_from_instance(self, obj: Pupil) -> str:
        """The name as in a list, or what stands in its place."""
        return names.text(self._request, obj, "list")
