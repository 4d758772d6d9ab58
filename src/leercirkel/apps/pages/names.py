"""Names of children and of those who care for them, as a page shows them: or hidden, while others look along.

One cookie says so: it belongs to the device that is mirrored on the board in class, not to the user. Hidden names are
not in the page at all. Shown ones carry what stands in their place, so that one key hides them before the next page
(static/leercirkel/names.js).
"""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

COOKIE = "lc-names"
HIDDEN = "hidden"

_SHOWN = re.compile(r'<span class="name" data-mask="([^"]*)"[^>]*>.*?</span>', re.DOTALL)


def hidden(request: HttpRequest) -> bool:
    """Whether this device hides names."""
    return request.COOKIES.get(COOKIE) == HIDDEN


def turn(request: HttpRequest, *, hide: bool) -> None:
    """From here on this answer is made as the device asks for it now; `keep` tells the device."""
    request.COOKIES = {**request.COOKIES, COOKIE: HIDDEN if hide else ""}


def keep(response: HttpResponse, *, hide: bool) -> None:
    """Hides or shows names on this device, until the browser closes. The script sets the same cookie."""
    if hide:
        response.set_cookie(COOKIE, HIDDEN, samesite="Lax", secure=settings.SECURE)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")


def mask(request: HttpRequest, person: Any, kind: str = "pupil") -> str:
    """What stands in the place of a name: "leerling 3", numbered as people come by on this page."""
    numbers: dict[tuple[str, Any], int] = request.__dict__.setdefault("_masks", {})
    key = (kind, getattr(person, "pk", None) or getattr(person, "id", None) or id(person))
    number = numbers.setdefault(key, 1 + sum(1 for each, _pk in numbers if each == kind))
    return (_("ouder %d") if kind == "guardian" else _("leerling %d")) % number


def written(person: Any, style: str = "full") -> str:
    """The name itself. `style`: "full" (Amir de Vries), "first" (Amir) or "list" (Vries, Amir de)."""
    if style == "first" and person.first_name:
        return str(person.first_name)
    if style == "list" and person.surname:
        return f"{person.surname}, {' '.join(part for part in (person.first_name, person.prefix) if part)}".rstrip(", ")
    return " ".join(part for part in (person.first_name, person.prefix, person.surname) if part) or _("zonder naam")


def tag(request: HttpRequest, person: Any, style: str = "full", kind: str = "pupil") -> SafeString:
    """The name as HTML: the name with its mask, or only the mask."""
    instead = mask(request, person, kind)
    if hidden(request):
        return format_html('<span class="name">{}</span>', instead)
    name, full = written(person, style), written(person)
    if name != full:  # labels and options say it in full
        return format_html('<span class="name" data-mask="{}" data-full="{}">{}</span>', instead, full, name)
    return format_html('<span class="name" data-mask="{}">{}</span>', instead, name)


def private(request: HttpRequest, value: str, link: str = "") -> SafeString:
    """What leads to someone, as an address or a telephone number: hidden together with the names. `link`: "mailto" or
    "tel" makes it one."""
    instead = _("verborgen")
    if hidden(request):
        return format_html('<span class="name">{}</span>', instead)
    if link:
        return format_html('<a class="name" data-mask="{}" href="{}:{}">{}</a>', instead, link, value, value)
    return format_html('<span class="name" data-mask="{}">{}</span>', instead, value)


def text(request: HttpRequest, person: Any, style: str = "full", kind: str = "pupil") -> str:
    """The name as plain text, for a label or an option. The script hides it there when it is written in full and the
    same person stands on the page with `tag` as well; an option of its own may be `<option class="name" data-mask>`."""
    return mask(request, person, kind) if hidden(request) else written(person, style)


def without_tags(html: str) -> tuple[str, str]:
    """Plain text of a piece of a page, with the names in it and with what stands in their place."""
    return strip_tags(html), strip_tags(_SHOWN.sub(r"\1", html))


def title_tag(html: str, after: str) -> SafeString:
    """The <title> of a page from the HTML of its heading; `after` is what every title ends with."""
    shown, masked = (mark_safe(" ".join(part.split())) for part in without_tags(html))  # noqa: S308 (stripped, escaped)
    if shown == masked:
        return format_html("<title>{}{}</title>", shown, after)
    return format_html('<title data-mask="{}{}">{}{}</title>', masked, after, shown, after)
