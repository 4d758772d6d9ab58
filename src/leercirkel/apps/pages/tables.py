"""Tables that sort: by a link in the head of a column, on the server, also without script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property

PARAMETER = "sorteer"
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its label, and the fields it sorts by (none: it does not). `numeric` columns stand to the right."""

    key: str
    label: Any
    by: tuple[str, ...] = ()
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column on a page; `aria_sort` is "ascending", "descending" or empty, `url` empty when it does not
    sort."""

    label: Any
    url: str
    aria_sort: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a table is sorted now. `order_by` goes into a queryset as it is; `heads` into `{% heads sorting %}`."""

    order_by: tuple[str, ...]
    heads: tuple[Head, ...]

    def arranged(self, rows: Iterable[Row]) -> list[Row]:
        """The same order for objects that are no queryset: by their attributes, what is None last."""
        made = list(rows)
        for field in reversed([each for each in self.order_by if each.lstrip("-") != "pk"]):
            made.sort(key=partial(_rank, field.lstrip("-")), reverse=field.startswith("-"))
            made.sort(key=partial(_missing, field.lstrip("-")))
        return made


class Pages(Paginator[Any]):
    """Rows of a queryset by the page. The first page is asked for once; what fits on it is then counted here."""

    _first: Sequence[Any] = ()

    @cached_property
    def count(self) -> int:
        """How many rows in all."""
        rows: Any = self.object_list
        first = list(rows[: self.per_page + 1])
        self._first = first[: self.per_page]
        return len(first) if len(first) <= self.per_page else int(rows.count())

    def page(self, number: int | str) -> Page[Any]:
        """One page, from 1 on. Raises InvalidPage."""
        found = self.validate_number(number)
        return Page(self._first, 1, self) if found == 1 else super().page(found)


def sorting(request: HttpRequest, columns: Sequence[Column], default: str = "", parameter: str = PARAMETER) -> Sorting:
    """The order asked for by `?sorteer=naam` or `?sorteer=-naam`; anything else is `default` (a column's key, with a
    minus for downwards). Other parts of the question stay in the links; the number of the page does not.

    Rows that are equal are kept in the order of their id. `parameter` tells two tables of one page apart.
    """
    keys = {column.key: column for column in columns if column.by}
    asked = request.GET.get(parameter, "")
    current = asked if asked.lstrip("-") in keys and asked.count("-") <= 1 else default
    key, down = current.lstrip("-"), current.startswith("-")
    order = (*(_turned(field, down) for field in keys[key].by), "pk") if key in keys else ()
    return Sorting(order, tuple(_head(request, column, key, down, parameter) for column in columns))


def _value(field: str, row: Any) -> Any:
    for part in field.split("__"):
        row = getattr(row, part, None)
    return row


def _missing(field: str, row: Any) -> bool:
    return _value(field, row) is None


def _rank(field: str, row: Any) -> Any:
    value = _value(field, row)
    return (value is not None, value if value is not None else 0)


def _turned(field: str, down: bool) -> str:
    if not down:
        return field
    return field[1:] if field.startswith("-") else f"-{field}"


def _head(request: HttpRequest, column: Column, key: str, down: bool, parameter: str) -> Head:
    if not column.by:
        return Head(column.label, "", "", column.numeric)
    query = request.GET.copy()
    query.pop("blz", None)
    query[parameter] = f"-{column.key}" if column.key == key and not down else column.key
    said = ("descending" if down else "ascending") if column.key == key else ""
    return Head(column.label, f"?{query.urlencode()}", said, column.numeric)
