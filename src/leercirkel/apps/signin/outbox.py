"""Messages that were asked for. What sends them is the worker (tasks.py), what they say is made then (mail.py)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from leercirkel.apps.access.models import User
from leercirkel.apps.signin.models import Mail

KEPT = timedelta(days=30)


def ask(kind: Mail.Kind, user: User | None) -> None:
    """Has a message sent to the user, once the transaction that runs now is there.

    Without a user nothing is sent, and it takes as long: who asks cannot tell the difference.
    """
    from leercirkel.apps.signin.tasks import send  # which needs all that may ask for a message

    send.enqueue(Mail.objects.create(kind=kind, user=user).pk)


def latest(user: User, kind: Mail.Kind) -> Mail | None:
    """The last message of this kind to the user, and whether it went."""
    return Mail.objects.filter(user=user, kind=kind).order_by("-id").first()


def forget() -> None:
    """Takes away what was asked for longer than `KEPT` ago."""
    Mail.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
