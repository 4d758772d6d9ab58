"""Boards, schools and groups."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Board(models.Model):
    """A school board (schoolbestuur)."""

    name = models.CharField(max_length=120)
    number = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school as the law counts it: BRIN and location."""

    class Kind(models.TextChoices):
        """Kinds of primary education, with the codes used everywhere."""

        BAO = "bao", _("basisschool")
        SBO = "sbo", _("speciaal basisonderwijs")
        SO = "so", _("speciaal onderwijs")

    board = models.ForeignKey(Board, models.PROTECT, related_name="schools")
    brin = models.CharField(max_length=4)
    location = models.CharField(max_length=2, default="00")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=3, choices=Kind)
    handover_from = models.CharField(max_length=5, default="06-01")
    """Month and day from which next year's teacher sees the group that is coming."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brin", "location"], name="school_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """A class (base) or an instruction group; lives one school year."""

    class Kind(models.TextChoices):
        """The two kinds of groups."""

        BASE = "base", _("stamgroep")
        INSTRUCTION = "instruction", _("instructiegroep")

    school = models.ForeignKey(School, models.PROTECT, related_name="groups")
    school_year = models.SmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.BASE)
    key = models.CharField(max_length=300)
    """The key of the roster that brought it, or one made here; the same group next year is another row."""
    name = models.CharField(max_length=300)
    grade = models.CharField(max_length=2, blank=True)
    """Code of exchange.edexml.codes.GRADES; "C" for a combination, empty for an instruction group."""
    subject = models.CharField(max_length=40, blank=True)
    """Of an instruction group: the code of core.subjects, or one of the school's own. Never empty there: without a
    subject its teacher would be shown all of a pupil."""
    position = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "kind", "key"], name="group_once"),
            models.CheckConstraint(
                name="instruction_group_has_subject", condition=~models.Q(kind="instruction", subject="")
            ),
        ]
        ordering = ["school_year", "position", "name"]

    def __str__(self) -> str:
        return self.name
