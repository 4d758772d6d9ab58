"""The sign-in page."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.utils.translation import gettext_lazy as _

ENDED = {
    "idle": _("Je bent afgemeld omdat je een tijd niets hebt gedaan."),
    "too_long": _("Je bent afgemeld: na een werkdag vragen we opnieuw om je wachtwoord."),
}


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Address and password, or one of the other ways."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With why the session before ended, once."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"ended": ENDED.get(self.request.session.pop("ended", ""), "")}
