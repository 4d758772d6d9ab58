"""Statistical disclosure control: the report as it may leave the school team. Rules: `docs/domein/privacy.md`."""

from leercirkel.analysis.disclosure.board import for_board
from leercirkel.analysis.disclosure.crossings import Crossings, crossings_of
from leercirkel.analysis.disclosure.earlier import Published

__all__ = ["Crossings", "Published", "crossings_of", "for_board"]
