"""The log and its seals. The database refuses changes to all of it (migrations 0002 and 0003): rows are only added.

`Event` holds no personal data but ids without a foreign key, so that erasing a person later leaves every row and every
seal as it was. What tells more of a person (address, browser, values before and after) is in `EventDetail`, which
retention may delete.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from leercirkel.apps.audit.kinds import Kind


class Event(models.Model):
    """Who did what, when, to what, and for whom."""

    at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=40, choices=Kind)
    actor = models.BigIntegerField(null=True)
    """Id of the user; null for the system itself or someone not signed in."""
    board = models.BigIntegerField(null=True)
    school_id = models.BigIntegerField(null=True)
    pupil = models.BigIntegerField(null=True)
    """Whose file it is about, when it is one pupil's."""
    object_type = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    count = models.IntegerField(null=True)
    """How many rows or pupils, for exports, imports and lists."""
    purpose = models.CharField(max_length=40, blank=True)
    """A code of what it was for, e.g. the page or the right that was used; never text of a user."""
    era = models.IntegerField()
    transaction = models.BigIntegerField()
    """Id of the transaction that wrote it: what seals go by (seals.py). Filled by the database."""

    class Meta:
        indexes = [
            models.Index(fields=["school_id", "-id"], name="event_of_school"),
            models.Index(fields=["pupil", "-id"], name="event_of_pupil"),
            models.Index(fields=["school_id", "era", "transaction"], name="event_of_transaction"),
        ]


class EventDetail(models.Model):
    """What an event says of a person; deleted when its time is over, which breaks no seal."""

    event = models.OneToOneField(Event, models.DO_NOTHING, db_constraint=False, related_name="detail", primary_key=True)
    school_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120, blank=True)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict)
    """Per field of an allowed list: before and after."""


class Seal(models.Model):
    """A hash over the events of one school that were written since the seal before it (seals.py).

    Without a school: over the events of no school, such as signing in.
    """

    school_id = models.BigIntegerField(null=True)
    era = models.IntegerField()
    from_transaction = models.BigIntegerField()
    until_transaction = models.BigIntegerField()
    """Not included: every transaction below it had ended when the seal was made."""
    events = models.IntegerField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_id", "era", "from_transaction"], name="seal_once", nulls_distinct=False
            )
        ]


class Era(models.Model):
    """A stretch of one database cluster's life: transaction ids start anew after a restore."""

    started_at = models.DateTimeField(db_default=Now())
    cluster = models.CharField(max_length=40)
