"""Starts Django inside one of our own commands."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any


def start(environment: Mapping[str, str]) -> None:
    """Loads settings and apps with this environment; once in a process."""
    import django

    os.environ.clear()
    os.environ.update(environment)
    django.setup()


def manage(name: str, *arguments: str, **options: Any) -> None:
    """Runs a command of Django or of an app; `start` comes first."""
    from django.core.management import call_command

    call_command(name, *arguments, **options)


def let_go() -> None:
    """Closes this process's connections, before it forks."""
    from django.db import connections

    connections.close_all()


def pending_migrations() -> list[str]:
    """Migrations of this version that the database does not have, as `app.name`, in order; `start` comes first."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def newer_migrations() -> list[str]:
    """Migrations that the database has and this version does not know: it was used by a newer one."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    replaced = {pair for migration in loader.disk_migrations.values() for pair in migration.replaces}
    ours = {app for app, _ in loader.disk_migrations}
    known = set(loader.disk_migrations) | replaced
    return [
        f"{app}.{name}" for app, name in sorted(loader.applied_migrations) if app in ours and (app, name) not in known
    ]
