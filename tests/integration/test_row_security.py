"""The wall under the application's own filters: what the database itself shows and refuses, table by table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import DataError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import override_settings
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from psycopg import errors
from tests.support import raw
from tests.support import world as invented
from tests.support.postgres import Database
from tests.support.signed_in import sign_in
from tests.support.things import more_things
from tests.support.world import World

from leercirkel.apps.access.scope import array, scope
from leercirkel.apps.audit import log
from leercirkel.apps.audit.kinds import Kind

KANTELAAR = "Daan Esra Ilyas Jaylin Lotte Mila Milo Noor Roos Sem Tess Yassin"

OPEN_TABLES = {
    **dict.fromkeys(("benchmark_comparison", "benchmark_comparedschool"), "worked out of open data: no user's school"),
    "organisation_board": "names of boards, as the ministry publishes them",
    "access_user": "asked before anybody is known; pages find users through their roles only",
    "access_bundleright": "what a job may do is no secret; writing is behind row security",
    "access_invitation": "a hash and a date per user; opened by the secret",
    "audit_era": "numbers of database servers",
    "signin_mail": "which message is to be sent to which user",
    "signin_session": "opened by its key",
    **dict.fromkeys(("mfa_authenticator", "account_emailaddress", "account_emailconfirmation"), "of a user, by its id"),
    **dict.fromkeys(
        ("socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken"), "of a user, by its id"
    ),
    **dict.fromkeys(
        ("axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog"),
        "attempts to sign in, before anybody is known",
    ),
    **dict.fromkeys(
        ("auth_group", "auth_group_permissions", "auth_permission", "django_content_type"),
        "Django's, empty",
    ),
    "django_migrations": "which version this is",
    "django_tasks_database_dbtaskresult": "work to be done: ids, no names",
}
"""Tables without a school, each with why. A new table is either behind row security or here."""
OF_PUPILS = {
    *("organisation_pupil", "organisation_pupilkey", "organisation_enrolment", "organisation_groupmembership"),
    *("organisation_guardian", "organisation_guardianship", "organisation_rosterplan", "assessment_importbatch"),
    *("assessment_advice", "assessment_methodresult", "assessment_observation", "assessment_owntest"),
    *("assessment_pupilmark", "assessment_pupilmatch", "assessment_sourcemapping", "assessment_uploadedfile"),
    *("insight_answertext", "insight_keptreport"),
    *("cycle_intervention", "cycle_interventiongroup", "cycle_interventionpupil", "cycle_agreement"),
    "cycle_undertakenfile",
    *("insight_job", "insight_jobfile", "insight_boardreport", "insight_talknotes"),
    "insight_sharedsheet",
    *("cycle_cyclesettings", "cycle_cyclerun", "cycle_snapshot", "cycle_stepdone", "cycle_finding"),
    *("cycle_chosenexplanation", "cycle_interventionfinding", "cycle_weekgiven", "cycle_check", "cycle_judgement"),
    *("cycle_roundmeeting", "cycle_minutes"),
    *("groupplan_planarea", "groupplan_arrangement", "groupplan_clusterrule", "groupplan_groupplan"),
    *("groupplan_planpupil", "groupplan_plangoal", "groupplan_evaluation", "groupplan_planversion"),
    *("groupplan_planversionpupil", "groupplan_phrase", "groupplan_pupilphrase", "groupplan_daynote"),
    "groupplan_planchoice",
    *("groupplan_pupilplan", "groupplan_pupilgoal", "groupplan_pupilplanversion", "groupplan_pupilevaluation"),
    *("assessment_result", "dossier_case", "dossier_casemember", "planning_agendaitem"),
}
"""Tables that say anything of a pupil."""
AS_OWNER = {"all_schools", "access_has_roles_elsewhere", "audit_era_now", "insight_kept_figures_gone"}
"""Functions that run with the owner's rights: ids, yes or no, and a number."""

TABLES = """
select c.relname, c.relrowsecurity,
       exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'school_id' and not a.attisdropped)
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
"""


def rows(query: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)  # type: ignore[arg-type]
        return list(cursor.fetchall())


def tables() -> list[tuple[str, bool, bool]]:
    return [(str(name), bool(secured), bool(school)) for name, secured, school in rows(TABLES)]


def schooled() -> list[str]:
    return sorted(name for name, _secured, school in tables() if school)


@pytest.fixture
def full(world: World) -> World:
    """The world with rows in every table of a school."""
    more_things(world)
    with scope(schools=[school.pk for school in world.schools.values()]):
        for school in world.schools.values():
            log.record(Kind.PUPIL_SEEN, by=world.users["head"], school=school.pk)
    return world


# -------------------------------------------------------------------------------------------------------- every table


