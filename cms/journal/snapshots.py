"""A record as data: its fields and its parts as JSON, read many at a time, to be compared and put back."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from modelcluster.models import (
    get_all_child_m2m_relations,
    get_all_child_relations,
    get_serializable_data_for_fields,
)
from wagtail.models import COMMENTS_RELATION_NAME, Page

Key = TypeVar("Key", int, str)
Data = dict[str, Any]
"""Fields by name; a part of a holding is a list of such dictionaries, a relation to many a list of keys."""

PARENT = "parent"
"""Under what a page stands, which its own fields say only as a path."""
KEPT_BY_WAGTAIL = frozenset(
    [
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "translation_key",
        "locale",
        "draft_title",
        "live",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "owner",
        "locked",
        "locked_at",
        "locked_by",
        "alias_of",
        "content_type",
        "expired",
    ]
)
KEPT_BY_US = frozenset({"batch", "sort_key_chinese", "sort_key_english"})
LEFT_OUT = KEPT_BY_WAGTAIL | KEPT_BY_US | {COMMENTS_RELATION_NAME}
"""What follows from the rest, or is no content."""
AT_ONCE = 200


def snapshots(model: type[Model], keys: Iterable[int]) -> Iterator[tuple[int, Data]]:
    """Yield the key and the data of each of these rows that is there; a few queries for every 200."""
    for some in slices(keys):
        instances = model._base_manager.in_bulk(some)
        parts = parts_of(model, list(instances))
        parents = parents_of(list(instances.values())) if issubclass(model, Page) else {}
        for key, instance in instances.items():
            data = get_serializable_data_for_fields(instance) | {name: rows[key] for name, rows in parts.items()}
            if key in parents:
                data[PARENT] = parents[key]
            yield key, content(data)


def slices(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Yield keys once each, as many at a time as are asked for in one query."""
    wanted = sorted(set(keys))
    return (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))


def snapshot(instance: Model) -> Data:
    """Return the data of one row as the database has it."""
    return next((data for _key, data in snapshots(type(instance), [instance.pk])), {})


def drafts(keys: Iterable[int]) -> dict[int, Data]:
    """Return the data of the drafts that wait above these pages."""
    found: dict[int, Data] = {}
    for some in slices(keys):
        rows = Page.objects.filter(pk__in=some, has_unpublished_changes=True, latest_revision__isnull=False)
        found.update((key, content(data)) for key, data in rows.values_list("pk", "latest_revision__content"))
    return found


def content(data: Data) -> Data:
    """Return the data of a version without what is left out."""
    return {name: value for name, value in plain(data).items() if name not in LEFT_OUT}


def parts_of(model: type[Model], keys: list[int]) -> dict[str, dict[int, list[Any]]]:
    """Return the rows that belong to these rows, by the name of the relation and the key of the owner."""
    found: dict[str, dict[int, list[Any]]] = {}
    for relation in get_all_child_relations(model):
        name, owner = relation.get_accessor_name(), relation.field.attname
        if name in LEFT_OUT:
            continue
        rows = found.setdefault(name, defaultdict(list))
        for child in relation.related_model._default_manager.filter(**{f"{owner}__in": keys}):
            nested = getattr(child, "serializable_data", None)
            rows[getattr(child, owner)].append(nested() if nested else get_serializable_data_for_fields(child))
    for field in get_all_child_m2m_relations(model):
        source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        rows = found.setdefault(field.name, defaultdict(list))
        through = field.remote_field.through._default_manager.filter(**{f"{source}__in": keys})
        for owner_key, key in through.order_by(target).values_list(source, target):
            rows[owner_key].append(key)
    return found


def parents_of(pages: list[Page]) -> dict[int, int]:
    """Return the key of the page under which each of these stands."""
    above = {page.path[: -Page.steplen] for page in pages}
    keys = dict(Page.objects.filter(path__in=above).values_list("path", "pk"))
    return {page.pk: keys[path] for page in pages if (path := page.path[: -Page.steplen]) in keys}


def plain(data: Data) -> Data:
    """Return data as they come back from JSON, so that both can be compared."""
    again: Data = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return again


def same(one: Any, other: Any) -> bool:
    """Whether two values of a field say the same; parts may have been written anew, under other keys."""
    return bare(one) == bare(other)


def bare(value: Any) -> Any:
    """Return a value without the keys of parts."""
    if isinstance(value, list):
        return [bare(one) for one in value]
    return {name: bare(one) for name, one in value.items() if name != "pk"} if isinstance(value, dict) else value


class Conflict(Exception):
    """Somebody changed what a change had left, so that it cannot be put back without losing that."""


def put_back(before: Any, after: Any, now: Any) -> Any:
    """Return what a field should hold, so that the step from `before` to `after` is taken back and later ones stay.

    Of parts and of relations to many each row counts by itself, of what is kept by name (the states of translation) each
    name; such notes follow what they are about, and stand in no one's way. Raises Conflict.
    """
    if isinstance(after, dict):
        was, stands = before or {}, now or {}
        names = [name for name in {**was, **after} if same(stands.get(name), after.get(name))]
        back = {name: was[name] for name in names if name in was}
        return {name: value for name, value in stands.items() if name not in names} | back
    if not isinstance(after, list):
        if same(now, after):
            return before
        raise Conflict
    was, became, stands = before or [], after, now or []
    added, removed = without(became, was), without(was, became)
    edited = {key_of(one) for one in without(stands, became)} & {key_of(one) for one in added} - {None}
    if edited:
        raise Conflict
    left = without(stands, added)
    return [*left, *without(removed, left)]


def without(rows: list[Any], others: list[Any]) -> list[Any]:
    """Return the rows that are not among others."""
    known = [bare(one) for one in others]
    return [one for one in rows if bare(one) not in known]


def key_of(row: Any) -> Any:
    """Return the key of a part."""
    return row.get("pk") if isinstance(row, dict) else None


def differing(before: Data, after: Data) -> list[str]:
    """Return the names of the fields in which two states of a record differ."""
    return [name for name in after if not same(before.get(name), after[name])]


def digest(data: Data) -> str:
    """Return what tells whether a record is still as it was."""
    text = json.dumps(bare(data), cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
