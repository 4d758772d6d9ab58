"""Seals over the log: nothing is lost while others write, and whatever is changed afterwards is found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from psycopg import errors
from tests.support.postgres import Database

from leercirkel.apps.access.models import User
from leercirkel.apps.access.scope import whole_installation
from leercirkel.apps.audit import details, log, seals, tasks
from leercirkel.apps.audit.kinds import Kind
from leercirkel.apps.audit.models import Event, EventDetail, Seal
from leercirkel.apps.audit.verify import Outcome, verify
from leercirkel.apps.organisation.models import Board, School


def write(school: int | None, times: int = 1, **more: Any) -> None:
    with transaction.atomic():
        for _ in range(times):
            log.record(Kind.PUPIL_SEEN, by=None, school=school, pupil=7, **more)


def as_superuser(database: Database, *statements: str) -> None:
    """What someone can do who owns the machine: also without the triggers."""
    with database.superuser.open() as anything:
        anything.execute("set session_replication_role = replica")
        for statement in statements:
            anything.execute(statement)


def whats(outcome: Outcome) -> list[tuple[int | None, str]]:
    return [(fault.school, fault.what) for fault in outcome.faults]


def settle() -> int:
    """Seals until nothing is left, and says how many seals that took: the server's own work can hold it up."""
    deadline = time.monotonic() + 60
    made = seals.seal_all()
    while verify().unsealed:
        assert time.monotonic() < deadline
        made += seals.seal_all()
    return made


@pytest.fixture
def sealed(own_db: Database) -> Database:
    """Two schools and the installation itself: each with three seals over two events."""
    for _ in range(3):
        for school in (1, 2, None):
            write(school, 2)
        assert settle() == 3
    return own_db


# ------------------------------------------------------------------------------------------------------------- sealing


def test_what_was_written_is_sealed_once_and_verifies(sealed: Database) -> None:
    outcome = verify()

    assert (outcome.seals, outcome.events, outcome.unsealed, outcome.faults) == (9, 18, 0, [])


def test_sealing_again_with_nothing_new_makes_no_seal(sealed: Database) -> None:
    assert seals.seal_all() == 0


def test_a_quiet_school_is_sealed_once_a_day_all_the_same(sealed: Database) -> None:
    as_superuser(sealed, "update audit_seal set made_at = made_at - interval '25 hours' where school_id = 1")
    write(2)

    made = settle()

    assert made == 2
    with whole_installation():
        assert Seal.objects.filter(school_id=1).order_by("id").last().events == 0
    assert verify().faults == []


def test_events_of_a_transaction_that_was_undone_are_not_there(own_db: Database) -> None:
    with transaction.atomic():
        log.record(Kind.PUPIL_SEEN, by=None, school=1)
        transaction.set_rollback(True)

    settle()

    assert verify().events == 0


def test_a_school_that_is_gone_keeps_its_chain(own_db: Database) -> None:
    write(999)

    settle()

    assert verify().events == 1


def test_writers_with_long_transactions_lose_nothing_and_wait_for_nobody(own_db: Database) -> None:
    writers, rounds = 6, 8
    start, failed = threading.Barrier(writers + 1), []
    halfway: list[threading.Event] = [threading.Event() for _ in range(writers)]
    go_on: list[threading.Event] = [threading.Event() for _ in range(writers)]

    def writer(number: int) -> None:
        try:
            start.wait(120)
            for turn in range(rounds):
                with transaction.atomic():
                    log.record(Kind.PUPIL_SEEN, by=None, school=number % 2 + 1, pupil=number)
                    if turn == 0:  # the first stays open while others write and everything is sealed
                        halfway[number].set()
                        assert go_on[number].wait(120)
                    log.record(Kind.CONTACTS_SEEN, by=None, school=number % 2 + 1, pupil=number)
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=writer, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    start.wait(120)
    assert all(event.wait(120) for event in halfway)
    for number in range(writers):
        write(number % 2 + 1)
        seals.seal_all()
        go_on[number].set()
    while any(thread.is_alive() for thread in threads):
        seals.seal_all()
    for thread in threads:
        thread.join(120)
    settle()

    outcome = verify()
    assert failed == []
    assert outcome.events == writers * rounds * 2 + writers
    assert (outcome.unsealed, outcome.faults) == (0, [])


