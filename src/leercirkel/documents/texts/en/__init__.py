"""The report in English: one class per kind of part, put together here."""

from __future__ import annotations

from leercirkel.documents.texts.en.changes import Changes
from leercirkel.documents.texts.en.cover import Cover
from leercirkel.documents.texts.en.labels import LABELS
from leercirkel.documents.texts.en.method import Method
from leercirkel.documents.texts.en.paste import Paste
from leercirkel.documents.texts.en.plans import Plans
from leercirkel.documents.texts.en.tables import Tables
from leercirkel.documents.texts.en.workbook import Workbook


class English(Cover, Tables, Changes, Plans, Method, Workbook, Paste):
    """Every text of the report in English."""

    labels = LABELS
