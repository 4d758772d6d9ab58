"""Where figures and groups lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from leercirkel.analysis.model import SchoolReport
from leercirkel.apps.organisation.models import School


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of one school's report: of its parts in the same round, of its groups, and of where figures come
    from. `groups`: name → id of those that the user may open. `explained`: whether the user may ask for that."""

    school: School
    school_year: int
    moment: str
    groups: Mapping[str, int]
    explained: bool

    @property
    def query(self) -> str:
        """The round, as every page of the school takes it."""
        return urlencode({"jaar": self.school_year, "moment": self.moment})

    def page(self, name: str, **parts: str) -> str:
        """A page of this school on the same round."""
        return f"{reverse(name, kwargs={'pk': self.school.pk, **parts})}?{self.query}"

    def group(self, name: str | None) -> str:
        """The page of a group's results; empty for who may not open it."""
        found = self.groups.get(name or "")
        return f"{reverse('group-results', args=[found])}?{self.query}" if found else ""

    def figure(self, place: str) -> str:
        """Where this figure comes from; empty for who sees groups alone."""
        if not self.explained:
            return ""
        asked = urlencode({"plek": place, "jaar": self.school_year, "moment": self.moment})
        return f"{reverse('figure', args=[self.school.pk])}?{asked}"


def links_of(school: School, report: SchoolReport, groups: Mapping[str, int], *, explained: bool) -> Links:
    """The links of a report."""
    return Links(school, int(report.school_year[:4]), report.moment, groups, explained)
