"""Which edition of the library this is: a word that is another one as soon as any page could come out otherwise.

Every write to a table that pages are drawn from adds a row in the same transaction, whoever wrote: a form, an import, `update()`
or the SQL of the page tree. What changes by time alone (a page that expires or goes live, a new day) is part of the word too.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.http.response import HttpResponseBase
from django.utils import timezone

from cms.models.edition import Edition

HEADER = "X-Zhihui-Edition"
"""Tells the scripts of the site of which edition an answer is."""
KEPT = timedelta(days=1)
"""How long rows are kept: longer than any transaction lasts."""
WRITE = re.compile(
    r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?)\s+"?(\w+)', re.IGNORECASE
)
UNDONE = re.compile(r"\s*ROLLBACK TO", re.IGNORECASE)
# No page is drawn from these: accounts at work, drafts and their history, the index and its outbox, tasks, tries of passwords.
QUIET = re.compile(
    r"cms_edition|cms_uidcounter|cms_incoming|cms_headingchoice|cms_savedview|cms_namechoice|search_|axes_|django_(?!content_type)|auth_|wagtailusers_|wagtailadmin_"
    r"|wagtailcore_(?:revision|\w*logentry|referenceindex|comment|task|workflow|pagesubscription|uploadedfile|modellogentry)"
    r"|wagtailsearch_|tours_(?:question|run|pack|script)"
)
ROOMS = ("cms", "collections", "media", "search")


def counts(sql: str) -> bool:
    """Tell whether a statement changes what pages are drawn from."""
    write = WRITE.match(sql)
    return write is not None and not QUIET.match(write[1].lower())


def note_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Carry out a statement, and note that there is a new edition where it makes one."""
    result = execute(sql, params, many, context)
    if counts(sql):
        note(context["connection"])
    elif UNDONE.match(sql):
        # The row may be undone along with it; those of Django's own blocks go by themselves.
        forget(context["connection"])
    return result


def forget(database: BaseDatabaseWrapper) -> None:
    """Let the next write of this transaction be noted although one was."""
    database.run_on_commit = [waiting for waiting in database.run_on_commit if waiting[1] is not noted]


def noted() -> None:
    """Stand among what waits for the commit, which Django empties at the end of a transaction and of a block undone."""


def note(database: BaseDatabaseWrapper) -> None:
    """Add a row to this transaction, where it has none yet.

    In plain SQL: the statement before may have rows to return still, and a block begun and ended now would end that too.
    """
    if any(waiting[1] is noted for waiting in database.run_on_commit) or not is_there(database):
        return
    if database.in_atomic_block:
        transaction.on_commit(noted, using=database.alias)
    now = timezone.now()
    moments = [database.ops.adapt_datetimefield_value(moment) for moment in (now, now - KEPT)]
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO cms_edition (at) VALUES (%s)", moments[:1])
        cursor.execute("DELETE FROM cms_edition WHERE at < %s", moments[1:])


def is_there(database: BaseDatabaseWrapper) -> bool:
    """Tell whether the table is there yet: migrations write before they have made it."""
    known: dict[str, Any] = vars(database)
    if not known.get("edition_table"):
        with database.cursor() as cursor:
            known["edition_table"] = Edition._meta.db_table in database.introspection.table_names(cursor)
    return known["edition_table"]


def edition() -> str:
    """Return the word for what pages show now; one query."""
    # Who has read it within a transaction is to see that it is another one after the next write.
    forget(connection)
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(id), max(id), count(*),"
            " (SELECT max(expire_at) FROM wagtailcore_page WHERE expire_at <= %s),"
            " (SELECT max(go_live_at) FROM wagtailcore_page WHERE go_live_at <= %s) FROM cms_edition",
            [now, now],
        )
        found = cursor.fetchone()
    return " ".join(map(str, (*found, timezone.localdate(), release())))


def stamp(answer: HttpResponseBase, known: str) -> None:
    """Say of which edition an answer is; `known` was read before it was drawn."""
    answer[HEADER] = hashlib.blake2b(known.encode(), digest_size=8).hexdigest()


@cache
def release() -> str:
    """Return the digest of the code and the templates that pages are drawn by."""
    digest = hashlib.blake2b(digest_size=8)
    for room in ROOMS:
        for path in sorted((settings.ROOT / room).rglob("*")):
            if path.suffix in (".py", ".html", ".svg", ".mo", ".css", ".mjs", ".js"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def listen(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Look at every statement of a new connection."""
    if note_writes not in connection.execute_wrappers:
        connection.execute_wrappers.append(note_writes)


def connect() -> None:
    """Look at every statement of every connection."""
    connection_created.connect(listen, dispatch_uid="cms.pages.edition")
    if connection.connection is not None:
        listen(connection)
