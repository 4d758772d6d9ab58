"""Who is signed in, by a statement that the server knows: it is asked at every request."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from leercirkel.apps import statements
from leercirkel.apps.access.models import User

FIELDS = [field.attname for field in User._meta.concrete_fields]
GET = f"select {', '.join(FIELDS)} from {User._meta.db_table} where id = %s"  # noqa: S608  (names of our own model)


class Backend(ModelBackend):
    """Django's own, with passwords."""

    def get_user(self, user_id: Any) -> User | None:
        """The user of a session; None when there is none (any more), or not an active one."""
        row = statements.run(GET, [user_id]).fetchone()
        user = User.from_db("default", FIELDS, row) if row else None
        return user if user is not None and self.user_can_authenticate(user) else None
