"""Putting holdings of any kind where they may stand."""

from wagtail.models import Page

from cms.models import Holding, Shelf
from cms.models.kinds import kinds


def put(kind: type[Holding], title: str, parent: Page | None = None, **fields: object) -> Holding:
    """Put a published holding of a kind where it may stand."""
    if parent is None:
        parent = place_for(kind)
    required = {
        field.name: field.choices[0][0] for field in kind._meta.local_fields if field.choices and not field.blank
    }
    return parent.add_child(instance=kind(title=title, **(required | fields)))


def place_for(kind: type[Holding]) -> Page:
    """Return a page below which a kind may stand: its shelf, or a holding made for it."""
    if kind.shelf is not None:
        return Shelf.objects.get(slug=kind.shelf.slug)
    above = next(one for one in kinds() if one in kind.allowed_parent_page_models())
    return put(above, f"上级：{above._meta.verbose_name}")
