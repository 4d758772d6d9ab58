"""What forms choose from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from leercirkel.apps.organisation.models import Pupil
from leercirkel.apps.pages import names


class PupilSelect(forms.Select):
    """A list of pupils whose names one key hides: each option carries what stands in its place."""

    request: HttpRequest

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An option with its mask; the empty one has none."""
        option = super().create_option(*args, **kwargs)
        pupil = getattr(option["value"], "instance", None)
        if pupil is not None:
            option["attrs"] |= {"class": "name", "data-mask": names.mask(self.request, pupil)}
        return option


class PupilField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A pupil to choose by name; hidden with all names."""

    widget = PupilSelect

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._request = request
        assert isinstance(self.widget, PupilSelect)
        self.widget.request = request

    def label_from_instance(self, obj: Pupil) -> str:
        """The name as in a list, or what stands in its place."""
        return names.text(self._request, obj, "list")
