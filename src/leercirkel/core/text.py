"""Comparing words as people write them: capitals, accents, spaces and punctuation do not count."""

from __future__ import annotations

import unicodedata


def squeezed(text: str) -> str:
    """Only the letters and digits of `text`, in lower case and without accents ("Vmbo-TL " → "vmbotl")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if c.isalnum())
