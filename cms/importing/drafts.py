"""Unpublished drafts of what an import changes: the table's changes go into them too, and nothing of theirs is published."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published

from cms.models import Holding


@dataclass
class Drafts:
    """The drafts met so far, by the id of their holding; None where there is none."""

    known: dict[int, Holding | None] = field(default_factory=dict)

    def of(self, holding: Holding) -> Holding | None:
        """Return the draft of a holding, the same object for the whole import."""
        if holding.pk not in self.known:
            waits = holding.has_unpublished_changes and holding.latest_revision_id
            self.known[holding.pk] = holding.latest_revision.as_object() if waits else None
        return self.known[holding.pk]

    def begin(self, pk: int) -> Holding:
        """Return the draft of a holding, begun now where there is none."""
        found = self.of_number(pk)
        if found is None:
            there = Holding.objects.select_related("latest_revision").get(pk=pk)
            found = there.latest_revision.as_object() if there.latest_revision_id else there.specific
            self.known[pk] = found
        return found

    def of_number(self, pk: int) -> Holding | None:
        """Return the draft of a holding that is not at hand."""
        if pk not in self.known:
            self.of(Holding.objects.select_related("latest_revision").get(pk=pk))
        return self.known[pk]


def settled(holding: Holding, draft: Holding | None, user: User | None, is_clean: bool = False) -> None:
    """Keep what was written into a live holding in its history and publish it; the draft stays the newest, and a draft.

    What was hidden stays hidden. `is_clean` says that all of it was cleaned when it was saved, its parts together too.
    """
    if holding.live:
        if is_clean and draft is None and is_plain(holding):
            publish_written(holding, user)
        else:
            holding.save_revision(user=user, clean=False).publish(user=user)
    elif draft is None:
        holding.save_revision(user=user)
    if draft is not None:
        # A draft need not be whole; it is asked to be when somebody publishes it.
        draft.settle_translations()
        draft.save_revision(user=user, clean=False, log_action=True)


def is_plain(holding: Holding) -> bool:
    """Tell whether publishing a live holding would do nothing beyond saving it: no appointed time, no review to be ended."""
    return not holding.go_live_at and not holding.workflow_in_progress


def publish_written(holding: Holding, user: User | None) -> None:
    """Publish what stands in the tables already: Wagtail's own way makes it anew from the revision and saves it once more."""
    revision = holding.save_revision(user=user, clean=False, changed=False)
    state = {"last_published_at": timezone.now(), "expired": False, "has_unpublished_changes": False}
    Page.objects.filter(pk=holding.pk).update(live_revision=revision, **state)
    holding.update_aliases(revision=revision, _content=revision.content)
    page_published.send(sender=type(holding), instance=holding, revision=revision)
    log(instance=holding, action="wagtail.publish", user=user, revision=revision, content_changed=True)


def diverges(theirs: Any, before: Any, wanted: Any) -> bool:
    """Tell whether a draft changed something that a table changes too, and to something else."""
    return theirs not in (before, wanted)
