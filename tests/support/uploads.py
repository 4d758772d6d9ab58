"""Importing files as somebody does it on the pages, and as the worker does it."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leercirkel.apps.access.scope import scope
from leercirkel.apps.assessment.models import ImportBatch
from leercirkel.apps.assessment.tasks import carry_out_batch

NOOR = {"achternaam": "Aardenburg", "roepnaam": "Noor", "geboortedatum": "04-10-2017"}
DAAN = {"achternaam": "Brinkhorst", "roepnaam": "Daan", "geboortedatum": "30-11-2017"}
YASSIN = {"achternaam": "Griffioen", "roepnaam": "Yassin", "geboortedatum": "12-12-2016"}
"""Pupils of the world (support/world.py) as a file names them."""


def told(who: dict[str, str], **more: str) -> dict[str, str]:
    """A row of a file: a result of arithmetic in January."""
    given = {"vak": "rekenen", "toets": "DEMO", "versie": "3", "afnamedatum": "19-01-2027", "moment": "M",
             "vaardigheidsscore": "104,5", "niveau": "II", "schooljaar": "2026-2027"}  # fmt: skip
    return who | given | more


def upload(client: Client, *files: tuple[str, bytes], **more: str) -> Any:
    """Posts files; returns the page of the import that came of it."""
    data: dict[str, Any] = {"bestanden": [SimpleUploadedFile(name, content) for name, content in files], **more}
    return client.post("/resultaten/inlezen/", data, follow=True)


def address_of(page: Any) -> str:
    """Where the page stands."""
    return str(page.redirect_chain[-1][0])


def confirm(client: Client, page: Any, **choices: str) -> Any:
    """Confirms what the page shows."""
    mark = re.search(r'name="gezien" value="([0-9a-f]*)"', text(page))
    assert mark, text(page)
    address = address_of(page)
    return client.post(f"{address}bevestigen/", {"gezien": mark[1], **choices}, follow=True)


def work(page: Any) -> ImportBatch:
    """Does what the worker would do for the import of this page, in the transaction of the test."""
    number = int(address_of(page).strip("/").rpartition("/")[2])
    carry_out_batch.func(batch=number)
    return batch_of(page)


def batch_of(page: Any) -> ImportBatch:
    """The import of this page."""
    number = int(address_of(page).strip("/").rpartition("/")[2])
    with scope(schools=[101, 102, 201]):
        return ImportBatch.objects.get(pk=number)


def text(page: Any) -> str:
    """What the page says."""
    return str(page.content.decode())
