"""Keeping what is about to be removed, in the same transaction, as data from which it can be brought back."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.db import router
from django.db.models import Model
from django.db.models.deletion import Collector
from wagtail.models import Page, Revision

from cms.desk.usage import Going
from cms.models import Action, Alteration, Change, Removal, Way
from media.models import Image, Rendition, Sound

LONGEST = Removal._meta.get_field("title").max_length
MOST = Alteration._meta.get_field("title").max_length
PLAIN = (type(None), bool, int, float, str)


class Everything(Collector):
    """Django's own list of what a deletion takes along, with no row left out because it could be deleted unseen."""

    def can_fast_delete(self, *args: Any, **kwargs: Any) -> bool:
        """Never: what is not listed could not be kept."""
        return False


def keep(things: Iterable[Model], user: User | None, change: Change | None = None) -> Removal:
    """Write down what the deletion of these will take. Call it in the transaction of the deletion, just before it.

    It is a change of its own in the journal, unless it is a part of another.
    """
    going = Going(things)
    collector = Everything(using=router.db_for_write(Removal))
    for thing in (*Page.objects.filter(pk__in=going.pages), *(t for t in going.things if not isinstance(t, Page))):
        collector.collect([thing])
    title = "、".join(named(thing) for thing in going.things)[:LONGEST]
    removal = Removal.objects.create(
        made_by=user,
        title=title,
        rows=list(rows(collector)),
        cleared=list(cleared(collector)),
        files=[
            medium.file.name
            for model in (Image, Sound)
            for medium in collector.data.get(model, ())
            if isinstance(medium, (Image, Sound))
        ],
    )
    change = change or Change.objects.create(action=Action.DELETION, title=title, made_by=user)
    first = going.things[0]
    Alteration.objects.create(
        change=change, way=Way.REMOVED, label=first._meta.label_lower, key=first.pk, title=title[:MOST], removal=removal
    )
    return removal


def named(thing: Model) -> str:
    """Return the title of a thing, with its number where it has one."""
    uid = getattr(thing, "uid", "")
    return f"{thing} {uid}" if uid else str(thing)


def rows(collector: Everything) -> Iterator[dict[str, Any]]:
    """Yield every row that will go; of the versions of a page only what is published, scheduled or worked on.

    The sizes of a picture are left out: their files go, and they are made anew.
    """
    collector.sort()
    pages = [page for page in collector.data.get(Page, ()) if isinstance(page, Page)]
    wanted = {key for page in pages for key in (page.latest_revision_id, page.live_revision_id)}
    # Rows that others need come first.
    for model, instances in reversed(collector.data.items()):
        if model is Rendition:
            continue
        for instance in sorted(instances, key=lambda one: one.pk):
            if model is not Revision or instance.pk in wanted or getattr(instance, "approved_go_live_at", None):
                yield row(instance)


def row(instance: Model) -> dict[str, Any]:
    """Return one row of one table as what JSON can hold."""
    fields = {}
    for column in instance._meta.local_concrete_fields:
        value = column.value_from_object(instance)
        fields[column.attname] = value if isinstance(value, PLAIN) else column.value_to_string(instance)
    return {"model": instance._meta.label_lower, "pk": instance.pk, "fields": fields}


def cleared(collector: Everything) -> Iterator[list[Any]]:
    """Yield each field of a row that stays and will lose what it points to."""
    gone = {(model, one.pk) for model, some in collector.data.items() for one in some}
    updates: dict[Any, Any] = collector.field_updates  # the stubs tell of an earlier Django
    for (key, _value), groups in updates.items():
        for instance in (one for group in groups for one in group):
            if (type(instance), instance.pk) not in gone:
                yield [key.model._meta.label_lower, instance.pk, key.attname, getattr(instance, key.attname)]
