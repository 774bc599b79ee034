"""Telling the search, in the same transaction, which holdings changed."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished, post_page_move

from cms.models import Holding
from search.outbox import enqueue


def holdings_under(page: Page) -> list[int]:
    """Return the ids of a page, if it is a holding, and of all holdings under it."""
    return list(Holding.objects.filter(path__startswith=page.path).values_list("pk", flat=True))


def on_change(sender: type, instance: object, **kwargs: object) -> None:
    """A holding was saved or deleted; what it is now is read when the outbox is drained."""
    if isinstance(instance, Holding):
        enqueue([instance.pk])


def on_restriction(sender: type, instance: PageViewRestriction, **kwargs: object) -> None:
    """Somebody closed or opened a branch."""
    enqueue(holdings_under(instance.page))


def on_branch(sender: type, instance: Page, **kwargs: object) -> None:
    """A branch was moved or taken offline."""
    enqueue(holdings_under(instance))


def connect() -> None:
    """Listen to every way in which a holding changes."""
    post_save.connect(on_change, dispatch_uid="cms.outbox.saved")
    post_delete.connect(on_change, dispatch_uid="cms.outbox.deleted")
    post_save.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="cms.outbox.restricted")
    post_delete.connect(on_restriction, sender=PageViewRestriction, dispatch_uid="cms.outbox.opened")
    post_page_move.connect(on_branch, dispatch_uid="cms.outbox.moved")
    page_unpublished.connect(on_branch, dispatch_uid="cms.outbox.unpublished")
