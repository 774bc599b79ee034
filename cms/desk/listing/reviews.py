"""How far the review of a page is, as a condition and as a column; Wagtail keeps it by the text of the page's key."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState

IN_REVIEW, RETURNED = WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES


def open_reviews() -> "QuerySet[WorkflowState]":
    """Return the reviews of pages that wait for somebody: for the reviewer, or for whoever is to mend."""
    of_pages = ContentType.objects.get_for_model(Page)
    return WorkflowState.objects.filter(base_content_type=of_pages, status__in=(IN_REVIEW, RETURNED))


def in_state(status: str) -> Q:
    """Return what a page must be whose review is so far."""
    keys = open_reviews().filter(status=status).annotate(page_key=Cast("object_id", BigIntegerField()))
    return Q(pk__in=keys.values("page_key"))


def state_of_row() -> Subquery:
    """Return the state of the open review of each row; None where there is none."""
    of_row = open_reviews().filter(object_id=Cast(OuterRef("pk"), CharField()))
    return Subquery(of_row.values("status")[:1])
