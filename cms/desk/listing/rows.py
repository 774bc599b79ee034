"""The records of a list: found in one query, and those of one page read in another with what its columns need."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db.models import F, JSONField, OrderBy, QuerySet, TextField

from cms.desk.listing import cells
from cms.desk.listing.asked import Asked
from cms.desk.listing.of_kinds import MARK
from cms.desk.listing.reviews import state_of_row
from cms.models import Holding
from cms.models.kinds import kind_of


@dataclass(frozen=True)
class Row:
    """A record with its cells, in the order of the columns."""

    holding: Holding
    kind: type[Holding]
    said: list[tuple[cells.ListColumn, cells.Said]]


def found(asked: Asked, user: User) -> "QuerySet[Holding]":
    """Return the records of a list that somebody may edit, in no order."""
    return (asked.kind or Holding)._default_manager.filter(asked.condition(user))


def ordered(asked: Asked, user: User) -> list[int]:
    """Return the keys of all records of a list in its order; what has no value comes last, ties are broken by the key."""
    name, back = asked.order.removeprefix("-"), asked.order.startswith("-")
    there = {cells.TITLE.name: cells.TITLE, **cells.offered(asked.kind)}
    order = [OrderBy(F(one), descending=back, nulls_last=True) for one in there[name].order]
    return list(found(asked, user).order_by(*order, "pk").values_list("pk", flat=True))


def page_of(asked: Asked, user: User, wanted: str | None) -> "Page[int]":
    """Return the keys of one page of a list, the first or the last where there is no such page."""
    return Paginator(ordered(asked, user), asked.size).get_page(wanted)


def long_texts(model: type[Holding], shown: list[cells.ListColumn]) -> list[str]:
    """Return the fields with running text, which no list needs unless it shows them."""
    named = {one.name.removeprefix(MARK) for one in shown}
    return [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, TextField) and not isinstance(field, JSONField) and field.name not in named
    ]


def rows(asked: Asked, keys: list[int]) -> list[Row]:
    """Return the records of one page with their cells."""
    model: Any = asked.kind or Holding
    shown = asked.shown
    joins = {one for column in shown for one in column.join}
    fetches = {one for column in shown for one in column.fetch}
    read = model._default_manager.filter(pk__in=keys).annotate(review=state_of_row()).defer(*long_texts(model, shown))
    if joins:
        read = read.select_related(*joins)
    there = {row.pk: row for row in read.prefetch_related(*fetches)}
    return [
        Row(there[key], kind_of(there[key]), [(column, column.cell(there[key])) for column in shown])
        for key in keys
        if key in there
    ]
