"""Classes and who sits in them, as a first Django project has them."""

from __future__ import annotations

from typing import Any

from django.db import models


class Group(models.Model):
    """A class."""

    name = models.CharField(max_length=120)

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        app_label = "bare"


class Pupil(models.Model):
    """A pupil."""

    first_name = models.CharField(max_length=80)
    surname = models.CharField(max_length=120, db_index=True)
    birth_date = models.DateField()

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        app_label = "bare"


class Enrolment(models.Model):
    """A pupil in a class."""

    pupil = models.ForeignKey(Pupil, models.CASCADE)
    group = models.ForeignKey(Group, models.CASCADE)
    grade = models.CharField(max_length=2)

    objects: models.Manager[Any] = models.Manager()

    class Meta:
        app_label = "bare"
