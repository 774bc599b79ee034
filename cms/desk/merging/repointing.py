"""Letting all that refers to one record refer to another: rows in the database, and drafts; in a few statements for any number.

A page of which rows change gets a new version with them, as if somebody had chosen the other record on its form; so whoever
has that form open is told.
"""

from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.desk.merging.keys import doubled
from cms.desk.merging.pointing import Pointing, led_on, pointings, refers
from cms.desk.merging.versions import renewed
from cms.journal.recording import Recorder
from cms.models import FormerNumber, Holding
from search.models import Promotion
from search.outbox import enqueue

AT_ONCE = 200


@dataclass
class Repointing:
    """All that refers to `old` and shall refer to `new`; `keys` are those of the rows, by the key that they use.

    Without `addresses` what leads readers to it by a number, an address or a query stays: it is still there itself.
    """

    old: Holding
    new: Holding
    addresses: bool = True
    rows: dict[Pointing, list[int]] = field(default_factory=dict)
    pages: set[int] = field(default_factory=set)
    """The pages whose rows or drafts refer to it."""

    def look(self) -> "Repointing":
        """Find the rows and the drafts. What belongs to one of the two themselves is not meant."""
        both = {self.old.pk, self.new.pk}
        for one in pointings(type(self.old)):
            if one.model in (Redirect, FormerNumber) and not self.addresses:
                continue
            found = one.model._base_manager.filter(**{one.key.name: self.old.pk}).order_by("pk")
            pairs = (
                found.values_list("pk", one.owner)
                if one.owner
                else ((pk, None) for pk in found.values_list("pk", flat=True))
            )
            kept = [(pk, owner) for pk, owner in pairs if owner not in both]
            if kept:
                self.rows[one] = [pk for pk, _owner in kept]
                self.pages |= {owner for _pk, owner in kept if owner is not None}
        self.pages |= self.drafts() - both
        return self

    def drafts(self) -> set[int]:
        """Return the pages of which the draft alone refers to it."""
        waiting = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
        versions = Revision.objects.filter(pk__in=waiting).annotate(text=Cast("content", TextField()))
        # Roughly, by what may stand before a key in JSON, so that few are read.
        found = versions.filter(reduce(or_, (Q(text__contains=f"{sign}{self.old.pk}") for sign in (": ", "[", ", "))))
        return {
            int(version.object_id)
            for version in found.only("object_id", "content")
            if any(refers(version.content, one, self.old.pk) for one in pointings(type(self.old)))
        }

    def watch(self, recorder: Recorder) -> None:
        """Let the journal see how all of it stands."""
        recorder.watch_pages(self.pages)
        for one, keys in self.rows.items():
            if one.owner and issubclass(one.model, Page):
                continue
            loose = one.model._base_manager.filter(pk__in=keys)
            loose = loose.filter(**{f"{one.owner}__isnull": True}) if one.owner else loose
            recorder.watch(one.model, loose.values_list("pk", flat=True))
        if self.addresses:
            promoted = Promotion.objects.filter(holding=self.old.pk)
            recorder.watch(Promotion, promoted.values_list("pk", flat=True))

    def do(self, user: User) -> None:
        """Let all of it refer to the other. Call it in the transaction of the change."""
        for one, keys in self.rows.items():
            for start in range(0, len(keys), AT_ONCE):
                self.lead(one, keys[start : start + AT_ONCE])
        if self.addresses:
            self.lead_promotions()
        self.renew_versions(user)
        page = ContentType.objects.get_for_model(Page)
        stays = Q(base_content_type=page, object_id__in=[str(self.old.pk), str(self.new.pk)])
        index = ReferenceIndex.objects.filter(to_content_type=page, to_object_id=str(self.old.pk)).exclude(stays)
        index.update(to_object_id=str(self.new.pk))
        enqueue(sorted(self.pages))

    def lead(self, one: Pointing, keys: list[int]) -> None:
        """Let some rows point to the other; one that stands there already is not wanted twice."""
        base = one.model._base_manager
        rows = list(base.filter(pk__in=keys).order_by("pk"))
        there = base.filter(**{one.key.name: self.new.pk})
        there = there.filter(**{f"{one.owner}__in": [getattr(row, one.owner) for row in rows]}) if one.owner else there
        twice = [row.pk for row in doubled(rows, list(there), one.key)]
        base.filter(pk__in=set(keys) - set(twice)).update(**{one.key.attname: self.new.pk})
        if one.owner and not issubclass(one.model, Page):
            self.drop(one, twice)

    def drop(self, one: Pointing, keys: list[int]) -> None:
        """Take rows away that stand there already, with what the index of references says of them, in two statements."""
        with disable_reference_index_auto_update():
            one.model._base_manager.filter(pk__in=keys).delete()
        paths = [f"{one.in_version()}.{key}.{one.key.name}" for key in keys]
        ReferenceIndex.objects.filter(to_object_id=str(self.old.pk), content_path__in=paths).delete()

    def lead_promotions(self) -> None:
        """Let the queries for which it stood first find the other; these keep a number and no key."""
        mine = Promotion.objects.filter(holding=self.old.pk)
        mine.filter(plain__in=Promotion.objects.filter(holding=self.new.pk).values("plain")).delete()
        mine.update(holding=self.new.pk)

    def renew_versions(self, user: User) -> None:
        """Give each page a version that refers to the other."""
        ways = list(pointings(type(self.old)))

        def changed(content: dict[str, Any]) -> bool:
            led = [led_on(content, one, self.old.pk, self.new.pk) for one in ways]
            return any(led)

        renewed(sorted(self.pages), changed, user, str(self.new))
