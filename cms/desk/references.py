"""Wagtail's index of who refers to what, written once a page after the commit, instead of once a row inside it.

A tour of twelve stops was read and written thirteen times over while it held SQLite's one writer.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from modelcluster.fields import ParentalKey
from wagtail import signal_handlers
from wagtail.models import ReferenceIndex

Changed = tuple[str, str, str]
"""The app, the model and the key of a row that was saved."""
Key = int | str


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
        for model, key in dict.fromkeys(owners(self.rows)):
            instance = model._base_manager.filter(pk=key).first()
            if instance is not None and ReferenceIndex.is_indexed(model):
                with transaction.atomic():
                    ReferenceIndex.create_or_update_for_object(instance)


def owners(rows: Iterable[Changed]) -> Iterable[tuple[type[Model], Key]]:
    """Yield, for each row, what it is a part of in the end, or itself."""
    for app, name, key in rows:
        model = apps.get_model(app, name)
        number: Key | None = key
        while parent := next((one for one in model._meta.get_fields() if isinstance(one, ParentalKey)), None):
            number = model._base_manager.filter(pk=number).values_list(parent.attname, flat=True).first()
            model = parent.related_model
        if number is not None:
            yield specific(model, number)


def specific(model: type[Model], key: Key) -> tuple[type[Model], Key]:
    """Return the model of the kind where a part belongs to a page: the index reads all of its fields."""
    content_type = getattr(model, "cached_content_type", None)
    if content_type is None:
        return model, key
    page = model._base_manager.filter(pk=key).first()
    return (getattr(page, "specific_class", None) or model, page.pk) if page else (model, key)


def connect() -> None:
    """Put it where Wagtail's signal handlers look for the task."""
    signal_handlers.update_reference_index_task = AfterCommit()
