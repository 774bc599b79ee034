"""Unpublished drafts of what an import changes: the table's changes go into them too, and nothing of theirs is published."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User

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


def settled(holding: Holding, draft: Holding | None, user: User | None) -> None:
    """Keep what was written into a live holding in its history and publish it; the draft stays the newest, and a draft.

    What was hidden stays hidden.
    """
    if holding.live:
        holding.save_revision(user=user, clean=False).publish(user=user)
    elif draft is None:
        holding.save_revision(user=user)
    if draft is not None:
        # A draft need not be whole; it is asked to be when somebody publishes it.
        draft.settle_translations()
        draft.save_revision(user=user, clean=False, log_action=True)


def diverges(theirs: Any, before: Any, wanted: Any) -> bool:
    """Tell whether a draft changed something that a table changes too, and to something else."""
    return theirs not in (before, wanted)
