"""What stands in the navigation: each app enters its own pages, and everyone sees those they may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext_lazy as _

from leercirkel.apps.access.rights import Right


class Section(IntEnum):
    """Blocks of the navigation, from top to bottom; ACCOUNT is the menu under the user's own name."""

    MAIN = 1
    ROUND = 2
    CYCLE = 3
    QUALITY = 4
    MANAGEMENT = 5
    ACCOUNT = 6


HEADINGS: dict[Section, Any] = {
    Section.ROUND: _("Toetsen"),
    Section.CYCLE: _("Cyclus"),
    Section.QUALITY: _("Kwaliteit"),
    Section.MANAGEMENT: _("Beheer"),
}


MOST_UNFOLDED = 14
"""Of more entries than this the management folds in: the rest then fits on a screen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the navigation.

    `rights`: any of these shows it; empty for every user. `under`: names of addresses that begin with one of these
    belong to this page too (a pupil's page to the list of pupils); its own name always does. `unless`: any of these
    hides it.
    """

    url_name: str
    label: Any
    section: Section = Section.MAIN
    order: int = 50
    rights: tuple[Right, ...] = ()
    under: tuple[str, ...] = ()
    unless: tuple[Right, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it stands on a page; `here` when this page belongs to it."""

    label: Any
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A section with its heading (empty for the first) and links. `folds`: it opens by its heading, and stands open
    where this page is in it."""

    heading: Any
    links: Sequence[Link]
    folds: bool = False

    @property
    def here(self) -> bool:
        """Whether this page is one of its links."""
        return any(link.here for link in self.links)


_entries: dict[str, Entry] = {}


def register(*entries: Entry) -> None:
    """Enters pages; an app calls this when it starts (AppConfig.ready)."""
    _entries.update({entry.url_name: entry for entry in entries})


def blocks(request: HttpRequest) -> list[Block]:
    """The navigation of this user: sections with at least one page they may open. Empty for who is not signed in."""
    shown = [section for section in Section if section != Section.ACCOUNT]
    found = [(section, links) for section in shown if (links := _links(request, section))]
    many = sum(len(links) for _section, links in found) > MOST_UNFOLDED
    return [
        Block(HEADINGS.get(section, ""), links, folds=many and section == Section.MANAGEMENT)
        for section, links in found
    ]


def account(request: HttpRequest) -> list[Link]:
    """The pages under the user's own name."""
    return _links(request, Section.ACCOUNT)


def _links(request: HttpRequest, section: Section) -> list[Link]:
    sight = getattr(request, "sight", None)
    if sight is None or not sight.user:
        return []
    here = request.resolver_match.view_name if request.resolver_match else ""
    made = []
    of_section = [entry for entry in _entries.values() if entry.section == section]
    for entry in sorted(of_section, key=lambda each: (each.order, str(each.label))):
        if entry.rights and not any(sight.may(right) for right in entry.rights):
            continue
        if any(sight.may(right) for right in entry.unless):
            continue
        if url := _address(entry.url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()):
            made.append(Link(entry.label, url, here == entry.url_name or here.startswith(entry.under or ("\0",))))
    return made


@cache
def _address(url_name: str, urlconf: str, prefix: str) -> str:
    """The address of a page; empty when these addresses have none of this name. `reverse` begins it with the prefix."""
    try:
        return reverse(url_name, urlconf)
    except NoReverseMatch:
        return ""
