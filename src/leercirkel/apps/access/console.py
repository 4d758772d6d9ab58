"""What whoever runs the machine does from its command line: the first schools, and someone who manages users."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from leercirkel.apps import clock
from leercirkel.apps.access.models import Assignment, Bundle
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.organisation.actions.schools import create_board, create_school
from leercirkel.apps.organisation.models import Board, School
from leercirkel.apps.signin import actions
from leercirkel.operations.errors import OperationError


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited as what; `link` is empty when it goes by mail."""

    name: str
    role: str
    link: str


def add_school(*, board: str, brin: str, location: str, name: str, kind: str) -> None:
    """A school, and its board when there is none of that name. Raises OperationError when the school is there."""
    try:
        with transaction.atomic():
            of = Board.objects.filter(name=board).first() or create_board(name=board, by=None)
            create_school(board=of, brin=brin, location=location, name=name, kind=kind, by=None)
    except IntegrityError:
        raise OperationError(f"Er is al een school met BRIN {brin} en vestiging {location}.") from None


def invite(*, email: str, name: str, role: str, board: str | None, school: str | None, link: bool) -> Invited:
    """Invites someone with a role from today on, at a board or one of its schools (by BRIN and location).

    The link goes by mail when there is a mail server and `link` does not ask for it. Raises OperationError when the
    address is none or is in use, and when the role, the board or the school is not there.
    """
    try:
        validate_email(email)
    except ValidationError:
        raise OperationError(f"“{email}” is geen e-mailadres.") from None
    by_mail = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and not link
    with whole_installation():
        assignment = Assignment(bundle=_bundle(role), board=_board(board), during=DateRange(clock.today(), None))
        if school is not None:
            assignment.school = _school(assignment.board, school.strip().upper())
        try:
            invitation = actions.invite(by=None, email=email, name=name, assignments=[assignment])
        except actions.AlreadyThere:
            raise OperationError(
                f"{email} kan zich al aanmelden. Een beheerder geeft die gebruiker een andere rol."
            ) from None
        return Invited(name, assignment.bundle.name, "" if by_mail else actions.hand_over(invitation))


def _bundle(code: str) -> Bundle:
    bundle = Bundle.objects.filter(code=code, school=None).first()
    if bundle is None:
        codes = ", ".join(Bundle.objects.filter(school=None).order_by("code").values_list("code", flat=True))
        raise OperationError(f"De rol “{code}” is er niet. Kies uit: {codes}.")
    return bundle


def _board(name: str | None) -> Board:
    boards = list(Board.objects.filter(pk__in=School.objects.values("board")).order_by("name"))
    if not boards:
        raise OperationError("Er is nog geen school. Begin daarmee: leercirkel school add --help")
    named = [board for board in boards if name in (None, board.name)]
    if len(named) != 1:
        raise OperationError(f"Noem het bestuur met --board. Er is: {', '.join(board.name for board in boards)}.")
    return named[0]


def _school(board: Board, brin: str) -> School:
    school = School.objects.filter(board=board, brin=brin[:4], location=brin[4:] or "00").first()
    if school is None:
        raise OperationError(f"{board.name} heeft geen school met BRIN {brin}.")
    return school
