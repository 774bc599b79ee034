"""All rows of the database, taken at one moment and put back at another: quicker than emptying every table and filling it anew.

They are read and written past Django's cursors, so that nothing which listens to statements takes them for an edit.
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from wagtail.models import Site

KEPT = {"django_migrations"}
"""Tables that no test writes to."""


@dataclass(frozen=True)
class Table:
    """The rows of one table, in the order of its columns."""

    columns: tuple[str, ...]
    rows: frozenset[tuple]


Rows = dict[str, Table]


def take() -> Rows:
    """Return every row of every model's table."""
    connection.ensure_connection()
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return {name: read(name) for name in sorted(set(names) - KEPT)}


def read(name: str) -> Table:
    """Return what stands in a table."""
    cursor = connection.connection.cursor()
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
    return Table(tuple(column[0] for column in cursor.description), frozenset(map(tuple, cursor.fetchall())))


def put_back(rows: Rows) -> None:
    """Make each of these tables hold exactly these rows, whatever it holds now."""
    with transaction.atomic():
        changed = {name: (read(name).rows, table) for name, table in rows.items()}
        changed = {name: (now, then) for name, (now, then) in changed.items() if now != then.rows}
        cursor = connection.connection.cursor()
        for name in changed:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
        for name, (_now, then) in changed.items():
            insert(name, then)
        count_on(list(changed))
    # What Django and Wagtail remember of these rows.
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()


def insert(name: str, table: Table) -> None:
    """Write rows into an empty table."""
    columns = ", ".join(map(connection.ops.quote_name, table.columns))
    places = ", ".join(["?" if connection.vendor == "sqlite" else "%s"] * len(table.columns))
    statement = f"INSERT INTO {connection.ops.quote_name(name)} ({columns}) VALUES ({places})"
    connection.connection.cursor().executemany(statement, list(table.rows))


def count_on(names: list[str]) -> None:
    """Let PostgreSQL number the next row of each table after those that it holds; SQLite does by itself."""
    if connection.vendor == "sqlite":
        return
    models = [m for m in apps.get_models(include_auto_created=True) if m._meta.managed and m._meta.db_table in names]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
