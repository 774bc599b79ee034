"""Telling the search, in the same transaction, which holdings changed."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.indexing.source import Source
from cms.models import Holding, TakeDown
from cms.visibility import visible
from search.models import Record
from search.outbox import enqueue


def holdings_under(page: Page) -> list[int]:
    """Return the ids of a page, if it is a holding, and of all holdings under it."""
    return list(Holding.objects.filter(path__startswith=page.path).values_list("pk", flat=True))


def on_change(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """A holding was saved or deleted; what it is now is read when the outbox is drained."""
    if isinstance(instance, Holding):
        enqueue([instance.pk])


def before_deletion(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """What is tied to a holding is told by its relations, which go with it."""
    if isinstance(instance, Holding):
        enqueue(Source().tied([instance.pk]))


def on_published(sender: type[Model], instance: Page, **kwargs: Any) -> None:
    """A page of the site itself may open what stands under it; only what is not as it should be is read anew."""
    if not isinstance(instance, Holding):
        under = holdings_under(instance)
        seen = set(visible(Holding.objects.filter(path__startswith=instance.path), None).values_list("pk", flat=True))
        recorded = set(Record.objects.filter(id__in=under).values_list("id", flat=True))
        enqueue(sorted(seen ^ recorded))


def on_restriction(sender: type[Model], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Somebody closed or opened a branch."""
    enqueue(holdings_under(instance.page))


def on_taking_down(sender: type[Model], instance: TakeDown, **kwargs: Any) -> None:
    """Somebody took a branch down, or put it up again."""
    if instance.page is not None:
        enqueue(holdings_under(instance.page))


def on_branch(sender: type[Model], instance: Page, **kwargs: Any) -> None:
    """A branch was moved or taken offline."""
    enqueue(holdings_under(instance))


def connect() -> None:
    """Listen to every way in which a holding changes."""
    post_save.connect(on_change, dispatch_uid="cms.indexing.signals.saved")
    pre_delete.connect(before_deletion, dispatch_uid="cms.indexing.signals.before_deletion")
    post_delete.connect(on_change, dispatch_uid="cms.indexing.signals.deleted")
    post_save.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="cms.indexing.signals.restricted")
    post_delete.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="cms.indexing.signals.opened")
    post_save.connect(on_taking_down, sender=TakeDown, dispatch_uid="cms.indexing.signals.taken_down")
    post_page_move.connect(on_branch, dispatch_uid="cms.indexing.signals.moved")
    page_published.connect(on_published, dispatch_uid="cms.indexing.signals.published")
    page_unpublished.connect(on_branch, dispatch_uid="cms.indexing.signals.unpublished")
