"""What the worker does for signing in."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from leercirkel.apps.signin import mail
from leercirkel.apps.signin.models import Mail

TRIES = 6
"""After the first failure again after 1, 4, 16, 64 and 256 minutes: a mail server may be away for a morning."""


@task()
def send(pk: int) -> None:
    """Sends a message that was asked for; when the mail server does not answer, once more later."""
    with transaction.atomic():
        message = Mail.objects.select_for_update().filter(pk=pk, sent_at=None).first()
        if message is None or mail.deliver(message):
            return
        if message.failures < TRIES:
            later = timezone.now() + timedelta(minutes=4 ** (message.failures - 1))
            send.using(run_after=later).enqueue(pk)
