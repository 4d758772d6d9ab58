"""The key of the backups: a file of its own, never among the data, or one theft would be enough for both."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import stat
from pathlib import Path

import platformdirs

from leercirkel.operations import folders
from leercirkel.operations.errors import OperationError

VARIABLE = "LEERCIRKEL_BACKUP_KEY_FILE"
_NAME = "leercirkel-backup-key-1"


def place() -> Path:
    """LEERCIRKEL_BACKUP_KEY_FILE, or /etc/leercirkel/backup.key for root and the user's own settings folder else.

    Raises OperationError when that is in the data folder.
    """
    given = os.environ.get(VARIABLE)
    if given:
        path = Path(given).expanduser().absolute()
    elif os.geteuid() == 0:
        path = Path("/etc/leercirkel/backup.key")
    else:
        path = Path(platformdirs.user_config_dir("leercirkel", appauthor=False)) / "backup.key"
    data = folders.data_folder().resolve()
    if path.resolve().is_relative_to(data):
        raise OperationError(
            f"De sleutel van de back-ups staat tussen de gegevens ({data}). Wie die map meeneemt, heeft dan alles: zet "
            f"de sleutel ergens anders en noem die plek in {VARIABLE}."
        )
    return path


def make() -> Path:
    """Makes the key. Raises OperationError when there is one already: without it, no earlier backup can be read."""
    path = place()
    if path.exists():
        raise OperationError(f"Er is al een sleutel: {path}. Die blijft nodig voor de back-ups die ermee zijn gemaakt.")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folders.write_private(path, f"{_NAME} {base64.b64encode(secrets.token_bytes(32)).decode()}\n")
    except OSError as error:
        raise OperationError(
            f"De sleutel is niet te schrijven in {path.parent} ({error.strerror}). Kies een andere plek met {VARIABLE}."
        ) from None
    return path


def read() -> bytes:
    """The key. Raises OperationError when it is not there, is no key, or can be read by others."""
    path = place()
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        raise OperationError(
            f"Er is geen sleutel voor back-ups in {path}. Maak er een met “leercirkel backup --make-key”, en bewaar "
            "een afschrift op een andere plek dan de back-ups."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise OperationError(f"De sleutel {path} is niet te lezen ({error}).") from None
    if stat.S_IMODE(mode) & 0o077:
        raise OperationError(f"Anderen kunnen de sleutel {path} lezen. Zet dat dicht: chmod 600 {path}")
    name, _, value = text.strip().partition(" ")
    try:
        key = base64.b64decode(value, validate=True)
    except binascii.Error:
        key = b""
    if name != _NAME or len(key) != 32:
        raise OperationError(f"In {path} staat geen sleutel van Leercirkel.")
    return key
