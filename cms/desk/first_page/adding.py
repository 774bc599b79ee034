"""What somebody can add, kind by kind, in the groups in which readers find the shelves."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse

from cms.desk.first_page.things import Thing
from cms.models import Shelf
from cms.models.kinds import kinds
from cms.pages.context_processors import headings


@dataclass(frozen=True)
class Additions:
    """A group of shelves, and the kinds that somebody can add to them."""

    label: str
    things: list[Thing]


def additions(user: User) -> list[Additions]:
    """Return the kinds that stand on a shelf to which somebody may add; a chapter is added below its work."""
    shelves = {shelf.slug: shelf for shelf in Shelf.objects.all()}
    found: dict[str, list[Thing]] = {group: [] for group in headings()}
    for kind in kinds():
        shelf = shelves.get(kind.shelf.slug) if kind.shelf else None
        if kind.shelf is None or shelf is None or not shelf.permissions_for_user(user).can_add_subpage():
            continue
        where = [kind._meta.app_label, kind._meta.model_name, shelf.pk]
        url = reverse("wagtailadmin_pages:add", args=where)
        found[kind.shelf.group].append(Thing(str(kind._meta.verbose_name), url, kind.glyph, kind.tone))
    return [Additions(label, found[group]) for group, label in headings().items() if found[group]]
