"""Checks of the database: reachable, safe settings, roles that may no more than they should, row security on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from psycopg import sql

from leercirkel.operations import roles, tools
from leercirkel.operations.connections import Connection
from leercirkel.operations.errors import OperationError
from leercirkel.operations.findings import Finding, attention, good, wrong
from leercirkel.operations.installation import OLDEST_SERVER, unreachable

Database = psycopg.Connection[Any]
CLOCKS_MAY_DIFFER = timedelta(seconds=5)


def as_application(way: Connection) -> Iterator[Finding]:
    """What shows from the application's own connection."""
    try:
        database = way.open(autocommit=True)
    except psycopg.OperationalError as error:
        yield wrong("database", unreachable(way, error), "Zonder database werkt er niets: begin hier.")
        return
    with database:
        yield _version(database)
        yield from _durable(database)
        yield _clock(database)
        yield _closed(database, way)
        yield _role(database)
        yield _quiet(database)
        yield from _row_security(database)
        yield from _tasks(database)


def as_owner(way: Connection) -> Iterator[Finding]:
    """What shows from the owner's connection."""
    try:
        database = way.open(autocommit=True)
    except psycopg.OperationalError as error:
        yield wrong("eigenaar", unreachable(way, error), "Zonder eigenaar geen back-ups en geen nieuwe versies.")
        return
    with database:
        foreign = _texts(
            database,
            "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
            " and not pg_has_role(current_user, c.relowner, 'usage') order by 1",
        )
        if foreign:
            yield wrong(
                "eigenaar",
                f"{len(foreign)} tabellen zijn niet van {way.user}, zoals {foreign[0]}.",
                f"Geef ze terug: ALTER TABLE … OWNER TO {roles.OWNER}.",
            )
        elif _flag(database, "select rolsuper from pg_roles where rolname = current_user"):
            yield attention(
                "eigenaar",
                f"{way.user} is superuser van de hele server.",
                f"Gebruik de rol {roles.OWNER} uit deploy/roles.sql in DATABASE_OWNER_URL.",
            )
        else:
            yield good("eigenaar", f"{way.user} bezit de tabellen, en niet meer.")


def _texts(database: Database, query: str) -> list[str]:
    return [str(row[0]) for row in database.execute(query.encode()).fetchall()]


def _flag(database: Database, query: str) -> bool:
    return bool((database.execute(query.encode()).fetchone() or (False,))[0])


