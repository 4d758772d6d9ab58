"""What was written of one pupil, on paper for its parents."""

from leercirkel.documents.pupil_file.render import render_file

__all__ = ["render_file"]
