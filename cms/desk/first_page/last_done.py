"""What somebody did last: records that they worked on, changes of many at once, tables on their way in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import CharField, Exists, F, IntegerField, OuterRef, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import registry
from wagtail.models import Page, PageLogEntry

from cms.desk.first_page.things import Thing, thing_of
from cms.desk.reporting import may as may_undo
from cms.models import Action, Change, Incoming

MOST = 6
READ = 60
"""Rows that are read to find so many different things."""
LATELY = timedelta(days=60)
LOG, CHANGE, INCOMING = "log", "change", "incoming"
COLUMNS = ("since", "origin", "key", "kind", "did", "named")


@dataclass(frozen=True)
class Done:
    """One thing that was done: when, what, to what, and where it goes on."""

    when: datetime
    did: str
    thing: Thing
    act: str


def last_done(user: User) -> list[Done]:
    """Return what somebody did last, each thing once, in one query; the latest first."""
    read = logged(user).union(changes(user), on_their_way(user), all=True).order_by("-since")[:READ]
    once = {(row["origin"], row["key"]): row for row in reversed(read)}
    latest = sorted(once.values(), key=lambda row: row["since"], reverse=True)[:MOST]
    return list(said(latest, user))


def logged(user: User) -> "QuerySet[Any, dict[str, Any]]":
    """Return what Wagtail noted of pages that are still there."""
    there = Page.objects.filter(pk=OuterRef("page_id"))
    rows = PageLogEntry.objects.filter(Exists(there), user=user, timestamp__gte=timezone.now() - LATELY)
    return told(
        rows,
        LOG,
        since=F("timestamp"),
        key=Cast("page_id", CharField()),
        kind=F("content_type_id"),
        did=F("action"),
        named=F("label"),
    )


def changes(user: User) -> "QuerySet[Any, dict[str, Any]]":
    """Return what changed many records at once."""
    rows = Change.objects.filter(made_by=user, made_at__gte=timezone.now() - LATELY)
    return told(
        rows, CHANGE, since=F("made_at"), key=Cast("pk", CharField()), kind=none(), did=F("action"), named=F("title")
    )


def on_their_way(user: User) -> "QuerySet[Any, dict[str, Any]]":
    """Return the tables that are not in yet."""
    rows = Incoming.objects.filter(made_by=user, made_at__gte=timezone.now() - LATELY).exclude(
        state=Incoming.State.SAVED
    )
    return told(
        rows, INCOMING, since=F("made_at"), key=Cast("pk", CharField()), kind=none(), did=F("state"), named=F("source")
    )


def none() -> Value:
    """Return what stands for the kind of page of what is no page."""
    return Value(0, IntegerField())


def told(rows: "QuerySet[Any]", origin: str, **columns: Any) -> "QuerySet[Any, dict[str, Any]]":
    """Return rows so that they can be read together with those of others."""
    return rows.order_by().annotate(origin=Value(origin, CharField()), **columns).values(*COLUMNS)


def said(rows: list[dict[str, Any]], user: User) -> Iterator[Done]:
    """Yield what was done, in words; what a part of the library that is no longer installed did, as a change."""
    # Wagtail's own look-up by name fails in a process that nobody asked for the whole list yet.
    labels = dict(registry.get_choices())
    for row in rows:
        if row["origin"] == LOG:
            thing = thing_of(int(row["key"]), row["kind"], row["named"])
            yield Done(row["since"], str(labels.get(row["did"], _("改动"))), thing, _("接着改"))
        elif row["origin"] == INCOMING:
            url = reverse("incoming_one", args=[row["key"]])
            did = Incoming.State(row["did"]).label
            yield Done(row["since"], f"{_('表格导入')} · {did}", Thing(row["named"], url), _("接着做"))
        else:
            url = reverse("change", args=[row["key"]]) if may_undo(user) else ""
            yield Done(row["since"], str(Action(row["did"]).label), Thing(row["named"], url), _("看，或撤销"))
