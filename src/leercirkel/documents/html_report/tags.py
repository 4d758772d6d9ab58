"""HTML from Python: elements as functions. Text is escaped here and nowhere else; only `Html` is taken as it is."""

from __future__ import annotations

from collections.abc import Iterable

from leercirkel.documents.charts.svg import escape

VOID = frozenset({"br", "col", "hr", "meta"})


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | Html | None | Iterable["Child"]

NOTHING = Html("")


def joined(children: Iterable[Child], between: str = "") -> Html:
    """The children one after the other: `Html` as it is, other text escaped, None left out."""
    return Html(escape(between).join(_one(child) for child in children))


def _one(child: Child) -> str:
    if child is None:
        return ""
    if isinstance(child, Html):
        return child
    if isinstance(child, str):
        return escape(child)
    return joined(child)


def tag(name: str, /, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element. Attributes: `class_` for class, `aria_label` for aria-label; None and False are left out."""
    said = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{joined(children)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
