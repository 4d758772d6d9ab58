"""A bare Django project, as a baseline for ours: what `startproject` gives, two pages for who is signed in."""
