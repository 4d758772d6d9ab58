"""The web application: one Django app per part of the circle (docs/ontwikkel/opzet.md)."""
