"""Filters whose values are what there is in the library: themes, imports, colleagues, shelves, what a field is chosen from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.catalogue.bilingual import in_english
from cms.desk.listing import of_kinds
from cms.desk.reporting import may as may_see_who
from cms.models import Holding, ImportBatch, Theme

if TYPE_CHECKING:  # A name that there is for mypy alone.
    from django.utils.functional import _StrPromise as StrPromise

Options = dict[str, list[tuple[str, str]]]
"""The values of each filter, as (value, label)."""
NOBODY = Q(pk=None)
"""What no record is."""
ME, NONE = "me", "none"
SHELVES = 3
"""The depth of shelves in the tree."""


@dataclass(frozen=True)
class DataFilter:
    """A filter by what there is: `found` reads its values as rows of key and label, `condition` takes a key and who asks."""

    name: str
    label: "StrPromise | str"
    found: Callable[[User, tuple[str, ...]], "list[QuerySet[Any]]"]
    condition: Callable[[str, User], Q]
    first: tuple[tuple[str, "StrPromise | str"], ...] = ()


def number(value: str) -> int:
    """Return a key; 0, which no row has, for what is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 16 else 0


def rows(found: "QuerySet[Any]", name: str, key: Any, label: Any) -> "QuerySet[Any]":
    """Return the values of one filter as rows that can be read together with those of others."""
    named = Value(name, CharField())
    return found.order_by().values_list(named, Cast(key, CharField()), Cast(label, CharField()))


def themes(user: User, asked: tuple[str, ...]) -> "list[QuerySet[Any]]":
    """Return the themes that some record has."""
    tied = Holding.themes.through.objects.filter(theme_id=OuterRef("pk"))
    title = "title_en" if in_english() else "title"
    return [rows(Theme.objects.filter(Exists(tied)), "theme", "pk", title)]


def batches(user: User, asked: tuple[str, ...]) -> "list[QuerySet[Any]]":
    """Return the imports of which something is there, with their days."""
    said = Concat(Cast(TruncDate("made_at"), CharField()), Value(" "), F("source"), output_field=CharField())
    there = ImportBatch.objects.filter(Exists(Holding.objects.filter(batch=OuterRef("pk"))))
    return [rows(there, "batch", "pk", said)]


def people(user: User, asked: tuple[str, ...]) -> "list[QuerySet[Any]]":
    """Return whoever wrote the last version of something, for those who answer for what is published."""
    if not may_see_who(user):
        return []
    wrote = Page.objects.filter(latest_revision__user=OuterRef("pk"))
    return [rows(User.objects.filter(Exists(wrote)), "who", "pk", "username")]


def places(user: User, asked: tuple[str, ...]) -> "list[QuerySet[Any]]":
    """Return the shelves, and the page that is asked for if it is none."""
    return [rows(Page.objects.filter(Q(depth=SHELVES) | Q(pk__in=[*map(number, asked)])), "under", "pk", "title")]


def by_theme(value: str, user: User) -> Q:
    """Return the condition of having a theme, or none."""
    tied = Holding.themes.through.objects.filter(holding_id=OuterRef("pk"))
    return ~Q(Exists(tied)) if value == NONE else Q(Exists(tied.filter(theme_id=number(value))))


def by_who(value: str, user: User) -> Q:
    """Return the condition of somebody's having written the last version; of another, for those alone who may ask."""
    if value != ME and number(value) != user.pk and not may_see_who(user):
        return NOBODY
    return Q(latest_revision__user_id=user.pk if value == ME else number(value))


def by_place(value: str, user: User) -> Q:
    """Return the condition of standing below a page."""
    path = Page.objects.filter(pk=number(value)).values_list("path", flat=True).first()
    return Q(path__startswith=path) & ~Q(pk=number(value)) if path else NOBODY


ALWAYS = (
    DataFilter("theme", _("主题"), themes, by_theme, ((NONE, _("没有主题")),)),
    DataFilter("batch", _("导入批次"), batches, lambda value, user: Q(batch_id=number(value))),
    DataFilter("who", _("谁最后改的"), people, by_who, ((ME, _("我")),)),
    DataFilter("under", _("在哪一处之下"), places, by_place),
)


def of_field(name: str) -> DataFilter:
    """Return the filter by a field of kinds that is chosen from a list. Raises FieldDoesNotExist."""
    field, bare = of_kinds.field_of(name), name.removeprefix(of_kinds.MARK)
    if not field.choices:
        raise FieldDoesNotExist(name)

    def found(user: User, asked: tuple[str, ...]) -> "list[QuerySet[Any]]":
        there = (kind._default_manager.exclude(**{bare: ""}) for kind in of_kinds.having(bare))
        return [rows(one, name, bare, bare).distinct() for one in there]

    return DataFilter(name, field.verbose_name, found, lambda value, user: of_kinds.of_any(bare, **{bare: value}))


def offered(asked: of_kinds.Kinds) -> list[DataFilter]:
    """Return those that a list of these kinds has."""
    return [*ALWAYS, *(of_field(name) for name in of_kinds.choices(asked))]


def known(name: str) -> DataFilter | None:
    """Return the filter of a name, whatever the kinds."""
    try:
        return next((one for one in ALWAYS if one.name == name), None) or of_field(name)
    except FieldDoesNotExist:
        return None


def options(filters: list[DataFilter], user: User, asked: dict[str, tuple[str, ...]]) -> Options:
    """Return the values of all these filters, read in one query, each in the order of its labels."""
    found: Options = {one.name: [(value, str(label)) for value, label in one.first] for one in filters}
    first, *others = (arm for one in filters for arm in one.found(user, asked.get(one.name, ())))
    for name, value, label in sorted(first.union(*others), key=lambda row: row[2]):
        found[name].append((value, said(name, value, label)))
    return found


def said(name: str, value: str, label: str) -> str:
    """Return what a value is called: of a field, as its list of choices calls it."""
    if not name.startswith(of_kinds.MARK):
        return label
    return str(dict(of_kinds.field_of(name).flatchoices).get(value, value))
