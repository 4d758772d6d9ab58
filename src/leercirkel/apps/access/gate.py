"""Who may open an address: each view says so, and a view that does not opens for nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from leercirkel.apps.access.rights import Right

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Gate:
    """`rights`: any one of these is enough; empty with `signed_in` for every user, and without for everyone."""

    signed_in: bool = True
    rights: tuple[Right, ...] = ()


def needs(*rights: Right) -> Callable[[View], View]:
    """For who has one of these rights somewhere; the selectors then show how far."""
    return _mark(Gate(rights=rights))


def signed_in(view: View) -> View:
    """For every user."""
    return _mark(Gate())(view)


def open_to_all(view: View) -> View:
    """Also for who is not signed in: nothing of a school may be on it."""
    return _mark(Gate(signed_in=False))(view)


def gate_of(view: Callable[..., Any]) -> Gate | None:
    """What the view says, or None when it says nothing."""
    return getattr(view, "gate", None)


def _mark(gate: Gate) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.gate = gate  # type: ignore[attr-defined]
        return view

    return mark
