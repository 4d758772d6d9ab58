"""Messages by e-mail: asked for in the transaction of what they are about, sent by the worker (tasks.py).

What a message says, and the secret in its link, is made at the moment of sending and kept nowhere.
"""

from __future__ import annotations

import smtplib
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import int_to_base36
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from leercirkel.apps.access.managing import has_or_will_have
from leercirkel.apps.access.models import Assignment, Invitation, User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.signin import invitations
from leercirkel.apps.signin.models import Mail


class NotSetUp(Exception):
    """There is no mail server in the settings."""


class NoMailServer(BaseEmailBackend):
    """What stands in the settings when no mail server does: refuses, so that nobody waits for a message in vain."""

    def send_messages(self, email_messages: Any) -> int:
        """Raises NotSetUp."""
        raise NotSetUp


def deliver(mail: Mail) -> bool:
    """Makes the message and sends it. Returns whether it is over: sent, or nothing to send, or no use in trying again.

    A failure is kept as a code of why; no address is in it.
    """
    user = mail.user
    if user is None or not user.is_active:
        return True
    try:
        with translation.override(user.language):
            link = _link(mail.kind, user)
            if link is None:
                return True
            text = render_to_string(*_message(mail.kind, user, link))
        subject, _end, body = text.strip().partition("\n")
        EmailMessage(subject.strip(), body.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [user.email]).send()
    except NotSetUp:
        return _failed(mail, Mail.Problem.NOT_SET_UP, final=True)
    except smtplib.SMTPRecipientsRefused:
        return _failed(mail, Mail.Problem.REFUSED, final=True)
    except (smtplib.SMTPException, OSError):
        return _failed(mail, Mail.Problem.UNREACHABLE, final=False)
    mail.sent_at, mail.problem = timezone.now(), ""
    mail.save(update_fields=["sent_at", "problem"])
    return True


def _message(kind: str, user: User, link: str) -> tuple[str, dict[str, str]]:
    """Which text, and what it is filled with: parents are invited by their school, in their own words."""
    told = {"name": user.name, "link": link}
    if kind == Mail.Kind.INVITATION and (schools := _schools_of_parent(user)):
        return "signin/mail/invitation_parent.txt", told | {"schools": schools}
    return f"signin/mail/{kind}.txt", told


def _schools_of_parent(user: User) -> str:
    """Where someone is a parent, by name; "" for who has another role anywhere, also one that begins later."""
    with whole_installation():
        roles = set(
            Assignment.objects.filter(has_or_will_have(), user=user).values_list("bundle__code", "school__name")
        )
    if any(code != "guardian" for code, _school in roles):
        return ""
    return get_text_list(sorted(name for _code, name in roles if name), _("en"))


def _failed(mail: Mail, problem: Mail.Problem, *, final: bool) -> bool:
    mail.failures += 1
    mail.problem = problem
    mail.save(update_fields=["failures", "problem"])
    return final


def _link(kind: str, user: User) -> str | None:
    """The address the message leads to; None when it has become of no use."""
    if kind == Mail.Kind.INVITATION:
        waiting = Invitation.objects.filter(user=user, accepted_at=None).first()
        return invitations.new_link(waiting) if waiting else None
    if kind == Mail.Kind.RESET:
        return settings.ADDRESS + reverse(
            "account_reset_password_from_key",
            kwargs={"uidb36": int_to_base36(user.pk), "key": default_token_generator.make_token(user)},
        )
    return settings.ADDRESS + reverse("account")
