"""Rounds, shaped for their pages."""
