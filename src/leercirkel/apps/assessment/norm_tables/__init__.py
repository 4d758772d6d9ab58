"""Norm tables that a school loaded, on the screen."""
