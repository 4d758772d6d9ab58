"""Leercirkel: from test results to decisions, and on to their measured effect."""

__version__ = "0.1.0"
