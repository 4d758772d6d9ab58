"""Static files with their version in the address, so that a browser asks for each once."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class VersionedStorage(StaticFilesStorage):
    """`{% static %}` gives `…?v=` and a hash of the contents: no collecting, and no stale style after an upgrade."""

    def url(self, name: str | None) -> str:
        """The address of a static file; one that does not exist has no version."""
        found = version(name or "")
        return f"{super().url(name)}?v={found}" if found else super().url(name)


@cache
def version(name: str) -> str:
    """The hash of a static file's contents, empty when there is none."""
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12] if path else ""