def _version(database: Database) -> Finding:
    number = database.info.server_version
    told = f"PostgreSQL {number // 10_000}.{number % 10_000}"
    if number // 10_000 < OLDEST_SERVER:
        return wrong("database", f"{told} is te oud.", f"Nodig is {OLDEST_SERVER} of nieuwer.")
    try:
        tools.of_version(number // 10_000)
    except OperationError as error:
        return wrong("database", f"{told} antwoordt, maar back-ups kunnen niet worden gemaakt.", str(error))
    return good("database", f"{told} antwoordt.")


def _durable(database: Database) -> Iterator[Finding]:
    """Settings without which what was confirmed to a user may be gone after a power cut."""
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        value = (database.execute("select current_setting(%s)", [name]).fetchone() or ("",))[0]
        if value == "off":
            yield wrong(
                "database",
                f"{name} staat uit: na stroomuitval kan weg zijn wat al was opgeslagen.",
                f"Zet {name} aan in postgresql.conf.",
            )


def _clock(database: Database) -> Finding:
    there = (database.execute("select clock_timestamp()").fetchone() or (datetime.now(UTC),))[0]
    apart = abs(datetime.now(UTC) - there)
    if apart > CLOCKS_MAY_DIFFER:
        return wrong(
            "tijd",
            f"De klok van de database loopt {apart.total_seconds():.0f} seconden anders dan die van deze machine.",
            "Zet op beide machines tijdsynchronisatie aan (systemd-timesyncd of chrony). Inlogcodes en het logboek "
            "hangen van de klok af.",
        )
    return good("tijd", "De klokken van deze machine en de database zijn gelijk.")


def _closed(database: Database, way: Connection) -> Finding:
    if way.host.startswith("/") or way.host in ("127.0.0.1", "::1", "localhost"):
        return good("verbinding", "De database staat op deze machine.")
    if _flag(database, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"):
        return good("verbinding", f"De verbinding met {way.host} is versleuteld.")
    return wrong(
        "verbinding",
        f"De verbinding met {way.host} is niet versleuteld.",
        "Zet ?sslmode=verify-full achter DATABASE_URL en DATABASE_OWNER_URL.",
    )


_TOO_MUCH = """
select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
  exists (select 1 from pg_class c where c.relowner = r.oid)
    or exists (select 1 from pg_database d where d.datname = current_database() and d.datdba = r.oid),
  exists (select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    and pg_has_role(r.oid, c.relowner, 'member')),
  has_schema_privilege(r.oid, 'public', 'create')
from pg_roles r where r.rolname = current_user
"""
_WORDS = (
    "is superuser",
    "gaat om de rijbeveiliging heen (BYPASSRLS)",
    "mag rollen maken",
    "mag databases maken",
    "mag repliceren",
    "bezit tabellen of de database",
    "mag handelen als de eigenaar van de tabellen",
    "mag tabellen maken",
)


def _role(database: Database) -> Finding:
    found = database.execute(_TOO_MUCH.encode()).fetchone() or ()
    too_much = [word for word, has in zip(_WORDS, found, strict=False) if has]
    if too_much:
        return wrong(
            "rol",
            f"De rol {database.info.user} {' en '.join(too_much)}. Dan scheidt de database de scholen niet.",
            f"Gebruik de rol {roles.APP} uit deploy/roles.sql in DATABASE_URL.",
        )
    return good("rol", f"{database.info.user} mag alleen met rijen werken.")


def _quiet(database: Database) -> Finding:
    """What fails or is slow is not written into the server's own log, with the names that were in it."""
    now = {
        name: (database.execute("select current_setting(%s)", [name]).fetchone() or ("",))[0] for name in roles.QUIET
    }
    loud = [name for name, value in roles.QUIET.items() if now[name] != value]
    if loud:
        return wrong(
            "logs",
            f"De server kan in zijn eigen logboek schrijven wat over leerlingen is ingevuld ({', '.join(loud)}).",
            "Draai als superuser de regels “alter role … set log_…” uit deploy/roles.sql, en start Leercirkel opnieuw.",
        )
    return good("logs", "De server schrijft niet op wat er in opdrachten staat.")


_SCHOOL_TABLES = """
select c.relname, c.relrowsecurity, exists (select 1 from pg_policy p where p.polrelid = c.oid), c.relforcerowsecurity
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'school_id' and not a.attisdropped
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1
"""


def _row_security(database: Database) -> Iterator[Finding]:
    tables = database.execute(_SCHOOL_TABLES.encode()).fetchall()
    if not tables:
        yield wrong("rijbeveiliging", "Er zijn nog geen tabellen.", "Draai: leercirkel migrate")
        return
    open_ = [str(name) for name, on, policy, _ in tables if not (on and policy)]
    forced = [str(name) for name, _, _, force in tables if force]
    shown = [str(name) for name, *_ in tables if str(name) not in open_ and _shows_rows(database, str(name))]
    if open_ or shown:
        yield wrong(
            "rijbeveiliging",
            f"Deze tabellen zijn niet per school afgeschermd: {', '.join(open_ + shown)}.",
            "Draai: leercirkel migrate. Helpt dat niet, zet Leercirkel dan stil en meld het.",
        )
    if forced:
        yield wrong(
            "rijbeveiliging",
            f"Bij {', '.join(forced)} geldt de rijbeveiliging ook voor de eigenaar (FORCE): back-ups zijn dan leeg.",
            "ALTER TABLE … NO FORCE ROW LEVEL SECURITY",
        )
    if not open_ and not shown and not forced:
        yield good("rijbeveiliging", f"Alle {len(tables)} tabellen van scholen zijn per school afgeschermd.")


def _shows_rows(database: Database, table: str) -> bool:
    """Whether the application sees a row of the table without saying for which schools. An error is as it should be."""
    try:
        return bool(database.execute(sql.SQL("select 1 from {} limit 1").format(sql.Identifier(table))).fetchone())
    except psycopg.Error:
        return False


_WAITING = """
with work as (
  select *, exists (  -- who works on a task holds this lock (config/interrupted.py)
    select from pg_locks l where l.locktype = 'advisory' and l.objsubid = 1
      and l.database = (select oid from pg_database where datname = current_database())
      and (l.classid::bigint << 32 | l.objid::bigint)
        = ('x' || right(replace(id::text, '-', ''), 16))::bit(64)::bigint & 9223372036854775807) as held
  from django_tasks_database_dbtaskresult
)
select count(*) filter (where status = 'READY' and enqueued_at < now() - interval '10 minutes'
    and (run_after < now() or run_after > now() + interval '100 years')),
  count(*) filter (where status = 'RUNNING' and not held and started_at < now() - interval '1 minute'),
  count(*) filter (where status = 'RUNNING' and held and started_at < now() - interval '2 hours'),
  count(*) filter (where status = 'FAILED' and finished_at > now() - interval '7 days')
from work
"""


def _tasks(database: Database) -> Iterator[Finding]:
    if not _flag(database, "select to_regclass('public.django_tasks_database_dbtaskresult') is not null"):
        return
    waiting, left, stuck, failed = database.execute(_WAITING.encode()).fetchone() or (0, 0, 0, 0)
    if waiting:
        yield wrong(
            "achtergrond",
            f"{waiting} taken wachten langer dan tien minuten.",
            "Draait de worker? systemctl status leercirkel-worker, of start: leercirkel worker",
        )
    if left:
        yield attention(
            "achtergrond",
            f"{left} taken bleven liggen toen de worker midden in het werk stopte.",
            "Start de worker (opnieuw): hij neemt ze zelf weer op. systemctl restart leercirkel-worker",
        )
    if stuck:
        yield attention(
            "achtergrond",
            f"{stuck} taken zijn langer dan twee uur bezig.",
            "Kijk in de logs van de worker. Stopt u hem, dan begint hij zo’n taak bij de volgende start opnieuw.",
        )
    if failed:
        yield attention(
            "achtergrond", f"{failed} taken zijn deze week mislukt.", "In de logs van de worker staat waarom."
        )
    if not (waiting or left or stuck or failed):
        yield good("achtergrond", "Er wacht geen werk, en er is deze week niets mislukt.")
