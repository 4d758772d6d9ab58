"""Meetings with an agenda."""