def test_every_table_of_a_school_is_behind_row_security(db: None) -> None:
    assert [name for name, secured, school in tables() if school and not secured] == []


def test_every_other_table_is_known_and_has_a_reason(db: None) -> None:
    loose = {name for name, _secured, school in tables() if not school} - {"organisation_school"}

    assert loose == OPEN_TABLES.keys()


def test_every_policy_goes_by_the_scope(db: None) -> None:
    """No policy shows or changes rows of a school without asking for the scope; the log may always be added to.

    A restrictive policy only takes away, so it need not ask.
    """
    policies = rows(
        "select tablename, policyname, cmd, coalesce(qual, '') || coalesce(with_check, '') from pg_policies "
        "where permissive = 'PERMISSIVE'"
    )
    free = {(table, name) for table, name, _cmd, condition in policies if "current_setting('lc." not in str(condition)}

    assert free == {
        ("access_bundleright", "reading"),
        ("audit_event", "write"),
        ("audit_eventdetail", "write"),
        ("audit_seal", "write"),
    }


@pytest.mark.parametrize("school", ["kantelaar", "pluimgaard", "zandloper"])
def test_without_any_filter_no_table_shows_a_row_of_another_school(full: World, school: str) -> None:
    here = full.schools[school].pk
    with scope(schools=[here]):
        found = {table: rows(f"select count(*) from {table} where school_id <> %s", here)[0][0] for table in schooled()}
        schools = rows("select id from organisation_school")

    assert {table: count for table, count in found.items() if count} == {}
    assert schools == [(here,)]


def test_the_tables_had_rows_to_show(full: World) -> None:
    with scope(schools=[full.schools["kantelaar"].pk]):
        empty = {table for table in schooled() if not rows(f"select from {table} limit 1")}

    # A school's own bundles, seals, keys and batches come in tests of their own.
    assert empty <= {"access_bundle", "audit_seal", "organisation_pupilkey"} | {"audit_eventdetail"}


def test_without_pupils_in_the_scope_no_table_says_anything_of_a_pupil(full: World) -> None:
    with scope(schools=[full.schools["kantelaar"].pk], pupil_schools=[]):
        found = {table for table in OF_PUPILS if rows(f"select from {table} limit 1")}
        others = {table for table in schooled() if rows(f"select from {table} limit 1")}

    assert found == set()
    assert {"organisation_group", "organisation_staffmember", "planning_meeting"} <= others


def test_every_table_that_names_a_pupil_is_one_of_these(db: None) -> None:
    naming = rows(
        "select table_name from information_schema.columns where column_name in ('pupil_id', 'roster', 'first_name') "
        "and table_schema = 'public'"
    )

    # An assignment may be for one pupil (an id); staff have first names too.
    assert {name for (name,) in naming} - OF_PUPILS == {"access_assignment", "organisation_staffmember"}


# ------------------------------------------------------------------------------------------------------------ writing


def moved(table: str, to: int) -> int:
    """How many rows of a table go to another school; 0 when row security refuses."""
    try:
        with transaction.atomic():
            return len(rows(f"with m as (update {table} set school_id = %s returning 1) select * from m", to))
    except ProgrammingError as error:
        if "row-level security" not in str(error) and f"permission denied for table {table}" not in str(error):
            raise
        return 0


def test_nothing_is_moved_into_another_school(full: World) -> None:
    here, there = full.schools["kantelaar"].pk, full.schools["zandloper"].pk
    changing = [table for table in schooled() if not table.startswith("audit_")]
    with scope(schools=[here]):
        went = {table: count for table in changing if (count := moved(table, there))}

    assert went == {}


EVERYTHING = ["update organisation_pupil set first_name = 'x'", "delete from organisation_enrolment"]


@pytest.mark.parametrize("verb", EVERYTHING)
def test_changing_everything_changes_the_own_school_only(full: World, verb: str) -> None:
    with scope(schools=[full.schools["pluimgaard"].pk]), connection.cursor() as cursor:
        cursor.execute(verb)

        assert cursor.rowcount == 2


# ------------------------------------------------------------------------------------------------------ the role itself


def test_the_applications_role_has_no_power_over_the_wall(db: None) -> None:
    [role] = rows(
        "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles "
        "where rolname = current_user"
    )
    owned = rows(
        "select relname from pg_class where relowner = current_user::regrole "
        "union select proname from pg_proc where proowner = current_user::regrole "
        "union select nspname from pg_namespace where nspowner = current_user::regrole "
        "union select datname from pg_database where datdba = current_user::regrole"
    )
    member_of = rows("select roleid::regrole::text from pg_auth_members where member = current_user::regrole")

    assert role == ("leercirkel_app", False, False, False, False, False)
    assert owned == []
    assert member_of == []


