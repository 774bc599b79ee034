"""Filters that a kind brings: what its columns choose from or tick, and what it says itself; offered where the kind is."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Q

from cms.catalogue.filters import Filter, Value
from cms.desk.listing.common import yes_or_no
from cms.models import Holding
from cms.models.kinds import kinds

MARK = "of-"
"""Before the name of a kind's own field in an address: what a kind calls a field never meets a filter of all lists."""
Kinds = tuple[type[Holding], ...]


@cache
def having(field: str) -> Kinds:
    """Return the kinds that have a field of their own."""
    return tuple(kind for kind in kinds() if any(column.field == field for column in kind.kind_columns))


def field_of(name: str) -> "Field[object, object]":
    """Return the field of a filter, as the first kind that has it says it. Raises FieldDoesNotExist."""
    bare = name.removeprefix(MARK)
    found = having(bare)
    if not found or not name.startswith(MARK):
        raise FieldDoesNotExist(name)
    return found[0]._meta.get_field(bare)  # type: ignore[return-value]  # a column's field is a column of the table


def of_any(field: str, **wanted: object) -> Q:
    """Return the condition that a record is of a kind with a field, and that this is as wanted."""
    found = Q()
    for kind in having(field):
        found |= Q(pk__in=kind._default_manager.filter(**wanted).values("pk"))
    return found


def shared(asked: Kinds, form: str) -> Iterator[str]:
    """Yield the fields with cells of a form: all of a kind that is alone, else those that several of the kinds have."""
    chosen = asked or kinds()
    fields = dict.fromkeys(c.field for kind in chosen for c in kind.kind_columns if c.form == form)
    enough = 1 if len(chosen) == 1 else 2
    yield from (field for field in fields if len(set(having(field)) & set(chosen)) >= enough)


def choices(asked: Kinds) -> list[str]:
    """Return the names of the filters whose values are those of a field that is chosen from a list."""
    return [MARK + field for field in shared(asked, "choice")]


def ticked(field: str) -> Filter:
    """Return the filter of a field that is ticked."""
    yes, no = yes_or_no(field)
    return Filter(
        MARK + field,
        field_of(MARK + field).verbose_name,
        (
            Value(yes.name, yes.label, lambda: of_any(field, **{field: True})),
            Value(no.name, no.label, lambda: of_any(field, **{field: False})),
        ),
    )


@cache
def brought(kind: type[Holding]) -> tuple[Filter, ...]:
    """Return what a kind says itself, with conditions that hold for any list."""
    return tuple(
        replace(one, values=tuple(replace(value, condition=partial(within, kind, value)) for value in one.values))
        for one in kind.kind_filters
    )


def within(kind: type[Holding], value: Value) -> Q:
    """Return a kind's own condition as one on any holding."""
    return Q(pk__in=kind._default_manager.filter(value.condition()).values("pk"))


def offered(asked: Kinds) -> list[Filter]:
    """Return the filters with values of their own that these kinds bring; of a list of all kinds, those that several share."""
    own = [one for kind in asked for one in brought(kind)]
    return [*own, *(ticked(field) for field in shared(asked, "yes"))]


@cache
def every() -> dict[str, Filter]:
    """Return all that kinds bring, by name: an address may ask for one that is not offered where it leads."""
    own = [one for kind in kinds() for one in brought(kind)]
    fields = dict.fromkeys(c.field for kind in kinds() for c in kind.kind_columns if c.form == "yes")
    return {one.name: one for one in (*own, *(ticked(field) for field in fields))}
