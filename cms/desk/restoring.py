"""Bringing back what was removed: the same rows under the same numbers, in their place or the nearest that is free."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, ForeignKey, Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex

from cms.desk.usage import owner_of
from cms.models import Holding, Relation, Removal
from cms.worker.queue import ask_once
from media.models import Image, Sound
from media.renditions import make_by_id
from search.outbox import enqueue


class Refused(Exception):
    """It cannot be brought back as things stand; the text says why."""


def bring_back(number: int, user: User | None) -> tuple[Removal, int]:
    """Put the rows of a removal back; it, and how many rows found no place any more. Raises Refused."""
    try:
        with transaction.atomic():
            removal = Removal.objects.select_for_update().get(pk=number)
            if removal.restored_at:
                raise Refused(_("“%(title)s”已经恢复过了。") % {"title": removal.title})
            left_out = put_back(removal, user)
            removal.restored_at, removal.restored_by = timezone.now(), user
            removal.save(update_fields=["restored_at", "restored_by"])
    except IntegrityError as error:
        raise Refused(_("“%(title)s”恢复不了：有的编号或标识已经另有所用。") % {"title": removal.title}) from error
    return removal, left_out


def put_back(removal: Removal, user: User | None) -> int:
    """Write the rows; the number of those that lead to something that is no more."""
    instances = [made(row) for row in removal.rows]
    pages = [one for one in instances if type(one) is Page]
    settle_places(pages)
    check_numbers(one for one in instances if type(one) is Holding)
    check_files(one for one in instances if isinstance(one, (Image, Sound)))
    kept = with_ends(instances)
    for instance in kept:
        instance.save_base(raw=True, force_insert=True)
    for label, key, attribute, value in removal.cleared:
        refill(label, key, attribute, value)
    follow_up(kept, user)
    return len(instances) - len(kept)


def made(row: dict[str, Any]) -> Model:
    """Return the row of one table as it was, not yet saved."""
    model = apps.get_model(row["model"])
    columns = {column.attname: column for column in model._meta.local_concrete_fields}
    known = {name: columns[name].to_python(value) for name, value in row["fields"].items() if name in columns}
    return model(**known)


def settle_places(pages: list[Page]) -> None:
    """Find each branch its place in the tree: the old one, or the next that is free under the same parent. Raises Refused."""
    paths = {page.path for page in pages}
    for top in sorted(pages, key=lambda page: page.path):
        if top.path[: -Page.steplen] in paths:
            continue
        parent = Page.objects.filter(path=top.path[: -Page.steplen]).first()
        if parent is None:
            raise Refused(_("“%(title)s”原来的上级已经不在了，请先恢复上级。") % {"title": top.title})
        branch = [page for page in pages if page.path.startswith(top.path)]
        place(top, parent, branch)


def place(top: Page, parent: Page, branch: list[Page]) -> None:
    """Give the pages of one branch paths and addresses that nobody has taken meanwhile."""
    path, address = top.path, top.url_path
    siblings = parent.get_children()
    if siblings.filter(path=path).exists():
        path = siblings.last()._inc_path()
    top.slug = free_slug(top.slug, siblings)
    for page in branch:
        page.path = path + page.path[len(top.path) :] if page is not top else page.path
        page.url_path = f"{parent.url_path}{top.slug}/{page.url_path[len(address) :]}"
    top.path = path
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)


def free_slug(slug: str, siblings: Iterable[Page]) -> str:
    """Return the last part of an address, with a number where another page has taken it."""
    taken = {page.slug for page in siblings}
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(one for one in numbered if one not in taken)


def check_numbers(holdings: Iterable[Holding]) -> None:
    """Raise Refused where a permanent number was given to another record meanwhile."""
    numbers = [holding.uid for holding in holdings]
    taken = Holding.objects.filter(uid__in=numbers).first()
    if taken:
        raise Refused(_("编号 %(uid)s 现在属于《%(title)s》。") % {"uid": taken.uid, "title": taken.title})


def check_files(media: Iterable[Image | Sound]) -> None:
    """Raise Refused where the upload of a picture or a recording is no longer kept, or belongs to another by now."""
    for medium in media:
        name = str(medium.file.name)
        if medium.file.storage.exists(name) and not type(medium)._default_manager.filter(file=name).exists():
            continue
        if isinstance(medium, Sound):
            raise Refused(_("录音“%(title)s”恢复不了：文件只留三十天，已经清掉了。") % {"title": medium.title})
        raise Refused(_("图片“%(title)s”恢复不了：原图文件只留三十天，已经清掉了。") % {"title": medium.title})


def with_ends(instances: list[Model]) -> list[Model]:
    """Return the rows whose ends are all there: one that may be empty is emptied, any other row is left out, and what needs it."""
    while True:
        there = {(table, one.pk) for one in instances for table in (type(one), *type(one)._meta.get_parent_list())}
        kept = [one for one in instances if not any(missing(one, there))]
        if len(kept) == len(instances):
            return kept
        instances = kept


def missing(instance: Model, there: set[tuple[type[Model], Any]]) -> Iterator[ForeignKey[Any, Any]]:
    """Yield each key of a row that leads nowhere and may not be empty; empty those that may."""
    for column in instance._meta.local_concrete_fields:
        if not isinstance(column, ForeignKey) or not getattr(column, "db_constraint", True):
            continue
        value, target = getattr(instance, column.attname), column.related_model
        if value is None or (target, value) in there or target._base_manager.filter(pk=value).exists():
            continue
        if column.null:
            setattr(instance, column.attname, None)
        else:
            yield column


def refill(label: str, key: Any, attribute: str, value: Any) -> None:
    """Let a row that stayed point again to what it did, where nobody has chosen something else since."""
    model = apps.get_model(label)
    column = next(one for one in model._meta.concrete_fields if one.attname == attribute)
    if column.related_model._base_manager.filter(pk=value).exists():
        model._base_manager.filter(Q(pk=key), **{f"{column.name}__isnull": True}).update(**{attribute: value})


def follow_up(rows: list[Model], user: User | None) -> None:
    """Bring in line what is kept beside the rows: who refers to what, the history, what search knows, the sizes of pictures."""
    came_back = {one.pk for one in rows if type(one) is Page}
    tied = {getattr(one, owner) for one in rows if type(one) is not Page and (owner := owner_of(type(one), None))}
    tied |= {one.target_id for one in rows if isinstance(one, Relation)}
    pages = list(Page.objects.filter(pk__in=came_back | tied).specific())
    for page in pages:
        ReferenceIndex.create_or_update_for_object(page)
        if page.pk in came_back:
            log(page, "zhihui.restore", user=user)
    enqueue([page.pk for page in pages if isinstance(page, Holding)])
    for picture in (one for one in rows if type(one) is Image):
        ask_once(make_by_id, picture.pk)
