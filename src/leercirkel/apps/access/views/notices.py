"""Who got to see names of pupils, for who reads the log of the school."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leercirkel.apps.access import notices as told
from leercirkel.apps.access import presenters
from leercirkel.apps.access.gate import needs
from leercirkel.apps.access.request import Request
from leercirkel.apps.access.rights import Right
from leercirkel.apps.pages.asked import number


@needs(Right.SEE_AUDIT)
def notices(request: Request) -> HttpResponse:
    """The list; sent back, it is what was seen: what came in between stays."""
    if request.method == "POST":
        shown = [pk for each in request.POST.getlist("gezien") if (pk := number(each)) is not None]
        if told.acknowledge(by=request.user, sight=request.sight, shown=shown):
            messages.success(request, _("Genoteerd dat je dit hebt gezien."))
        return redirect("notices")
    lines = presenters.notices(told.open_for(request.sight))
    return render(request, "access/notices.html", {"lines": lines, "wide": len({line.school for line in lines}) > 1})
