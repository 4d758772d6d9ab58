"""Checks for `leercirkel doctor` that need Django's settings; `start.start` comes first."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

from leercirkel.config import start
from leercirkel.operations.findings import Finding, attention, good, wrong


def migrations() -> Finding:
    """Whether the tables are those of this version."""
    from django.db import Error

    try:
        pending, newer = start.pending_migrations(), start.newer_migrations()
    except Error:
        return wrong("tabellen", "De tabellen zijn niet te zien.", "Los eerst op wat hierboven over de database staat.")
    if newer:
        return wrong("tabellen", "De database is van een nieuwere versie van Leercirkel.", "Installeer die versie.")
    if pending:
        return wrong("tabellen", f"Er zijn {len(pending)} wijzigingen te doen.", "Draai: leercirkel migrate")
    return good("tabellen", "De tabellen zijn van deze versie.")


def mail() -> Iterator[Finding]:
    """Whether mail can be sent: invitations and new passwords go by mail."""
    from django.conf import settings
    from django.core.mail import get_connection

    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        console = settings.EMAIL_BACKEND.endswith("console.EmailBackend")
        yield attention(
            "mail",
            f"Er wordt geen mail verstuurd{': berichten komen in de uitvoer' if console else ''}.",
            "Stel een mailserver in (docs/beheer/instellingen.md): uitnodigingen gaan per mail.",
        )
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection(fail_silently=False)
        connection.open()
        connection.close()
    except (OSError, smtplib.SMTPException) as error:
        yield wrong("mail", f"De mailserver {where} neemt ons niet aan ({type(error).__name__}).", "Klopt het adres?")
    else:
        yield good("mail", f"De mailserver {where} neemt ons aan.")
