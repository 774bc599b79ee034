"""Wagtail's index of who refers to what, written once a page after the commit, instead of once a row inside it.

A tour of twelve stops was read and written thirteen times over while it held SQLite's one writer.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from modelcluster.fields import ParentalKey
from wagtail import signal_handlers
from wagtail.models import Page, ReferenceIndex

from cms.journal.snapshots import slices

Changed = tuple[str, str, str]
"""The app, the model and the key of a row that was saved."""
Key = str


class AfterCommit:
    """Takes the place of Wagtail's task, and gathers what one transaction saved."""

    def __init__(self) -> None:
        self.rows: dict[Changed, None] = {}

    def enqueue(self, app: str, model: str, key: str) -> None:
        """Note a row that was saved in this transaction."""
        gathered = next((one[1] for one in connection.run_on_commit if isinstance(one[1], AfterCommit)), None)
        if gathered is None:
            gathered = AfterCommit()
            gathered.rows[app, model, key] = None
            transaction.on_commit(gathered)
        else:
            gathered.rows[app, model, key] = None

    def __call__(self) -> None:
        """Bring the index in line with what was committed."""
        for model, keys in owners(self.rows).items():
            if not ReferenceIndex.is_indexed(model):
                continue
            for some in slices(list(keys)):
                for instance in model._base_manager.filter(pk__in=some):
                    with transaction.atomic():
                        ReferenceIndex.create_or_update_for_object(instance)


def owners(rows: Iterable[Changed]) -> dict[type[Model], dict[Key, None]]:
    """Return, by their models, what the rows are parts of in the end, or the rows themselves: each once, in their order."""
    by_model: dict[type[Model], list[str]] = defaultdict(list)
    for app, name, key in rows:
        by_model[apps.get_model(app, name)].append(key)
    found: dict[type[Model], dict[Key, None]] = defaultdict(dict)
    for model, keys in by_model.items():
        for some in slices(keys):
            for kind, key in specific(*wholes(model, some)):
                found[kind][key] = None
    return found


def wholes(model: type[Model], keys: Collection[Key]) -> tuple[type[Model], Collection[Key]]:
    """Return the model of which these are parts in the end, and the keys of what has them; a row that is gone has nothing."""
    while parent := next((one for one in model._meta.get_fields() if isinstance(one, ParentalKey)), None):
        keys = set(model._base_manager.filter(pk__in=keys).values_list(parent.attname, flat=True)) - {None}
        model = parent.related_model
    return model, keys


def specific(model: type[Model], keys: Collection[Key]) -> Iterator[tuple[type[Model], Key]]:
    """Yield the model of the kind where something belongs to a page, for the index reads all of its fields."""
    if not issubclass(model, Page):
        numbers = model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)
        yield from ((model, number) for number in numbers)
        return
    for key, kind in model._base_manager.filter(pk__in=keys).values_list("pk", "content_type"):
        yield ContentType.objects.get_for_id(kind).model_class() or model, key


def connect() -> None:
    """Put it where Wagtail's signal handlers look for the task."""
    signal_handlers.update_reference_index_task = AfterCommit()
