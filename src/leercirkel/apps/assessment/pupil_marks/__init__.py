"""Destination and support of pupils on the screen."""
