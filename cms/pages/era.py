"""The strip of years over a record: its own, and those of what it is tied to and stands beside."""

from collections.abc import Iterable
from dataclasses import dataclass

from cms.models import Holding
from cms.models.kinds import kind_of
from cms.pages.name_history import year_said

FEWEST, MOST = 4, 11
"""Years that differ, and cells; fewer are seen at a glance, more are no strip."""


@dataclass(frozen=True)
class Year:
    """A year as it is said, and what begins in it; `here` is the record itself."""

    said: str
    holding: Holding
    here: bool


def first_year(holding: Holding) -> str:
    """Return the year in which something begins, `977`, `前222`, `1901?`; empty where no whole year is known."""
    start = holding.date_edtf.partition("/")[0]
    year = holding.first_year
    if year is None or "X" in start.partition("-")[0]:
        return ""
    return year_said(f"{year:0{5 if year < 0 else 4}d}") + ("?" if start.endswith(("?", "~", "%")) else "")


def strip(page: Holding, others: Iterable[Holding]) -> list[Year]:
    """Return the years round a record in the order of time; none round one without a date of its own.

    Years of people are left out: a year of birth is nothing that happened here, and of the living it is not told.
    """
    if not page.shows_body or not first_year(page):
        return []
    dated = {page.pk: page}
    for other in others:
        if other.pk != page.pk and kind_of(other).facet != "people" and first_year(other):
            dated[other.pk] = other
    ranked = sorted(dated.values(), key=lambda one: (one.date_earliest or 0, one.path))
    at = next(place for place, one in enumerate(ranked) if one.pk == page.pk)
    start = max(0, min(at - MOST // 2, len(ranked) - MOST))
    near = [Year(first_year(one), one, one.pk == page.pk) for one in ranked[start : start + MOST]]
    return near if len({year.said for year in near}) >= FEWEST else []
