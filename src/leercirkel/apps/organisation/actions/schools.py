"""Boards and schools, as an installation begins with them."""

from __future__ import annotations

from django.db import connection, transaction

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import scope
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.organisation.models import Board, School


@transaction.atomic
def create_board(*, name: str, number: str = "", by: User | None) -> Board:
    """A board; its number is the one of the ministry (bevoegd gezag), when known."""
    board = Board.objects.create(name=name, number=number)
    log.record(Kind.CREATED, by=by, board=board.pk, about=board)
    return board


@transaction.atomic
def create_school(*, board: Board, brin: str, location: str = "00", name: str, kind: str, by: User | None) -> School:
    """A school of a board. Raises IntegrityError when this BRIN and location are there already.

    It is made in a scope of its own: a row can only be made inside its scope, and nobody has a scope of a school that
    does not exist.
    """
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('organisation_school', 'id'))")
        number = cursor.fetchone()[0]
    with scope(schools=[number], user=getattr(by, "pk", 0)):
        school = School.objects.create(
            id=number, board=board, brin=brin.upper(), location=location, name=name, kind=kind
        )
        log.record(Kind.CREATED, by=by, board=board.pk, school=school.pk, about=school)
    return school
