"""Sorting by a link in the head of a table."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import RequestFactory

from leercirkel.apps.pages.tables import Column, sorting

COLUMNS = (
    Column("naam", "Naam", by=("surname", "first_name")),
    Column("punten", "Punten", by=("-points",), numeric=True),
    Column("aanpak", "Aanpak"),
)


@dataclass(frozen=True)
class Row:
    surname: str
    first_name: str
    points: int | None


ROWS = (Row("b", "x", 3), Row("a", "y", None), Row("a", "x", 5))


def order(query: str, default: str = "naam") -> tuple[str, ...]:
    return sorting(RequestFactory().get("/", query_params=dict([query.split("=")])), COLUMNS, default).order_by


def test_a_column_sorts_by_all_its_fields_and_equal_rows_keep_their_place() -> None:
    assert order("sorteer=naam") == ("surname", "first_name", "pk")
    assert order("sorteer=-naam") == ("-surname", "-first_name", "pk")


def test_a_field_that_runs_downwards_is_turned_round() -> None:
    assert order("sorteer=punten") == ("-points", "pk")
    assert order("sorteer=-punten") == ("points", "pk")


def test_what_is_no_column_or_does_not_sort_gives_the_default() -> None:
    for asked in ("", "aanpak", "surname", "--naam", "naam;drop", "pupil__birth_date"):
        assert order(f"sorteer={asked}") == ("surname", "first_name", "pk")
    assert order("sorteer=x", default="") == ()


def test_the_head_says_how_it_is_sorted_and_leads_the_other_way_keeping_the_rest_of_the_question() -> None:
    request = RequestFactory().get("/", query_params={"sorteer": "naam", "school": "3", "blz": "4"})

    name, points, plan = sorting(request, COLUMNS).heads

    assert (name.aria_sort, name.url) == ("ascending", "?sorteer=-naam&school=3")
    assert (points.aria_sort, points.url, points.numeric) == ("", "?sorteer=punten&school=3", True)
    assert (plan.aria_sort, plan.url) == ("", "")


def test_objects_are_put_in_the_same_order_with_what_is_missing_last() -> None:
    request = RequestFactory().get("/", query_params={"sorteer": "-punten"})
    by_name = sorting(RequestFactory().get("/"), COLUMNS, "naam")

    assert [row.points for row in sorting(request, COLUMNS).arranged(ROWS)] == [3, 5, None]
    assert [(row.surname, row.first_name) for row in by_name.arranged(ROWS)] == [("a", "x"), ("a", "y"), ("b", "x")]
