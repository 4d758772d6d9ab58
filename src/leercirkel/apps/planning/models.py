"""Meetings, who attends and what is on the agenda."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from leercirkel.apps.organisation.models import Group, Pupil, School, StaffMember, Team


class Meeting(models.Model):
    """A talk with an agenda: who attends sees what is on it, while it lasts."""

    school = models.ForeignKey(School, models.PROTECT)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="meetings")
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    attendees = models.ManyToManyField(StaffMember, through="MeetingAttendee", related_name="meetings")

    class Meta:
        constraints = [
            models.CheckConstraint(name="meeting_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return self.title


class MeetingAttendee(models.Model):
    """Someone invited beside the team's own members, as the schoolcontactpersoon is."""

    school = models.ForeignKey(School, models.PROTECT)
    meeting = models.ForeignKey(Meeting, models.CASCADE)
    staff = models.ForeignKey(StaffMember, models.CASCADE)


class AgendaItem(models.Model):
    """A group or a pupil on the agenda. For outsiders a pupil counts only once the parents were informed."""

    school = models.ForeignKey(School, models.PROTECT)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    group = models.ForeignKey(Group, models.CASCADE, null=True, blank=True)
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, blank=True)
    parents_informed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agenda_group_or_pupil",
                condition=Q(group__isnull=True, pupil__isnull=False) | Q(group__isnull=False, pupil__isnull=True),
            )
        ]


class Task(models.Model):
    """Something to do for one member of staff, with a last day; on the start page until it is done."""

    school = models.ForeignKey(School, models.PROTECT)
    key = models.CharField(max_length=80)
    """What made it ("round-12-close-3"), so that it is made once."""
    owner = models.ForeignKey(StaffMember, models.CASCADE, related_name="tasks")
    text = models.TextField()
    """Without names of pupils."""
    url = models.TextField(blank=True)
    """The page where it is done."""
    due_on = models.DateField(null=True)
    done_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="task_once")]
        ordering = ["due_on", "id"]
