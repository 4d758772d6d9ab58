"""The font of the pages: the same files that documents are set in, served from their package and not copied."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

from leercirkel.documents.report.fonts import font_directory

Messages = list[CheckMessage]
PLACE = "leercirkel/fonts/"
FILES = ("OpenSans-Regular.ttf", "OpenSans-SemiBold.ttf")


class FontFinder(BaseFinder):
    """Finds leercirkel/fonts/*.ttf: the weights that pages use."""

    def check(self, **kwargs: Any) -> Messages:
        """Nothing to set."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The file behind a static path, None (or an empty list) when it is not a font of ours."""
        name = path.removeprefix(PLACE)
        if not path.startswith(PLACE) or name not in FILES:
            return [] if find_all else None
        found = str(Path(font_directory()) / name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Any]]:
        """Every font with its storage, for collectstatic."""
        storage = FileSystemStorage(location=str(font_directory()))
        storage.prefix = PLACE.rstrip("/")  # type: ignore[attr-defined]
        return ((name, storage) for name in FILES)
