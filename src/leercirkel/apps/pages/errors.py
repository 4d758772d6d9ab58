"""Pages for errors: what happened and what to do, and nothing else.

Each is the same for everyone and every address, to the byte: what is not yours looks like what does not exist. They
make no query, so that they also come when the database does not answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Fault:
    """What a page for an error says: what happened, and what to do."""

    status: int
    title: Any
    what: Any
    todo: Any


BAD_REQUEST = Fault(
    400,
    _("Dit verzoek klopt niet"),
    _("De server kon niet lezen wat de browser vroeg."),
    _("Ga terug en probeer het opnieuw. Blijft het misgaan? Geef het adres van de bladzijde dan aan de beheerder."),
)
FORBIDDEN = Fault(
    403,
    _("Dit hoort niet bij je rol"),
    _("Je bent aangemeld, maar met jouw rol kun je deze bladzijde niet openen."),
    _("Heb je dit nodig voor je werk? Vraag de beheerder van de school om de rol die erbij hoort."),
)
NOT_FOUND = Fault(
    404,
    _("Deze bladzijde is er niet"),
    _("Het adres bestaat niet, of het hoort niet bij jouw groepen of leerlingen."),
    _("Begin op de startpagina, of zoek de leerling of groep op."),
)
TOO_LARGE = Fault(
    413,
    _("Dit bestand is te groot"),
    _("Er is niets opgeslagen."),
    _("Stuur een kleiner bestand, of verdeel het over meer bestanden."),
)
FORM_EXPIRED = Fault(
    403,
    _("Dit formulier is verlopen"),
    _("Er is niets opgeslagen. Dat gebeurt als je opnieuw bent aangemeld, of als cookies uit staan."),
    _("Ga terug, kopieer wat je schreef, laad de bladzijde opnieuw en verstuur het formulier nog een keer."),
)
BROKEN = Fault(
    500,
    _("Er ging iets mis"),
    _("Dat ligt aan ons. Wat je net deed, is niet opgeslagen."),
    _("Probeer het zo nog eens. Blijft het misgaan? Vertel de beheerder wat je deed en hoe laat."),
)


def page(fault: Fault) -> HttpResponse:
    """The page of a fault, in the language of the moment, without anything of the request."""
    return HttpResponse(render_to_string("pages/error.html", {"fault": fault}), status=fault.status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when it was too much."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return page(TOO_LARGE if too_large else BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not with this role."""
    return page(FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not yours."""
    return page(NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form from before signing in again, or from another site."""
    return page(FORM_EXPIRED)


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return page(BROKEN)
