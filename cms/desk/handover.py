"""What a person leaves behind whose account is removed, and handing it over: nothing that somebody wrote goes in silence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import PROTECT, RESTRICT, Count, ForeignKey, Q, QuerySet
from wagtail.models import Comment, CommentReply, Page

from cms.desk.usage import references

WRITTEN = (Comment, CommentReply)
"""What Wagtail would delete along with its author. Our own models protect what was written: they would refuse."""


@dataclass(frozen=True)
class Left:
    """The rows of one table that are somebody's."""

    key: ForeignKey[Any, Any]
    rows: QuerySet[Any]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """What they are, in the reader's language, and how many; pages are told apart by kind."""
        if self.key.model is not Page:
            return [(str(self.key.model._meta.verbose_name), self.rows.count())]
        found = self.rows.order_by().values_list("content_type").annotate(Count("pk"))
        kinds = ContentType.objects.in_bulk([kind for kind, _count in found])
        return [(str(kinds[kind].name), count) for kind, count in found]


def keys() -> Iterator[ForeignKey[Any, Any]]:
    """Yield the keys by which something is somebody's own: pages by their owner, and whatever would be lost or refuse."""
    for key in references(User):
        wanted = key.model in WRITTEN and key.name == "user"
        if wanted or (key.model is Page and key.name == "owner") or key.remote_field.on_delete in (PROTECT, RESTRICT):
            yield key


def left_by(user: User) -> list[Left]:
    """Return what somebody would leave behind."""
    found = (Left(key, key.model._base_manager.filter(**{key.name: user})) for key in keys())
    return [one for one in found if one.rows.exists()]


def heirs(user: User) -> QuerySet[User]:
    """Return those who may take it over: who works in one of the same groups, or has all rights."""
    others = User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("username")
    return others.filter(Q(groups__in=user.groups.all()) | Q(is_superuser=True)).distinct()


def hand_over(user: User, heir: User) -> None:
    """Make everything that is one person's another's; a model that has its own way of doing so says it in `hand_over`."""
    for left in left_by(user):
        own_way = getattr(left.key.model, "hand_over", None)
        if own_way:
            own_way(user, heir)
        else:
            left.rows.update(**{left.key.name: heir})
