"""The report in Dutch: one class per kind of part, put together here."""

from __future__ import annotations

from leercirkel.documents.texts.nl.changes import Changes
from leercirkel.documents.texts.nl.cover import Cover
from leercirkel.documents.texts.nl.labels import LABELS
from leercirkel.documents.texts.nl.method import Method
from leercirkel.documents.texts.nl.paste import Paste
from leercirkel.documents.texts.nl.plans import Plans
from leercirkel.documents.texts.nl.tables import Tables
from leercirkel.documents.texts.nl.workbook import Workbook


class Dutch(Cover, Tables, Changes, Plans, Method, Workbook, Paste):
    """Every text of the report in Dutch."""

    labels = LABELS
