"""Who cares for a pupil, and with what authority."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models.pupil import Pupil
from leercirkel.apps.organisation.models.school import School


class Guardian(models.Model):
    """Someone who cares for a pupil. With a secret address nothing is kept of where they live."""

    school = models.ForeignKey(School, models.PROTECT)
    key = models.CharField(max_length=300, blank=True)
    first_name = models.CharField(max_length=200, blank=True)
    prefix = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=200, blank=True)
    secret_address = models.BooleanField(default=False)
    interpreter = models.CharField(max_length=40, blank=True)
    """The language for which an interpreter is needed; empty when none is."""
    user = models.ForeignKey("access.User", models.SET_NULL, null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="secret_address_is_not_kept", condition=Q(secret_address=False) | Q(address=""))
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.first_name, self.prefix, self.surname) if part)


class Guardianship(models.Model):
    """What a guardian is to a pupil. Authority is never in a roster: unknown until someone says so."""

    class Authority(models.TextChoices):
        """Parental authority (gezag)."""

        YES = "yes", _("heeft gezag")
        NO = "no", _("heeft geen gezag")
        UNKNOWN = "unknown", _("gezag niet bekend")

    class Relation(models.TextChoices):
        """What the guardian is to the pupil."""

        PARENT = "parent", _("ouder")
        STEP_PARENT = "step_parent", _("stiefouder")
        FOSTER_PARENT = "foster_parent", _("pleegouder")
        LEGAL_GUARDIAN = "legal_guardian", _("voogd")
        OTHER = "other", _("anders")

    school = models.ForeignKey(School, models.PROTECT)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="guardianships")
    guardian = models.ForeignKey(Guardian, models.CASCADE, related_name="guardianships")
    relation = models.CharField(max_length=16, choices=Relation, default=Relation.PARENT)
    authority = models.CharField(max_length=8, choices=Authority, default=Authority.UNKNOWN)
    no_contact = models.BooleanField(default=False)
    """A court forbids contact with the pupil: shown wherever the guardian is."""
    lives_with = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil", "guardian"], name="guardianship_once")]
