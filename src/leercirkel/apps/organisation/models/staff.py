"""Staff, their groups and their teams, dated."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.organisation.models.periods import no_overlap
from leercirkel.apps.organisation.models.school import Group, School


class StaffMember(models.Model):
    """Someone who works at the school; a user only once invited. Works at two schools: a row at each."""

    school = models.ForeignKey(School, models.PROTECT, related_name="staff")
    key = models.CharField(max_length=300, blank=True)
    first_name = models.CharField(max_length=200, blank=True)
    prefix = models.CharField(max_length=200, blank=True)
    surname = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    function = models.CharField(max_length=80, blank=True)
    """As the school calls the job; grants nothing (apps/access gives rights)."""
    during = DateRangeField()
    user = models.ForeignKey("access.User", models.SET_NULL, null=True, blank=True, related_name="staff")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "key"], name="staff_key_once", condition=~Q(key="")),
            models.UniqueConstraint(fields=["school", "user"], name="staff_user_once"),
        ]
        ordering = ["surname", "first_name"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.first_name, self.prefix, self.surname) if part)


class GroupTeacher(models.Model):
    """A member of staff with a group for a time: duos overlap, a substitute has an end."""

    school = models.ForeignKey(School, models.PROTECT)
    group = models.ForeignKey(Group, models.CASCADE, related_name="teachers")
    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="groups")
    during = DateRangeField()
    substitute = models.BooleanField(default=False)

    class Meta:
        constraints = [no_overlap("group_teacher_no_overlap", "group_id", "staff_id")]


class Team(models.Model):
    """Leerteam, regiegroep, werkgroep or ondersteuningsteam: members and dates."""

    class Kind(models.TextChoices):
        """Kinds of teams; what a member may see goes by the kind."""

        LEARNING = "learning", _("leerteam")
        SUBJECT = "subject", _("regiegroep")
        WORKING = "working", _("werkgroep")
        SUPPORT = "support", _("ondersteuningsteam")

    school = models.ForeignKey(School, models.PROTECT, related_name="teams")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=120)
    subject = models.CharField(max_length=40, blank=True)
    """Of a regiegroep: the code of core.subjects."""
    groups = models.ManyToManyField(Group, through="TeamGroup", related_name="teams")
    during = DateRangeField()

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class TeamGroup(models.Model):
    """A group that a leerteam is about."""

    school = models.ForeignKey(School, models.PROTECT)
    team = models.ForeignKey(Team, models.CASCADE)
    group = models.ForeignKey(Group, models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "group"], name="team_group_once")]


class TeamMember(models.Model):
    """Membership of a team for a time."""

    school = models.ForeignKey(School, models.PROTECT)
    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="teams")
    during = DateRangeField()
    chair = models.BooleanField(default=False)

    class Meta:
        constraints = [no_overlap("team_member_no_overlap", "team_id", "staff_id")]