WAYS_ROUND = (
    "alter table organisation_pupil disable row level security",
    "alter table organisation_pupil owner to leercirkel_app",
    "drop policy of_school on organisation_pupil",
    "alter policy of_school on organisation_pupil using (true)",
    "create policy more on organisation_pupil using (true)",
    "alter table audit_event disable trigger all",
    "create table note (n int)",
    "create function leak() returns int language sql security definer as 'select 1'",
    "set role leercirkel_owner",
    "set session authorization leercirkel_owner",
    "alter role leercirkel_app bypassrls",
    "truncate organisation_pupil",
    "copy organisation_pupil to program 'cat'",
    "select pg_read_file('postgresql.conf')",
)


@pytest.mark.parametrize("statement", WAYS_ROUND)
def test_the_applications_role_cannot_take_the_wall_down(full: World, statement: str) -> None:
    with scope(schools=[full.schools["kantelaar"].pk]), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError) as refused, transaction.atomic():
            cursor.execute(statement)

        assert isinstance(refused.value.__cause__, errors.InsufficientPrivilege)


def test_only_known_functions_have_the_owners_rights_and_none_can_be_led_astray(db: None) -> None:
    found = rows(
        "select proname, proconfig from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1"
    )

    assert {name for name, _config in found} == AS_OWNER
    assert {tuple(config) for _name, config in found} == {("search_path=public, pg_temp",)}  # type: ignore[arg-type]


# -------------------------------------------------------------------------------- one connection, many users and tasks


@pytest.fixture
def real(own_db: Database) -> Iterator[World]:
    """The world, really written, and addresses that forget every filter."""
    with transaction.atomic():
        made = invented.build()
    with override_settings(ROOT_URLCONF="tests.support.raw"):
        yield made


def client(world: World, user: str) -> Client:
    made = Client(raise_request_exception=False)
    sign_in(made, world.users[user])
    return made


def test_a_page_that_forgets_its_filter_shows_the_own_school(real: World) -> None:
    shown = {user: client(real, user).get("/alles/").content.decode() for user in ("head", "teacher_b", "guardian_x")}

    assert shown == {"head": KANTELAAR, "teacher_b": "Bas Bo", "guardian_x": "Xander Xena"}


def test_on_a_connection_that_is_used_again_nothing_is_left_of_the_user_before(real: World) -> None:
    order = ["head", "head_x", "administrator", "head_b", "nobody", "head"]

    answers = [client(real, user).get("/alles/").content.decode() for user in order]
    between = []
    for user in ("head", "head_x"):
        client(real, user).get("/alles/")
        with pytest.raises(DataError), transaction.atomic():
            raw.all_pupils()
        between.append(rows("select current_setting('lc.schools', true)"))

    assert answers == [KANTELAAR, "Xander Xena", "", "Bas Bo", "", KANTELAAR]
    assert between == [[("",)], [("",)]]


def test_the_connection_really_was_the_same(real: World) -> None:
    before = rows("select pg_backend_pid()")
    client(real, "head").get("/alles/")

    assert rows("select pg_backend_pid()") == before


def test_a_scope_is_gone_also_after_a_page_that_failed(real: World) -> None:
    broken = client(real, "head").get("/nergens/")

    assert broken.status_code == 404
    with pytest.raises(DataError), transaction.atomic():
        raw.all_pupils()


def test_a_streamed_answer_that_asks_the_database_gets_an_error_and_no_rows(real: World) -> None:
    answer = client(real, "head").get("/stroom/")

    assert answer.status_code == 200
    with pytest.raises((DataError, ProgrammingError)):
        b"".join(answer)


def test_a_task_without_a_scope_fails_and_one_with_a_scope_sees_its_school(real: World) -> None:
    client(real, "head").get("/alles/")
    raw.without_scope.enqueue()
    raw.within_scope.enqueue(real.schools["pluimgaard"].pk)

    call_command("db_worker", queue_name="*", batch=True, reload=False, verbosity=0)

    failed, done = DBTaskResult.objects.order_by("enqueued_at")
    assert (failed.status, done.status) == (TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL)
    assert "Error" in failed.exception_class_path
    assert done.return_value == ["Bas", "Bo"]


def test_a_view_that_does_not_say_who_may_opens_for_nobody(real: World) -> None:
    assert client(real, "head").get("/zonder/").status_code == 404


@pytest.mark.parametrize("ids", [[1, 2], [3, 1, 2, 1], [], range(3)])
def test_ids_are_written_as_numbers_only(ids: list[int]) -> None:
    assert array(ids).strip("{}").replace(",", "").isdigit() or array(ids) == "{}"


@pytest.mark.parametrize("wrong", [["1} or true"], ["x"], [None]])
def test_what_is_no_number_never_gets_into_a_scope(wrong: list[object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        array(wrong)  # type: ignore[arg-type]
