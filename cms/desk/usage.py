"""What refers to things that somebody wants to remove, and whether that forbids it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django.db.models import PROTECT, Field, ForeignKey, ForeignObjectRel, Model, QuerySet
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from cms.models import Relation


@dataclass
class Referent:
    """A page that refers to what is to be removed; `ways` says by which fields or roles, in the reader's language."""

    page: Page
    must: bool = False
    ways: list[str] = field(default_factory=list)

    @property
    def forbids(self) -> bool:
        """Whether nothing may be removed while it refers to it: published, or of no use without it."""
        return self.page.live or self.must


class Going:
    """Things about to be removed, with all below them."""

    def __init__(self, things: Iterable[Model]) -> None:
        self.things = list(things)
        self.tops = [thing for thing in self.things if isinstance(thing, Page)]

    @cached_property
    def pages(self) -> list[int]:
        """Return the keys of the pages and of all pages below them."""
        return [
            key
            for top in self.tops
            for key in Page.objects.descendant_of(top, inclusive=True).values_list("pk", flat=True)
        ]

    @cached_property
    def below(self) -> QuerySet[Page]:
        """Return the pages that go because they stand below one that does."""
        return Page.objects.filter(pk__in=set(self.pages) - {top.pk for top in self.tops}).order_by("path")

    @cached_property
    def referents(self) -> list[Referent]:
        """Return the pages that stay and refer to one of them: those that forbid it first, then by title."""
        found: dict[int, Referent] = {}
        for model, keys in self._keys().items():
            for reference in references(model):
                for owner, way in owners(reference, keys):
                    if owner in self.pages:
                        continue
                    referent = found.setdefault(owner, Referent(Page(pk=owner)))
                    referent.must |= reference.remote_field.on_delete is PROTECT
                    referent.ways += [way] if way not in referent.ways else []
        pages = Page.objects.in_bulk(found)
        for key, referent in found.items():
            referent.page = pages[key]
        return sorted(found.values(), key=lambda one: (not one.forbids, one.page.title, one.page.pk))

    @property
    def refused(self) -> bool:
        """Whether they must stay for now."""
        return any(referent.forbids for referent in self.referents)

    def _keys(self) -> dict[type[Model], list[int]]:
        """Return the keys under which others may refer to them, by the models that have them."""
        keys: dict[type[Model], list[int]] = {}
        for model, some in self._by_class().items():
            for table in (model, *model._meta.get_parent_list()):
                keys.setdefault(table, []).extend(some)
        return keys

    def _by_class(self) -> dict[type[Model], list[int]]:
        by_class: dict[type[Model], list[int]] = {}
        for thing in self.things:
            if not isinstance(thing, Page):
                by_class.setdefault(type(thing), []).append(thing.pk)
        for page in Page.objects.filter(pk__in=self.pages):
            by_class.setdefault(page.specific_class or Page, []).append(page.pk)
        return by_class


def references(model: type[Model]) -> Iterator[ForeignKey[Any, Any]]:
    """Yield every foreign key, those of many-to-many tables too, that points to a table of ours; not the ties to a parent."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or not (relation.one_to_many or relation.one_to_one):
            continue
        key = relation.field
        own = relation.model is model and not getattr(key.remote_field, "parent_link", False)
        if own and isinstance(key, ForeignKey):
            yield key


def owner_of(model: type[Model], pointing: "Field[Any, Any] | None") -> str | None:
    """Return the attribute by which a row belongs to a page, "pk" where it is one, or None."""
    if issubclass(model, Page):
        return "pk"
    ends = [key for key in model._meta.concrete_fields if isinstance(key, ForeignKey) and key is not pointing]
    for key in ends:
        parental = isinstance(key, ParentalKey) or model._meta.auto_created
        if parental and issubclass(key.related_model, Page):
            return key.attname
    return None


def owners(reference: ForeignKey[Any, Any], keys: list[int]) -> Iterator[tuple[int, str]]:
    """Yield the page that each referring row belongs to, with how it refers."""
    model = reference.model
    owner = owner_of(model, reference)
    if owner is None:
        return
    # What was taken out of its page, as a stop of a tour, belongs to none until it is put back.
    rows = model._base_manager.filter(**{f"{reference.name}__in": keys, f"{owner}__isnull": False}).order_by()
    if model is Relation:
        for page, role in rows.values_list(owner, "role").distinct():
            yield page, str(Relation(role=role).get_role_display())
    else:
        for page in rows.values_list(owner, flat=True).distinct():
            yield page, wording(reference)


def wording(reference: ForeignKey[Any, Any]) -> str:
    """Return what a reference is called on the form where it was made."""
    model = reference.model
    if model._meta.auto_created:
        # The table between two models: what counts is the field that made it. `auto_created` is the model with that field.
        fields = cast("type[Model]", model._meta.auto_created)._meta.local_many_to_many
        return next(str(one.verbose_name) for one in fields if one.remote_field.through is model)
    if issubclass(model, Page):
        return str(reference.verbose_name)
    return f"{model._meta.verbose_name} · {reference.verbose_name}"
