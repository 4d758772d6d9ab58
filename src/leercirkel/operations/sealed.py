"""A file that only the holder of a key can read, and in which no bit can be changed, left out or added unseen.

    LCBACKUP1 | salt (32) | key id (8) | blocks
    block: length (4, of what follows) | AES-256-GCM of at most 1 MiB, tag included

Each file has a key of its own: HKDF-SHA256 of the master key, salted by the file's salt. The nonce of a block is its
number (11 bytes) and whether it is the last (1 byte), so that blocks cannot change places and an end cannot be missing.
Everything before the blocks is authenticated with each of them. The key id tells a wrong key from a damaged file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import struct
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from leercirkel.operations.errors import OperationError

MAGIC = b"LCBACKUP1"
BLOCK = 1 << 20
_SALT = 32
_ID = 8
_TAG = 16

NOT_OURS = "Dit is geen back-up van Leercirkel."
WRONG_KEY = "Deze back-up is met een andere sleutel gemaakt: sleutel {made}, en gegeven is {given}. Geef de goede."
DAMAGED = "Deze back-up is beschadigd of niet volledig. Gebruik een andere."


def key_id(key: bytes) -> str:
    """Eight bytes that tell keys apart and tell nothing of the key."""
    return hashlib.sha256(b"leercirkel backup key id" + key).digest()[:_ID].hex()


class Writer:
    """Writes a sealed file to `out`; `close` writes its last block, without which it cannot be read."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(_SALT)
        self._head = MAGIC + salt + bytes.fromhex(key_id(key))
        self._out = out
        self._cipher = _cipher(key, salt)
        self._number = 0
        self._waiting = bytearray()
        out.write(self._head)

    def write(self, data: bytes) -> None:
        """Adds bytes; they are written per block."""
        self._waiting += data
        while len(self._waiting) > BLOCK:  # not >=: what is left may be the last block
            self._block(bytes(self._waiting[:BLOCK]), last=False)
            del self._waiting[:BLOCK]

    def close(self) -> None:
        """Writes the last block and sees to it that all of it is on the disk."""
        self._block(bytes(self._waiting), last=True)
        self._out.flush()
        os.fsync(self._out.fileno())

    def _block(self, data: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last), data, self._head)
        self._out.write(struct.pack(">I", len(sealed)) + sealed)
        self._number += 1


def read(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The contents in pieces of at most 1 MiB.

    Raises OperationError when it is not such a file, is of another key, or anything in it was changed; what was given
    before that was as it was written.
    """
    head = file.read(len(MAGIC) + _SALT + _ID)
    if not head.startswith(MAGIC):
        raise OperationError(NOT_OURS)
    if len(head) < len(MAGIC) + _SALT + _ID:
        raise OperationError(DAMAGED)
    if head[-_ID:].hex() != key_id(key):
        raise OperationError(WRONG_KEY.format(made=head[-_ID:].hex(), given=key_id(key)))
    cipher = _cipher(key, head[len(MAGIC) : -_ID])
    number = 0
    sealed = _next(file)
    while sealed is not None:
        following = _next(file)
        try:
            data = cipher.decrypt(_nonce(number, following is None), sealed, head)
        except InvalidTag:
            raise OperationError(DAMAGED) from None
        yield data
        sealed, number = following, number + 1
    if number == 0:
        raise OperationError(DAMAGED)


def _next(file: BinaryIO) -> bytes | None:
    length = file.read(4)
    if not length:
        return None
    size = struct.unpack(">I", length)[0] if len(length) == 4 else 0
    if not _TAG <= size <= BLOCK + _TAG:
        raise OperationError(DAMAGED)
    sealed = file.read(size)
    if len(sealed) < size:
        raise OperationError(DAMAGED)
    return sealed


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"leercirkel backup 1").derive(key))
