"""Checks of the machine and the settings: disk, keys, backups, and settings that do not go together."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leercirkel import __version__
from leercirkel.operations import backup_key, figures, proxy
from leercirkel.operations.errors import OperationError
from leercirkel.operations.findings import Finding, attention, good, wrong

LEAST_ROOM = 1_000_000_000
ROOM_FOR_CARE = 0.10
BACKUP_IS_OLD = timedelta(hours=36)
SHORTEST_SECRET = 32


def versions() -> Finding:
    """What runs here."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    return good("versies", f"Leercirkel {__version__}, Python {python}, {platform.system()} {platform.release()}.")


def disk(folder: Path) -> Finding:
    """Room for the data folder."""
    usage = shutil.disk_usage(folder if folder.exists() else folder.parent)
    free = f"Nog {usage.free / 1e9:.1f} GB vrij van {usage.total / 1e9:.0f} GB voor {folder}."
    if usage.free < LEAST_ROOM:
        return wrong("schijf", free, "Maak ruimte: zonder ruimte stopt de database.")
    if usage.free < ROOM_FOR_CARE * usage.total:
        return attention("schijf", free, "Maak ruimte, of zet de gegevens op een grotere schijf.")
    return good("schijf", free)


def secret_key(path: Path | None, text: str | None) -> Finding:
    """The key that signs sessions and links: there, long, and closed to others."""
    if path is not None:
        try:
            text = path.read_text(encoding="utf-8").splitlines()[0].strip()
        except (OSError, IndexError, UnicodeDecodeError):
            return wrong("sleutel", f"De sleutel van de sessies, {path}, is niet te lezen.", "Herstel dat bestand.")
        if stat.S_IMODE(path.stat().st_mode) & 0o007:
            return wrong("sleutel", f"Iedereen op deze machine kan {path} lezen.", f"chmod 600 {path}")
    if not text or len(text) < SHORTEST_SECRET:
        return wrong(
            "sleutel",
            "De sleutel van de sessies is te kort om niet te raden.",
            "Maak een nieuwe: openssl rand -base64 48. Iedereen moet dan opnieuw aanmelden.",
        )
    return good("sleutel", "De sleutel van de sessies is lang genoeg en afgeschermd.")


def backups(folder: Path) -> Iterator[Finding]:
    """The key of the backups, and when the last one was made."""
    try:
        backup_key.read()
    except OperationError as error:
        yield wrong("back-up", "Er kunnen geen back-ups worden gemaakt.", str(error))
        return
    last = figures.last_backup(folder)
    if last is None:
        yield wrong("back-up", "Er is nog geen back-up gemaakt.", "Draai: leercirkel backup MAP")
        return
    age = datetime.now(UTC) - last
    told = f"De laatste back-up is van {last.astimezone():%d-%m-%Y %H:%M}."
    if age > BACKUP_IS_OLD:
        yield wrong("back-up", told, "Kijk waarom er geen nieuwe is: systemctl status leercirkel-backup.timer")
    else:
        yield good("back-up", told)


def settings(*, embedded: bool) -> Iterator[Finding]:
    """Settings that do not go together, or not with children's data."""
    if os.environ.get("LEERCIRKEL_DEMO"):
        yield attention("instellingen", "Dit is een demo: aanmelden zonder wachtwoord.", "Nooit met echte kinderen.")
    hosts = os.environ.get("LEERCIRKEL_HOSTS", "")
    proxies = os.environ.get("LEERCIRKEL_TRUSTED_PROXIES", "")
    try:
        proxy.trusted_from(proxies)
    except OperationError as error:
        yield wrong("instellingen", str(error), "Verbeter LEERCIRKEL_TRUSTED_PROXIES.")
    if "*" in hosts:
        yield wrong("instellingen", "LEERCIRKEL_HOSTS laat elke naam toe.", "Noem alleen de eigen naam.")
    elif hosts and not proxies:
        yield attention(
            "instellingen",
            "LEERCIRKEL_HOSTS noemt een naam, en LEERCIRKEL_TRUSTED_PROXIES geen proxy.",
            "Zet daar het adres van de proxy: anders staat die in het logboek in plaats van wie er keek.",
        )
    if hosts and not os.environ.get("LEERCIRKEL_ADDRESS", "").startswith("https://"):
        yield wrong(
            "instellingen",
            "LEERCIRKEL_ADDRESS is geen adres met https://: links in berichten openen dan niets.",
            "Zet daar het adres waaronder gebruikers Leercirkel bereiken.",
        )
    if os.environ.get("LEERCIRKEL_HTTP") and hosts:
        yield wrong("instellingen", "LEERCIRKEL_HTTP staat aan: cookies zonder TLS.", "Haal die instelling weg.")
    if hasattr(os, "geteuid") and os.geteuid() == 0 and embedded:
        yield attention(
            "instellingen",
            "Leercirkel is gestart als root. De database draait als gewone gebruiker; de webserver niet.",
            "Draai Leercirkel als eigen gebruiker: docs/beheer/installatie.md.",
        )
