"""Kinds of events, with stable codes: they stand in the log for years."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What happened."""

    SIGNED_IN = "signed_in", _("aangemeld")
    SIGN_IN_FAILED = "sign_in_failed", _("aanmelden mislukt")
    LOCKED_OUT = "locked_out", _("tijdelijk geblokkeerd na mislukte pogingen")
    SIGNED_OUT = "signed_out", _("afgemeld")
    FACTOR_CHANGED = "factor_changed", _("tweede stap van het aanmelden gewijzigd")
    SCREEN_LOCKED = "screen_locked", _("scherm vergrendeld")
    SCREEN_UNLOCKED = "screen_unlocked", _("scherm ontgrendeld")
    USER_INVITED = "user_invited", _("gebruiker uitgenodigd")
    USER_CHANGED = "user_changed", _("gebruiker gewijzigd")
    RIGHTS_GIVEN = "rights_given", _("rol gegeven")
    RIGHTS_TAKEN = "rights_taken", _("rol beëindigd")
    BUNDLE_CHANGED = "bundle_changed", _("rechten van een rol gewijzigd")
    PUPIL_SEEN = "pupil_seen", _("leerling bekeken")
    CONTACTS_SEEN = "contacts_seen", _("contactgegevens bekeken")
    LIST_SEEN = "list_seen", _("lijst van leerlingen bekeken")
    SEARCHED = "searched", _("gezocht naar leerlingen")
    REPORT_MADE = "report_made", _("rapport gemaakt")
    EXPORTED = "exported", _("gegevens uit het systeem gehaald")
    AUDIT_SEEN = "audit_seen", _("logboek van gebruik bekeken")
    CREATED = "created", _("toegevoegd")
    CHANGED = "changed", _("gewijzigd")
    REMOVED = "removed", _("verwijderd")
    IMPORTED = "imported", _("ingelezen")
    IMPORT_UNDONE = "import_undone", _("inlezen ongedaan gemaakt")
    YEAR_ROLLED_OVER = "year_rolled_over", _("jaarovergang bevestigd")
    PUBLISHED = "published", _("gedeeld met ouders")
    RESTORED = "restored", _("teruggezet uit een reservekopie")
