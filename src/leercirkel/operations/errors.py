"""What can go wrong in running Leercirkel, told to the person who runs it."""

from __future__ import annotations


class OperationError(Exception):
    """Something that the person at the command line must know or do; the text is Dutch and complete."""
