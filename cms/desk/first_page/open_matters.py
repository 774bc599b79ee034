"""What is open for everybody at the desk and stands in no list of holdings: words searched in vain, questions of visitors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.utils.translation import gettext_lazy as _

from search.models import Unfound

if TYPE_CHECKING:  # A name that there is for mypy alone.
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True)
class OpenMatter:
    """Rows that somebody should look at: what they are called, the name of the page's address, and the rows."""

    label: "StrPromise | str"
    address: str
    rows: "Callable[[], QuerySet[Any]]"


MATTERS: list[OpenMatter] = [OpenMatter(_("读者没找到"), "unfound", lambda: Unfound.objects.filter(settled=False))]
"""In their order; a kind adds its own in its `wagtail_hooks.py`."""


def number(matter: OpenMatter) -> Subquery:
    """Return how many rows there are, to be asked within another query; None for none."""
    counted = matter.rows().order_by().annotate(one=Value(1)).values("one").annotate(rows=Count("pk"))
    return Subquery(counted.values("rows"), output_field=IntegerField())
