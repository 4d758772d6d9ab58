"""The page of a school beside those most like it, as HTML: it changes only when the country is compared anew."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from leercirkel.apps.benchmark import presenters, selectors
from leercirkel.apps.benchmark.models import Comparison
from leercirkel.apps.insight.selectors.kept import Kept
from leercirkel.apps.organisation.models import School

MOST = 60
"""So many schools a process keeps; one takes some 70 kB."""

_pages: Kept[SafeString] = Kept(MOST)


def page(school: School, comparison: Comparison | None) -> SafeString:
    """What stands on the page, the same for whoever may see it, in the language of the request; empty for a school
    that is not in the comparison. Kept until there is another comparison, or the school is called otherwise."""
    if comparison is None:
        return SafeString("")
    key = (
        comparison.pk, comparison.made_at, school.pk, school.name, school.brin, school.location, get_language(),
    )  # fmt: skip
    return _pages.get(key, lambda: _made(school, comparison))


def _made(school: School, comparison: Comparison) -> SafeString:
    found = selectors.beside(school, comparison)
    if found is None:
        return SafeString("")
    return render_to_string("benchmark/beside.html", {"school": school, "page": presenters.page_of(school, found)})
