"""What was worked out of open data, for the whole country. Nothing here is of a school that uses Leercirkel: everyone
may read it."""

from __future__ import annotations

from django.db import models


class Comparison(models.Model):
    """One working out. The newest is read; the one before it stays for who was reading when it came."""

    made_at = models.DateTimeField()
    definition = models.JSONField()
    """`analysis.benchmark.definition.Definition`, field by field."""
    sources = models.JSONField()
    """What it was made from: list of {"what", "file", "school_year"}."""
    counts = models.JSONField()
    """Numbers that say what it rests on: name → number."""


class ComparedSchool(models.Model):
    """One school location in it."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="schools")
    code = models.CharField(max_length=6)
    """BRIN and location."""
    name = models.TextField()
    place = models.TextField(blank=True)
    municipality = models.TextField(blank=True)
    population = models.FloatField()
    """Schoolweging, or disadvantage score per pupil, as the definition says."""
    group = models.SmallIntegerField()
    figures = models.JSONField()
    """Indicator → figure (`comparable.Figure`) with "answer", and "range" and "years" as measured."""
    levels = models.JSONField()
    """Indicator of the inspectorate → what was reached (`levels.Reached`), "signal" and "estimated"."""
    flags = models.JSONField()
    """Codes of `open_data.FLAGS` on its rows, with their number."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comparison", "code"], name="compared_once")]
        indexes = [models.Index(fields=["comparison", "population", "code"], name="compared_population")]
