"""Pupil marks (kenmerken) as CSV: destination and care mark with the dates they hold (docs/gebruik/kenmerken.md)."""
