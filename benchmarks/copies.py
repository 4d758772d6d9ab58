"""A board of three schools becomes one of many: its rows once more for each copy, under other numbers."""

from __future__ import annotations

from typing import Any

TABLES = (
    *("organisation_school", "organisation_group", "organisation_pupil", "organisation_pupilkey"),
    *("organisation_enrolment", "organisation_groupmembership"),
    *("assessment_importbatch", "assessment_result", "assessment_pupilmark"),
    *("assessment_standardsversion", "assessment_calendarversion", "assessment_normfile"),
)
"""What the pages of groups and pupils read, each after what it points at."""

MOVED = ("id", "school_id", "group_id", "pupil_id", "batch_id")
FAR = 10_000_000
"""Numbers of a copy lie this far above those of the one before."""

_COLUMNS = """
select column_name from information_schema.columns
where table_schema = 'public' and table_name = %s and is_generated = 'NEVER' order by ordinal_position
"""
_ROLES = """
insert into access_assignment (user_id, bundle_id, board_id, school_id, subject, during, made_at)
select user_id, bundle_id, board_id, school_id + %s, '', during, made_at from access_assignment
where school_id < 10000000 and group_id is null and pupil_id is null and user_id = %s
"""


def copied(database: Any, times: int, head: int) -> int:
    """Makes so many copies of every school that is there; `head` has the same role at each copy. Gives the number of
    schools afterwards. `database`: a connection of the owner."""
    for number in range(1, times + 1):
        for table in TABLES:
            names = [name for (name,) in database.execute(_COLUMNS, [table]).fetchall()]
            made = [_column(name, number) for name in names]
            own = f"where {'id' if table == 'organisation_school' else 'school_id'} < {FAR}"
            database.execute(f"insert into {table} ({', '.join(names)}) select {', '.join(made)} from {table} {own}")
        database.execute(_ROLES, [number * FAR, head])
    database.execute("analyze")
    return int(database.execute("select count(*) from organisation_school").fetchone()[0])


def _column(name: str, number: int) -> str:
    if name in MOVED:
        return f"{name} + {number * FAR}"
    if name == "brin":
        return f"'{10 + number}' || substr(brin, 3)"
    return name
