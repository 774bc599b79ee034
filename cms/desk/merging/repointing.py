"""Letting all that refers to one record refer to another: rows in the database, and drafts; in a few statements for any number.

A page of which rows change gets a new version with them, as if somebody had chosen the other record on its form; so whoever
has that form open is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Model, Q, TextField
from django.db.models.functions import Cast
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Revision

from cms.desk.merging.keys import doubled, key_of
from cms.desk.merging.versions import renewed
from cms.desk.usage import owner_of, references
from cms.journal.recording import Recorder
from cms.models import FormerNumber, Holding, TakeDown
from search.models import Promotion
from search.outbox import enqueue

AT_ONCE = 200


@dataclass(frozen=True)
class Pointing:
    """A foreign key by which others refer to a record: `owner` is the attribute that names their page, None where they have none."""

    key: "ForeignKey[Any, Any]"
    owner: str | None

    @property
    def model(self) -> type[Model]:
        """The model with the key."""
        return self.key.model

    def in_version(self) -> str:
        """Return under which name the rows stand in a version of their page, or the field where the page itself refers."""
        if issubclass(self.model, Page):
            return str(self.key.name)
        if self.model._meta.auto_created:
            fields = cast("type[Model]", self.model._meta.auto_created)._meta.local_many_to_many
            return next(str(one.name) for one in fields if one.remote_field.through is self.model)
        tie = next(one for one in self.model._meta.concrete_fields if one.attname == self.owner)
        return str(cast("ForeignKey[Any, Any]", tie).remote_field.get_accessor_name())


def pointings(kind: type[Model]) -> Iterator[Pointing]:
    """Yield every key by which something else than its own parts may refer to a record of a kind; Wagtail's own tables left out.

    Who watches a page, its comments, its review, its restriction and its being taken down are about that page alone.
    """
    for table in (kind, *kind._meta.get_parent_list()):
        for key in references(table):
            own = isinstance(key, ParentalKey) or own_choice(key, kind)
            ours = not key.model._meta.app_label.startswith("wagtail") or key.model is Redirect
            if ours and not own and key.model is not TakeDown:
                yield Pointing(key, owner_of(key.model, key))


def own_choice(key: "ForeignKey[Any, Any]", kind: type[Model]) -> bool:
    """Whether a key is that of a table between a record and what is chosen on it, as its themes."""
    made_by = key.model._meta.auto_created
    return isinstance(made_by, type) and issubclass(kind, made_by) and key.name == made_by._meta.model_name


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
        found = versions.filter(text__contains=f": {self.old.pk}") | versions.filter(text__contains=f"[{self.old.pk}")
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
            base.filter(pk__in=twice).delete()

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


def refers(content: dict[str, Any], one: Pointing, old: int) -> bool:
    """Whether a version of a page refers to a record by a key."""
    if one.owner is None:
        return False
    stands = content.get(one.in_version())
    if isinstance(stands, list):
        return any(row == old if not isinstance(row, dict) else row.get(one.key.name) == old for row in stands)
    return bool(stands == old)


def led_on(content: dict[str, Any], one: Pointing, old: int, new: int) -> bool:
    """Let a version of a page refer to another record; whether it did to the first."""
    if not refers(content, one, old):
        return False
    name = one.in_version()
    stands = content[name]
    if not isinstance(stands, list):
        content[name] = new
    elif not isinstance(stands[0], dict):
        content[name] = list(dict.fromkeys(new if key == old else key for key in stands))
    else:
        content[name] = list(rows_led_on(stands, one, old, new))
    return True


def owner_name(one: Pointing) -> str:
    """Return the field that names the page, which is not said within a version of that page."""
    return next(str(column.name) for column in one.model._meta.concrete_fields if column.attname == one.owner)


def rows_led_on(rows: list[dict[str, Any]], one: Pointing, old: int, new: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of a version with the other in place of the first, and none twice."""
    told = key_of(one.model)
    names, counts = [name for name in told if name not in (one.key.name, owner_name(one))], one.key.name in told
    there = {tuple(row.get(name) for name in names) for row in rows if row.get(one.key.name) == new}
    for row in rows:
        if row.get(one.key.name) != old:
            yield row
        elif not counts or (said := tuple(row.get(name) for name in names)) not in there:
            there |= {said} if counts else set()
            yield row | {one.key.name: new}
