"""Names as a page shows them, and what stands in their place."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory

from leercirkel.apps.pages import names

AMIR = SimpleNamespace(pk=7, first_name="Amir", prefix="de", surname="Vries")
BO = SimpleNamespace(pk=9, first_name="Bo", prefix="", surname="<b>Smit</b>")


def a_request(*, hidden: bool = False) -> HttpRequest:
    request = RequestFactory().get("/")
    if hidden:
        request.COOKIES[names.COOKIE] = names.HIDDEN
    return request


@pytest.mark.parametrize(
    ("style", "written"), [("full", "Amir de Vries"), ("first", "Amir"), ("list", "Vries, Amir de")]
)
def test_a_name_is_written_in_three_ways(style: str, written: str) -> None:
    assert names.written(AMIR, style) == written


def test_who_has_only_a_part_of_a_name_is_shown_by_it() -> None:
    only = SimpleNamespace(pk=1, first_name="", prefix="", surname="Smit")

    assert names.written(only, "first") == names.written(only, "list") == "Smit"
    assert names.written(SimpleNamespace(pk=1, first_name="", prefix="", surname="")) == "zonder naam"


def test_a_shown_name_carries_what_hides_it_and_a_hidden_one_nothing_of_the_name() -> None:
    assert names.tag(a_request(), AMIR) == '<span class="name" data-mask="leerling 1">Amir de Vries</span>'
    assert names.tag(a_request(hidden=True), AMIR) == '<span class="name">leerling 1</span>'
    assert names.text(a_request(hidden=True), AMIR) == "leerling 1"


def test_someone_keeps_a_number_on_one_page_and_parents_are_counted_apart() -> None:
    request = a_request(hidden=True)

    said = [names.text(request, who) for who in (AMIR, BO, AMIR)]
    parent = names.text(request, AMIR, kind="guardian")

    assert said == ["leerling 1", "leerling 2", "leerling 1"]
    assert parent == "ouder 1"


def test_the_title_has_the_names_of_the_heading_and_what_stands_in_their_place() -> None:
    template = Template("{% page_title %}{% pupil_name who %} &amp; meer{% endpage_title %}<h1>{{ heading }}</h1>")

    page = template.render(Context({"request": a_request(), "who": BO}))
    hidden = template.render(Context({"request": a_request(hidden=True), "who": BO}))

    title, _, heading = page.partition("<h1>")
    assert title == (
        '<title data-mask="leerling 1 &amp; meer · Leercirkel">'
        "Bo &lt;b&gt;Smit&lt;/b&gt; &amp; meer · Leercirkel</title>"
    )
    assert heading.startswith('<span class="name" data-mask="leerling 1">Bo &lt;b&gt;Smit&lt;/b&gt;</span>')
    assert "Smit" not in hidden
