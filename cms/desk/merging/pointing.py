"""The keys by which others refer to a record of a kind: in the rows of the database, and in a version of a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import ForeignKey, Model
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.desk.merging.keys import key_of
from cms.desk.usage import owner_of, references
from cms.models import TakeDown


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
