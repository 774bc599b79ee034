"""What a list is asked for, as its address says it and as it is kept under a name: kinds, words, filters, columns, order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import QueryDict
from wagtail.permissions import page_permission_policy

from cms.catalogue.filters import Filter
from cms.dates.calendar import ordinal
from cms.desk.admin_search import found_by
from cms.desk.listing import cells, from_data, of_kinds
from cms.desk.listing.common import COMMON
from cms.models import Holding
from cms.models.kinds import kind_named

SIZES = (25, 50, 100)
SIZE = 50
LONGEST = 200
"""Characters of the words that are looked for."""
NOT_FILTERS = frozenset({"kind", "words", "from", "to", "column", "sort", "size", "p", "view", "csrfmiddlewaretoken"})
DEFAULT_ORDER = "-changed"


@dataclass(frozen=True)
class Asked:
    """A list as it is asked for. `values` holds the chosen values of each filter by its name, `unknown` what no list has."""

    kinds: of_kinds.Kinds = ()
    words: str = ""
    years: tuple[int | None, int | None] = (None, None)
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    order: str = DEFAULT_ORDER
    size: int = SIZE
    unknown: tuple[str, ...] = ()

    @property
    def kind(self) -> type[Holding] | None:
        """The kind that the list is of, where it is of one alone."""
        return self.kinds[0] if len(self.kinds) == 1 else None

    @property
    def shown(self) -> list[cells.ListColumn]:
        """The columns that are shown, after the title."""
        there = cells.offered(self.kind)
        return [there[name] for name in self.columns or cells.DEFAULT if name in there]

    def query(self) -> str:
        """Return the address of it, the same for the same list; what was not known is left out."""
        pairs = [("kind", kind._meta.model_name) for kind in self.kinds]
        pairs += [("words", self.words)] if self.words else []
        pairs += [(name, str(year)) for name, year in zip(("from", "to"), self.years, strict=True) if year is not None]
        pairs += [(name, value) for name in sorted(self.values) for value in self.values[name]]
        pairs += [("column", name) for name in self.columns]
        pairs += [("sort", self.order)] if self.order != DEFAULT_ORDER else []
        pairs += [("size", str(self.size))] if self.size != SIZE else []
        return urlencode(pairs)

    def without(self, name: str) -> "Asked":
        """Return the same without a filter."""
        return replace(self, values={one: values for one, values in self.values.items() if one != name})

    def condition(self, user: User, everything: bool = False) -> Q:
        """Return what a record must be to stand in the list, and that whoever asks may edit it, unless this is asked anyway."""
        found = Q(pk__isnull=False)
        if self.kinds:
            types = ContentType.objects.get_for_models(*self.kinds).values()
            found &= Q(content_type__in=[one.pk for one in types])
        if self.words:
            found &= Q(pk__in=found_by(self.words))
        for name, values in self.values.items():
            found &= any_of(name, values, user)
        return found & in_years(*self.years) & (Q() if everything else may_edit(user))


def any_of(name: str, values: tuple[str, ...], user: User) -> Q:
    """Return the condition of one filter: that one of the values holds."""
    fixed, found = fixed_filter(name), Q()
    if fixed:
        for value in fixed.values:
            if value.name in values:
                found |= value.condition()
        return found
    by_data = from_data.known(name)
    for key in values:
        found |= by_data.condition(key, user) if by_data else from_data.NOBODY
    return found


def in_years(first: int | None, last: int | None) -> Q:
    """Return the condition that a date meets the years from one to another; what has no date meets none."""
    found = Q()
    if last is not None:
        found &= Q(date_earliest__lt=ordinal(last + 1)) | Q(date_earliest=None, date_latest__isnull=False)
    if first is not None:
        found &= Q(date_latest__gte=ordinal(first)) | Q(date_latest=None, date_earliest__isnull=False)
    return found


def may_edit(user: User) -> Q:
    """Return the condition that somebody may edit a record."""
    if user.is_active and user.is_superuser:
        return Q()
    mine = page_permission_policy.instances_user_has_permission_for(user, "change")
    return Q(pk__in=mine.values("pk"))


def fixed_filter(name: str) -> Filter | None:
    """Return the filter of a name whose values are always the same."""
    return next((one for one in COMMON if one.name == name), None) or of_kinds.every().get(name)


def read(sent: QueryDict) -> Asked:
    """Read an address; what no list has stands in `unknown`, and nothing in it can fail."""
    unknown: list[str] = []

    def kept(name: str, known: Callable[[str], bool]) -> Iterator[str]:
        for value in dict.fromkeys(sent.getlist(name)):
            if value and known(value):
                yield value
            elif value:
                unknown.append(f"{name}={value}")

    chosen = tuple(kind for value in kept("kind", is_kind) if (kind := kind_named(value)))
    values = {name: tuple(sorted(kept(name, partial(is_value, name)))) for name in sent}
    there = cells.offered(chosen[0] if len(chosen) == 1 else None)
    wanted = tuple(kept("column", lambda value: value in there))
    order = next(kept("sort", lambda value: is_order(value, there)), DEFAULT_ORDER)
    size = next(kept("size", lambda value: value in map(str, SIZES)), str(SIZE))
    years = [next(kept(name, is_year), None) for name in ("from", "to")]
    first, last = (None if year is None else int(year) for year in years)
    return Asked(
        kinds=chosen,
        words=" ".join(sent.get("words", "").replace("\0", "").split())[:LONGEST],
        years=(first, last),
        values={name: found for name, found in values.items() if found and name not in NOT_FILTERS},
        columns=wanted,
        order=order,
        size=int(size),
        unknown=tuple(dict.fromkeys(unknown)),
    )


def parsed(query: str) -> Asked:
    """Read what was kept of an address."""
    return read(QueryDict(query))


def is_kind(value: str) -> bool:
    """Whether there is such a kind."""
    return kind_named(value) is not None


def is_value(name: str, value: str) -> bool:
    """Whether there is such a filter, with such a value as far as its values are always the same."""
    if name in NOT_FILTERS:
        return True
    fixed = fixed_filter(name)
    if fixed:
        return any(value == one.name for one in fixed.values)
    by_data = from_data.known(name)
    return by_data is not None and "\0" not in value and len(value) <= LONGEST


def is_order(value: str, there: dict[str, cells.ListColumn]) -> bool:
    """Whether a list can be put in such an order."""
    name = value.removeprefix("-")
    return name == cells.TITLE.name or bool(name in there and there[name].order)


def is_year(value: str) -> bool:
    """Whether it is a year that a calendar has."""
    bare = value.removeprefix("-")
    return bare.isascii() and bare.isdecimal() and len(bare) <= 4
