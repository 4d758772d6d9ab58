"""What the application's role in the database may do, table by table: what it needs, and nothing else."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import errors
from tests.support.world import World

from leercirkel.apps.access.scope import scope

ALL = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
READS, ADDS = frozenset({"SELECT"}), frozenset({"SELECT", "INSERT"})
LESS = {
    **dict.fromkeys(("auth_group", "auth_group_permissions", "auth_permission"), frozenset()),
    **dict.fromkeys(("django_migrations", "django_content_type", "socialaccount_socialapp", "audit_era"), READS),
    **dict.fromkeys(("organisation_board", "organisation_school", "access_user"), ALL - {"DELETE"}),
    **dict.fromkeys(("audit_event", "audit_seal", "access_notice"), ADDS),
    **dict.fromkeys(("audit_eventdetail", "assessment_change"), ADDS | {"DELETE"}),
    **dict.fromkeys(("insight_talknotes", "insight_sharedsheet"), ALL - {"UPDATE"}),
    **dict.fromkeys(("assessment_standardsversion", "assessment_calendarversion", "insight_answertext"), ADDS),
    "insight_boardreport": ADDS,
}
"""Tables on which the application may do no more than this; of the others it changes rows, or less."""


TABLES = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')"
GIVEN = """
select table_name, privilege_type from information_schema.table_privileges
where grantee = current_user and table_schema = 'public'
"""


def rows(query: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def test_the_application_may_do_with_a_table_what_it_needs_and_nothing_else(db: None) -> None:
    may: dict[str, set[str]] = {name: set() for (name,) in rows(TABLES)}
    for table, verb in rows(GIVEN):
        may[table].add(verb)

    assert {table: may[table] for table in LESS} == LESS
    assert [table for table, has in may.items() if not has <= ALL] == []


@pytest.mark.parametrize(
    "statement",
    ["delete from django_migrations", "insert into auth_group (name) values ('x')", "delete from access_user"],
)
def test_what_only_a_migration_makes_is_not_changed_by_the_application(world: World, statement: str) -> None:
    with scope(schools=[world.schools["kantelaar"].pk]), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError) as refused, transaction.atomic():
            cursor.execute(statement)

        assert isinstance(refused.value.__cause__, errors.InsufficientPrivilege)