def test_what_an_open_transaction_wrote_is_sealed_after_it_ends(own_db: Database) -> None:
    with own_db.app.open() as other:
        other.execute("select set_config('lc.user', '0', true), set_config('lc.schools', '{}', true)")
        other.execute(
            "insert into audit_event (kind, object_type, purpose, school_id, era, transaction) values "
            "('pupil_seen', '', '', 1, audit_era_now(), pg_current_xact_id()::text::bigint)"
        )
        write(1)
        seals.seal_all()
        before = verify()
        other.commit()
    settle()

    after = verify()
    assert before.events == 0
    assert (after.events, after.unsealed, after.faults) == (2, 0, [])


def test_two_who_seal_at_once_make_one_chain(own_db: Database) -> None:
    write(1, 50)

    def sealer() -> None:
        settle()
        connection.close()

    threads = [threading.Thread(target=sealer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert (verify().faults, verify().events) == ([], 50)
    with whole_installation():
        assert Seal.objects.filter(school_id=1).exclude(events=0).count() == 1


# ----------------------------------------------------------------------------------------------------------- tampering

ROW = "where id = (select min(id) from audit_event where school_id = 1)"
SEAL = "where id = (select min(id) from audit_seal where school_id = 1)"
COLUMNS = "kind, object_type, purpose, school_id, era, transaction"
TAMPERING = {
    "another pupil": (f"update audit_event set pupil = 8 {ROW}", "minstens één veranderd"),
    "another time": (f"update audit_event set at = at + interval '1 microsecond' {ROW}", "minstens één veranderd"),
    "another user": (f"update audit_event set actor = 5 {ROW}", "minstens één veranderd"),
    "a value moved to the next field": (
        f"update audit_event set pupil = null, object_id = 7 {ROW}",
        "minstens één veranderd",
    ),
    "another school": (f"update audit_event set school_id = 2 {ROW}", "1 regels weg van de 2"),
    "a row less": (f"delete from audit_event {ROW}", "1 regels weg van de 2"),
    "a row more": (
        f"insert into audit_event ({COLUMNS}, pupil) select {COLUMNS}, 9 from audit_event {ROW}",
        "1 regels te veel",
    ),
    "a row less and one more": (
        f"insert into audit_event ({COLUMNS}) select {COLUMNS} from audit_event {ROW}; delete from audit_event {ROW}",
        "minstens één veranderd",
    ),
    "a row out of every window": (f"update audit_event set era = 77 {ROW}", "1 regels weg van de 2"),
    "a row of times to come": (
        f"insert into audit_event ({COLUMNS}) values ('pupil_seen', '', '', 1, 1, 9000000000000)",
        "die niet bestaat",
    ),
    "another hash": (f"update audit_seal set hash = repeat('0', 64) {SEAL}", "minstens één veranderd"),
    "another count": (f"update audit_seal set events = 1 {SEAL}", "1 regels te veel"),
    "no first seal": (f"delete from audit_seal {SEAL}", "sluit niet aan"),
    "no second seal": (
        "delete from audit_seal where id = (select min(id) from audit_seal where school_id = 1 and previous <> '')",
        "sluit niet aan",
    ),
}


def test_what_a_superuser_changes_is_found(sealed: Database, subtests: pytest.Subtests) -> None:
    as_superuser(sealed, "create table kept_event as table audit_event", "create table kept_seal as table audit_seal")
    for name, (statement, said) in TAMPERING.items():
        with subtests.test(name):
            as_superuser(sealed, *statement.split("; "))

            outcome = verify()

            assert any(said in fault.what for fault in outcome.faults), outcome.faults
        as_superuser(sealed, "truncate audit_event, audit_seal")
        as_superuser(sealed, "insert into audit_event table kept_event", "insert into audit_seal table kept_seal")
    assert verify().faults == []


def test_the_first_broken_seal_is_named(sealed: Database) -> None:
    with whole_installation():
        second = list(Seal.objects.filter(school_id=1).order_by("id"))[1]
        row = Event.objects.filter(school_id=1, transaction__gte=second.from_transaction).order_by("id")[0]
    as_superuser(sealed, f"update audit_event set pupil = 8 where id >= {row.pk} and school_id = 1")

    [fault] = verify().faults

    assert (fault.school, fault.seal, fault.made_at) == (1, second.pk, second.made_at)


def test_a_chain_that_was_made_anew_is_found_by_a_head_that_was_kept(sealed: Database) -> None:
    kept = {head.split()[2] for head in seals.heads()}
    as_superuser(sealed, "update audit_event set pupil = 8 where school_id = 1", "delete from audit_seal")
    settle()

    assert verify().faults == []
    assert "staat er niet meer" in verify(kept).faults[0].what


def test_heads_that_were_kept_stay_good_while_the_log_grows(sealed: Database) -> None:
    kept = {head.split()[2] for head in seals.heads()}
    write(1)
    settle()

    assert verify(kept).faults == []


def test_what_tells_of_a_person_can_be_destroyed_in_time_without_breaking_a_seal(own_db: Database) -> None:
    write(1, 2)
    as_superuser(own_db, "update audit_event set at = now() - interval '13 months'")
    write(1)
    settle()

    with whole_installation(), connection.cursor() as cursor:
        cursor.execute("delete from audit_eventdetail")
        destroyed = cursor.rowcount

    assert destroyed == 2
    assert (verify().events, verify().faults) == (3, [])


# --------------------------------------------------------------------------------------------------------- append-only


CHANGES = (
    "update audit_event set pupil = 8",
    "delete from audit_event",
    "truncate audit_event",
    "update audit_seal set events = 0",
    "delete from audit_seal",
    "truncate audit_seal",
    "update audit_eventdetail set actor_name = ''",
    "truncate audit_eventdetail",
)
WAYS_ROUND = (
    "alter table audit_event disable trigger append_only",
    "drop trigger append_only on audit_event",
    "alter table audit_event disable row level security",
    "set session_replication_role = replica",
    "select audit_new_era()",
    "select audit_keep_era()",
    "insert into audit_era (cluster) values ('x')",
    "update audit_era set cluster = 'x'",
    "delete from audit_era",
)
SCOPE = "select set_config('lc.user', '0', true), set_config('lc.boards', '{}', true)"
SYSTEM = "select set_config('lc.system', 'on', true), set_config('lc.schools', '{1,2}', true)"


@pytest.mark.parametrize("role", ["app", "owner"])
def test_the_log_is_never_changed_by_the_application_or_the_owner(
    sealed: Database, subtests: pytest.Subtests, role: str
) -> None:
    for statement in CHANGES:
        with subtests.test(statement), getattr(sealed, role).open() as connected:
            connected.execute(SCOPE)
            connected.execute(SYSTEM)
            with pytest.raises((errors.InsufficientPrivilege, errors.RaiseException)):
                connected.execute(statement)


def test_the_application_cannot_get_around_it(sealed: Database, subtests: pytest.Subtests) -> None:
    for statement in WAYS_ROUND:
        with (
            subtests.test(statement),
            sealed.app.open() as connected,
            pytest.raises(errors.InsufficientPrivilege),
        ):
            connected.execute(statement)


# ---------------------------------------------------------------------------------------------------------------- eras


@contextmanager
def another_server(database: Database) -> Iterator[Callable[[], None]]:
    """As after a restore elsewhere: the rows came along, the server is another. Gives what restore calls."""
    as_superuser(database, "update audit_era set cluster = 'the one before'")

    def begin() -> None:
        with database.owner.open() as owner:
            owner.execute("select audit_new_era()")

    yield begin


def test_between_a_restore_and_the_new_era_nothing_can_be_written(sealed: Database) -> None:
    with another_server(sealed), pytest.raises(Exception, match="start a new one"):
        write(1)


def test_after_a_restore_the_old_era_is_closed_and_the_new_one_starts_anew(sealed: Database) -> None:
    write(1, 3)  # in the backup, and not sealed yet
    with another_server(sealed) as begin:
        begin()
        # The other server counts from the start: these fall among the numbers of the era before.
        as_superuser(
            sealed,
            "insert into audit_event (kind, object_type, purpose, school_id, era, transaction) "
            "select 'pupil_seen', '', '', 1, 2, n from generate_series(700, 704) n",
        )
        write(1)
        before = verify()
        settle()

    outcome = verify()
    assert before.unsealed == 3 + 5 + 1
    assert (outcome.events, outcome.unsealed, outcome.faults) == (18 + 9, 0, [])


def test_what_is_slipped_into_a_closed_era_is_found(sealed: Database) -> None:
    with another_server(sealed) as begin:
        begin()
        settle()
    as_superuser(
        sealed,
        "insert into audit_event (kind, object_type, purpose, school_id, era, transaction) "
        "values ('pupil_seen', '', '', 2, 1, 8000000000000)",
    )

    assert whats(verify()) == [(2, "1 regels te veel; het waren er 0")]


def test_keeping_the_era_changes_nothing_on_the_same_server_and_starts_one_on_another(sealed: Database) -> None:
    with sealed.owner.open() as owner:
        assert owner.execute("select audit_keep_era()").fetchone() == (1,)
    with another_server(sealed), sealed.owner.open() as owner:
        assert owner.execute("select audit_keep_era()").fetchone() == (2,)
        owner.commit()

        write(1)

        assert verify().faults == []


# -------------------------------------------------------------------------------------------------------------- others


def test_what_is_hashed_is_written_in_one_way_only(own_db: Database) -> None:
    user = User.objects.create_user("kc@demo.invalid", "KC")
    board = Board.objects.create(name="Kadewijs")
    about = School(pk=12, board=board)
    with transaction.atomic():
        log.record(Kind.EXPORTED, by=user, school=12, board=board.pk, about=about, count=3, purpose="pupil_list")
    settle()

    with transaction.atomic(), whole_installation():
        [seal] = Seal.objects.filter(school_id=12)
        window = seals.Window(seal.era, seal.from_transaction, seal.until_transaction)
        [row] = list(seals._rows(12, window))
        event = Event.objects.get()

    at = event.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert seals.line(row).decode() == (
        f'[{event.pk},"{at}","exported",{user.pk},{board.pk},12,null,"organisation.school",12,3,"pupil_list",'
        f"1,{event.transaction}]\n"
    )


def test_the_task_asks_for_its_next_time_once(own_db: Database) -> None:
    write(1)

    tasks.keep_sealing()
    call_command("db_worker", queue_name="*", batch=True, reload=False, verbosity=0)
    tasks.keep_sealing()

    done, waiting = DBTaskResult.objects.order_by("enqueued_at")
    assert (done.status, waiting.status) == (TaskResultStatus.SUCCESSFUL, TaskResultStatus.READY)
    assert timedelta(minutes=59) < waiting.run_after - timezone.now() <= tasks.EVERY


def test_many_rows_are_hashed_in_portions(own_db: Database) -> None:
    write(1, 5_001)

    settle()

    assert verify().events == 5_001


# ------------------------------------------------------------------------------------------------------------- details


def test_details_can_be_deleted_once_their_time_is_over_and_no_sooner(own_db: Database) -> None:
    write(1, 3)
    write(None, 2)
    as_superuser(
        own_db,
        "update audit_event set at = now() - interval '12 months 1 day' where id = (select min(id) from audit_event)",
        "update audit_event set at = now() - interval '11 months 27 days' where id = (select max(id) from audit_event)",
    )
    settle()

    with whole_installation():
        oldest = Event.objects.order_by("id").values_list("id", flat=True)[0]
        deleted, _ = EventDetail.objects.all().delete()
        left = set(EventDetail.objects.values_list("event_id", flat=True))

    assert deleted == 1
    assert len(left) == 4
    assert oldest not in left
    assert (verify().events, verify().faults) == (5, [])


def test_the_daily_task_deletes_what_had_its_time_and_asks_for_the_next_day(own_db: Database) -> None:
    write(1, 3)
    write(None, 2)
    as_superuser(
        own_db,
        "update audit_event set at = now() - interval '12 months 1 day'"
        " where id in (select min(id) from audit_event union select max(id) from audit_event)",
        "update audit_event set at = now() - interval '11 months 27 days' where at > now() - interval '1 day'",
    )
    tasks.keep_forgetting()
    tasks.keep_forgetting()

    call_command("db_worker", queue_name="*", batch=True, reload=False, verbosity=0)

    done, asked = DBTaskResult.objects.order_by("enqueued_at")
    with whole_installation():
        left = EventDetail.objects.count()
    assert (done.status, done.return_value, left) == (TaskResultStatus.SUCCESSFUL, 2, 3)
    assert asked.status == TaskResultStatus.READY
    assert asked.run_after - done.started_at > timedelta(hours=23)
    assert details.forget() == 0
    settle()
    assert (verify().events, verify().faults) == (5, [])
