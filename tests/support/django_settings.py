"""The application's settings for tests and type checks: what an installation gives by its environment."""

import os

os.environ.setdefault("LEERCIRKEL_SECRET_KEY", "only for tests")
os.environ.setdefault("DATABASE_URL", "postgresql://leercirkel_app@/leercirkel?host=/nonexistent")
os.environ.setdefault("LEERCIRKEL_TODAY", "2027-03-02")
os.environ.setdefault("LEERCIRKEL_HTTP", "1")
# Playwright leaves an event loop in the thread of the tests, which Django would otherwise refuse to work beside.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from leercirkel.config.settings import *  # noqa: F403

STATIC_ROOT = None  # type: ignore[assignment]  # nothing is collected: the finders serve
