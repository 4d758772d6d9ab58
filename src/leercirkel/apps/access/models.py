"""Users, bundles of rights and who was given which, where and from when until when."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.rights import Reach, Right
from leercirkel.apps.organisation.models import Board, Group, Pupil, School


class UserManager(BaseUserManager["User"]):
    """Makes users; an address is kept in lower case."""

    def create_user(self, email: str, name: str, password: str | None = None, **more: Any) -> User:
        """A user who can sign in; without a password only through the school's own provider or an invitation."""
        user = self.model(email=email.strip().lower(), name=name, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Whatever capitals were typed."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Someone who can sign in. What they may see or do is in `Assignment`, nowhere else: there is no superuser."""

    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=120)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="nl")
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.CheckConstraint(name="email_in_lower_case", condition=Q(email__regex="^[^A-Z]*$"))]

    def __str__(self) -> str:
        return self.name


class Bundle(models.Model):
    """A job as a bundle of rights. Without a school it is the one every school starts with; with one, its own."""

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="bundles")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "code"], name="bundle_once", nulls_distinct=False),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BundleRight(models.Model):
    """One right in a bundle, with its reach."""

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="rights")
    right = models.CharField(max_length=40, choices=Right)
    reach = models.CharField(max_length=20, choices=Reach, default=Reach.ALL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bundle", "right", "reach"], name="bundle_right_once")]


class Assignment(models.Model):
    """A bundle given to a user, at one place, for a time.

    The place is a board, or a school, or within a school one group (with a subject: only that subject's results) or
    one pupil. A bundle given for a group or pupil reaches that group or pupil only; rights that go by an agenda, a
    casus or what parents were told reach nothing that way (sight.py).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    bundle = models.ForeignKey(Bundle, models.PROTECT)
    board = models.ForeignKey(Board, models.PROTECT)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True)
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True)
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    during = DateRangeField()
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assignment_one_place",
                condition=Q(group__isnull=True, pupil__isnull=True)
                | (Q(school__isnull=False) & (Q(group__isnull=True) | Q(pupil__isnull=True))),
            ),
            models.CheckConstraint(
                name="assignment_subject_of_group", condition=Q(subject="") | Q(group__isnull=False)
            ),
        ]
        indexes = [models.Index(F("user"), name="assignment_user")]


class Invitation(models.Model):
    """An invitation by e-mail: the link holds a secret of which only the hash is kept."""

    user = models.OneToOneField(User, models.CASCADE, related_name="invitation")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")


class Notice(models.Model):
    """Somebody got to see names of pupils: for who reads the log of the school to know, until they say that they do."""

    class Kind(models.TextChoices):
        """How it came about."""

        ROLE = "role", _("kreeg een rol")
        BUNDLE = "bundle", _("een rol mag meer zien")
        OWN_GROUP = "own_group", _("zette leerlingen in een eigen groep")

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    """Who sees more by it; empty when it is everyone who has the role."""
    code = models.CharField(max_length=40, blank=True)
    """Of the role."""
    count = models.IntegerField(null=True)
    """Of OWN_GROUP how many pupils, of BUNDLE how many users."""
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    seen_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["school"], name="notice_open", condition=Q(seen_at=None))]
