"""Explanations in own words, and what speaks for and against them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OwnForm(forms.Form):
    """An explanation in own words."""

    eigen = forms.CharField(label=_("In eigen woorden"), max_length=300)


class ArgueForm(forms.Form):
    """What speaks for an explanation, and what would refute it."""

    voor = forms.CharField(label=_("Wat spreekt ervoor?"), max_length=500, required=False)
    tegen = forms.CharField(label=_("Waaraan zouden we zien dat het niet klopt?"), max_length=500, required=False)


class LedgerForm(forms.Form):
    """Which lines."""

    zoek = forms.CharField(label=_("Zoeken"), max_length=100, required=False)
