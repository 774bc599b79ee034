"""What the clock alone changes: texts go live and expire when their time has come, each by itself, so that one that fails stops no other."""

from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils import timezone
from django_tasks import task
from wagtail.models import DraftStateMixin, Page, Revision

from cms.worker.queue import ask_once


@task(backend="worker")
def publish(revision: int) -> None:
    """Publish a revision whose time has come; nothing when it was published or called back meanwhile."""
    due = Revision.objects.filter(pk=revision, approved_go_live_at__lte=timezone.now()).first()
    if due:
        due.publish(log_action="wagtail.publish.scheduled")


@task(backend="worker")
def expire(label: str, number: int | str) -> None:
    """Take offline what has expired; nothing when it was given more time meanwhile."""
    for due in expired(apps.get_model(label)).filter(pk=number):
        due.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def expired(model: type[Model]) -> QuerySet[Any]:
    """Return what is live though its time is over."""
    return model._default_manager.filter(live=True, expire_at__lte=timezone.now())


def look() -> None:
    """Ask for all that is due."""
    drafts = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in (Page, *drafts):
        for number in expired(model).order_by("expire_at").values_list("pk", flat=True):
            ask_once(expire, model._meta.label, number)
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by("approved_go_live_at")
    for number in due.values_list("pk", flat=True):
        ask_once(publish, number)
