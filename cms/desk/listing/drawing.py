"""What the page of a list shows around its rows: filters with what is chosen, conditions in force, columns, headings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from cms.desk.listing import cells, from_data, of_kinds
from cms.desk.listing.asked import SIZES, Asked, fixed_filter
from cms.desk.listing.common import COMMON
from cms.models.kinds import kinds


@dataclass(frozen=True)
class Chip:
    """A condition in force, in words, and the list without it."""

    words: str
    query: str


@dataclass(frozen=True)
class Group:
    """A filter on the page: its values as (value, label, chosen); `many` of them stand in a box to choose one from."""

    name: str
    label: str
    values: list[tuple[str, str, bool]]
    many: bool

    @property
    def chosen(self) -> bool:
        """Whether something is chosen in it."""
        return any(chosen for _value, _label, chosen in self.values)


@dataclass(frozen=True)
class Heading:
    """The head of a column: the list sorted by it, and how it is sorted now (`ascending`, `descending` or not)."""

    label: str
    query: str
    sorted: str


def groups(asked: Asked, options: from_data.Options) -> Iterator[Group]:
    """Yield the filters that are offered for the kinds of a list, those that are asked for anyway among them."""
    offered = [*COMMON, *of_kinds.offered(asked.kinds)]
    names = {one.name for one in offered}
    beside = [one for name in asked.values if name not in names and (one := fixed_filter(name))]
    for one in (*offered, *beside):
        chosen = asked.values.get(one.name, ())
        values = [(value.name, str(value.label), value.name in chosen) for value in one.values]
        yield Group(one.name, str(one.label), values, many=False)
    for data in data_filters(asked):
        chosen, there = asked.values.get(data.name, ()), options[data.name]
        gone = [(value, str(_("已经没有了"))) for value in chosen if value not in dict(there)]
        values = [(value, label, value in chosen) for value, label in (*there, *gone)]
        if values:
            yield Group(data.name, str(data.label), values, many=True)


def data_filters(asked: Asked) -> list[from_data.DataFilter]:
    """Return the filters by what there is, those that are asked for anyway among them."""
    offered = from_data.offered(asked.kinds)
    names = {one.name for one in offered}
    beside = [
        one for name in asked.values if name not in names and not fixed_filter(name) and (one := from_data.known(name))
    ]
    return [*offered, *beside]


def chips(asked: Asked, shown: list[Group]) -> Iterator[Chip]:
    """Yield each condition in force."""
    for kind in asked.kinds:
        rest = tuple(one for one in asked.kinds if one is not kind)
        yield Chip(str(kind._meta.verbose_name), replace(asked, kinds=rest).query())
    if asked.words:
        yield Chip(_("有“%(words)s”") % {"words": asked.words}, replace(asked, words="").query())
    if asked.years != (None, None):
        yield Chip(years(*asked.years), replace(asked, years=(None, None)).query())
    for group in shown:
        if group.chosen:
            named = _("、").join(label for _value, label, chosen in group.values if chosen)
            words = _("%(filter)s：%(values)s") % {"filter": group.label, "values": named}
            yield Chip(words, asked.without(group.name).query())


def years(first: int | None, last: int | None) -> str:
    """Return some years in words, from one, to one, or both."""
    if last is None:
        return _("%(first)s 年以后") % {"first": first}
    if first is None:
        return _("%(last)s 年以前") % {"last": last}
    return _("%(first)s 至 %(last)s 年") % {"first": first, "last": last}


def headings(asked: Asked) -> Iterator[Heading]:
    """Yield the head of each column; pressing the one that is sorted by turns the order round."""
    now, back = asked.order.removeprefix("-"), asked.order.startswith("-")
    for column in (cells.TITLE, *asked.shown):
        here = column.name == now
        way = ("descending" if back else "ascending") if here else ""
        order = f"-{column.name}" if here and not back else column.name
        yield Heading(str(column.label), replace(asked, order=order).query() if column.order else "", way)


def title(asked: Asked) -> str:
    """Return what a page with a list is called."""
    return str(asked.kind._meta.verbose_name_plural) if asked.kind else _("全部馆藏")


def context(asked: Asked, user: User) -> dict[str, Any]:
    """Return what is around the rows."""
    shown = list(groups(asked, from_data.options(data_filters(asked), user, asked.values)))
    picked = [column.name for column in asked.shown]
    there = cells.offered(asked.kind)
    order = [*picked, *(name for name in there if name not in picked)]
    return {
        "asked": asked,
        "query": asked.query(),
        "groups": shown,
        "chips": list(chips(asked, shown)),
        "headings": list(headings(asked)),
        "columns": [(name, there[name].label, name in picked) for name in order],
        "kinds": [(kind._meta.model_name, kind._meta.verbose_name, kind in asked.kinds) for kind in kinds()],
        "sizes": [(size, replace(asked, size=size).query(), size == asked.size) for size in SIZES],
    }
