"""The seating plan of an exhibition: a row for each section, a column for each decade, and how many exhibits sit there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.catalogue.bilingual import in_english, say
from cms.models import Holding
from cms.pages.decades import decade_label
from cms.pages.narrowing import narrows
from cms.pages.pagination import page_number
from exhibitions.models import Exhibit, Section
from search.document import Document, decades

UNDATED = "none"
"""In an address: what has no decade."""
PER_PAGE = 60
ANCHOR = "#plan"
narrows("section", "decade")


@dataclass(frozen=True)
class Seat:
    """How many exhibits of a section and a decade there are, and the address of their list; the whole row or column, too."""

    count: int
    url: str
    chosen: bool
    label: str
    total: bool = False


@dataclass(frozen=True)
class Row:
    """A row of the plan: its name, its seats from left to right, None where nobody sits."""

    section: Section | None
    seats: list[Seat | None]


def decades_of(exhibit: Holding) -> tuple[str, ...]:
    """Return the decades in which an exhibit sits, as addresses name them: those of the search, each that its date meets.

    What goes on (`198X/..`) sits in its first alone: it was made then.
    """
    first, last = exhibit.date_earliest, exhibit.date_latest
    found = decades(Document(exhibit.pk, "", "", "", first=first, last=last))
    return tuple(map(str, found)) or (UNDATED,)


class Plan:
    """Read from templates as `plan`; the parameters are `section` (its permanent number), `decade` and `page`."""

    def __init__(self, sections: Sequence[tuple[Section, list[Exhibit]]], asked: QueryDict) -> None:
        self.sections, self.asked = sections, asked
        self.all = [(section, exhibit, decades_of(exhibit)) for section, some in sections for exhibit in some]
        section, decade = asked.get("section", ""), asked.get("decade", "")
        # What nobody has heard of is not asked for.
        self.section = section if section in {s.uid for s, _some in sections} else ""
        self.decade = decade if decade in self.decades else ""

    @cached_property
    def decades(self) -> list[str]:
        """The columns, in time; what has no decade comes last."""
        found = {decade for _section, _exhibit, some in self.all for decade in some}
        return [*sorted(found - {UNDATED}, key=int), *({UNDATED} & found)]

    @property
    def heads(self) -> list[tuple[str, str]]:
        """What the columns are called: what is seen above them, and what is only said."""
        return [
            (decade, self.called(decade).removeprefix(decade)) if decade.isdecimal() else self.apart(decade)
            for decade in self.decades
        ]

    def apart(self, decade: str) -> tuple[str, str]:
        """Return what stands over a column that has no short name: all of it, or `other` over what has no decade."""
        called = self.called(decade)
        return (pgettext("年代", "其他"), f" {called}") if decade == UNDATED else (called, "")

    @property
    def chosen(self) -> bool:
        """Whether a section or a decade was asked for."""
        return bool(self.section or self.decade)

    @staticmethod
    def called(decade: str) -> str:
        """Return what a decade is called."""
        return _("年代不定") if decade == UNDATED else decade_label(int(decade))

    def matching(self, section: str, decade: str) -> list[tuple[Section, Exhibit]]:
        """Return the exhibits of a section, a decade or both; empty is any."""
        return [
            (of, exhibit)
            for of, exhibit, some in self.all
            if (not section or of.uid == section) and (not decade or decade in some)
        ]

    @cached_property
    def counts(self) -> Counter[tuple[str, str]]:
        """How many sit in each section and decade, and in the whole of each, by what `matching` is asked."""
        found: Counter[tuple[str, str]] = Counter()
        for section, _exhibit, some in self.all:
            for decade in (*some, ""):
                found.update(((section.uid, decade), ("", decade)))
        return found

    def seat(self, section: Section | None, decade: str) -> Seat | None:
        """Return one seat; None where nobody sits."""
        uid = section.uid if section else ""
        if not (count := self.counts[uid, decade]):
            return None
        asked = {name: value for name, value in (("section", uid), ("decade", decade)) if value}
        names = [say(section, "title").text] if section else []
        label = (", " if in_english() else "，").join([*names, *([self.called(decade)] if decade else [])])
        url = f"?{urlencode(asked)}{ANCHOR}" if asked else f"?{ANCHOR}"
        return Seat(count, url, (uid, decade) == (self.section, self.decade), label, not (section and decade))

    @cached_property
    def rows(self) -> list[Row]:
        """The sections' rows, each closed by its whole; the last row has the wholes of the columns."""
        some = [section for section, _exhibits in self.sections]
        return [
            Row(section, [self.seat(section, decade) for decade in (*self.decades, "")]) for section in (*some, None)
        ]

    @cached_property
    def found(self) -> list[tuple[Section, Exhibit]]:
        """The exhibits that the address asks for, in the order of the walk."""
        return self.matching(self.section, self.decade)

    @cached_property
    def page(self) -> "Page[tuple[Section, Exhibit]]":
        """The part of the list that the address asks for."""
        return Paginator(self.found, PER_PAGE).get_page(page_number(self.asked.get("page", "")))

    def at(self, number: int) -> str:
        """Return the address of another part of the list."""
        asked = {"section": self.section, "decade": self.decade, "page": str(number)}
        return f"?{urlencode({name: value for name, value in asked.items() if value})}{ANCHOR}"

    @property
    def previous(self) -> str:
        """The address of the part before."""
        return self.at(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        """The address of the part after."""
        return self.at(self.page.number + 1) if self.page.has_next() else ""

    @property
    def said(self) -> str:
        """What was chosen, in words."""
        names = [say(s, "title").text for s, _some in self.sections if s.uid == self.section]
        return (", " if in_english() else "，").join([*names, *([self.called(self.decade)] if self.decade else [])])


def on_page(plan: Plan) -> Iterable[Exhibit]:
    """Return the exhibits whose pictures the list shows."""
    return (exhibit for _section, exhibit in plan.page.object_list)
