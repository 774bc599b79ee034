"""Which rows say the same: what may stand only once with a record, by the model's own word and by the database's."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignKey, Model, UniqueConstraint

Identity = frozenset[str]
"""Names of the fields that together may stand once; empty where there may be one row alone."""


def key_of(model: type[Model]) -> tuple[str, ...]:
    """Return the fields by which a row is known again; none where the model does not say, or has a field of that name."""
    told = getattr(model, "key", ())
    return told if isinstance(told, tuple) else ()


def identities(model: type[Model], key: "ForeignKey[Any, Any]") -> Iterator[Identity]:
    """Yield what else must differ between two rows that point to the same thing by this key."""
    told: list[tuple[str, ...]] = [key_of(model), *map(tuple, model._meta.unique_together)]
    told += [tuple(one.fields) for one in model._meta.constraints if isinstance(one, UniqueConstraint) and one.fields]
    if key.unique:
        told.append((key.name,))
    yield from (frozenset(names) - {key.name} for names in told if key.name in names)


def value(row: Model, name: str) -> Any:
    """Return what a row holds in a field; of a key, the key."""
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]  # no relation is in a key


def signature(row: Model, names: Identity) -> tuple[Any, ...]:
    """Return what tells a row from others by some of its fields."""
    return tuple(value(row, name) for name in sorted(names))


def doubled(rows: list[Model], there: list[Model], key: "ForeignKey[Any, Any]") -> list[Model]:
    """Return which of these would be there twice, once they point to the same as others do by this key."""
    if not rows:
        return []
    found = []
    known = [(names, {signature(one, names) for one in there}) for names in identities(type(rows[0]), key)]
    for row in rows:
        if any(signature(row, names) in taken for names, taken in known):
            found.append(row)
            continue
        for names, taken in known:
            taken.add(signature(row, names))
    return found
