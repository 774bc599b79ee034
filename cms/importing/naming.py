"""Names in the place of numbers: what is certain by rule is taken, what was chosen before holds, all else is asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cms.catalogue.columns import Column
from cms.dates import Span, UnreadableDate, read
from cms.importing.errors import Ask, Option, UnknownName
from cms.importing.signs import shown
from cms.matching.matcher import Asked, Matcher, is_wanted
from cms.matching.records import Called, Recorded
from cms.matching.scoring import WRITTEN, Candidate
from cms.models import Holding
from cms.models.kinds import kinds
from search.sounds import plain

MOST_OPTIONS = 6
"""Records that are offered for one name."""
BARE = {"uid", "title"}
"""What a new record can be made of, when only its name is known."""


@dataclass(frozen=True)
class Meant:
    """The record that a name was taken for."""

    uid: str
    title: str


class Namer:
    """Reads names of one batch. `coming` are its own new records, `choices` what somebody said a name means, by its plain form."""

    def __init__(self, coming: Iterable[Recorded] = (), choices: Mapping[str, str] | None = None) -> None:
        self.coming, self.choices = list(coming), choices or {}
        self.titles = {record.uid: record.title for record in self.coming}

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher, over all records: whoever brings a table in works on all of them."""
        return Matcher(Holding.objects.all(), self.coming)

    def learn(self, names: Iterable[str]) -> None:
        """Look up many names at once, before the cells are read."""
        if some := list(names):
            self.matcher.learn(some)

    def meant(
        self,
        text: str,
        wanted: frozenset[type[Holding]],
        dates: tuple[str, ...],
        known: Mapping[str, type[Holding]],
    ) -> Meant:
        """Return what a name means for a row of some date; UnknownName where that is to be asked."""
        chosen = self.choices.get(plain(text), "")
        if chosen in known and is_wanted(known[chosen], wanted):
            return Meant(chosen, self.title_of(chosen))
        found = self.matcher.candidates(Asked(text, wanted, when(dates)))
        if found and found[0].is_certain:
            return Meant(found[0].uid, found[0].record.title)
        raise UnknownName(said(text, found), (ask(text, found, wanted),))

    def title_of(self, uid: str) -> str:
        """Return the title of a record that was chosen."""
        if uid not in self.titles:
            self.titles[uid] = Holding.objects.filter(uid=uid).values_list("title", flat=True).first() or ""
        return self.titles[uid]


def when(dates: tuple[str, ...]) -> Span | None:
    """Return the time of a row by the first of its dates that can be read."""
    for text in filter(None, dates):
        try:
            return read(text)
        except UnreadableDate:
            continue
    return None


def said(text: str, found: list[Candidate]) -> str:
    """Return why a name is not taken, with the records that it may mean."""
    known = "、".join(f"{one.uid} {shown(one.record.title)}" for one in found[:MOST_OPTIONS])
    if any(one.way in WRITTEN for one in found):
        return f"叫“{shown(text)}”的有 {known}，请选定，或写编号。"
    if found:
        return f"馆里没有叫“{shown(text)}”的，相近的有 {known}，请选定，或写编号。"
    return f"馆里和本批都没有编号或名称“{shown(text)}”。"


def ask(text: str, found: list[Candidate], wanted: frozenset[type[Holding]]) -> Ask:
    """Return the question that a choice would answer."""
    options = [Option(one.uid, one.record.title, name_of(one.kind), one.score) for one in found[:MOST_OPTIONS]]
    return Ask(text, tuple(options), tuple(map(name_of, to_be_made(wanted))))


def name_of(kind: type[Holding]) -> str:
    """Return the short name of a kind."""
    return str(kind._meta.model_name)


def to_be_made(wanted: frozenset[type[Holding]]) -> list[type[Holding]]:
    """Return the kinds of which a new record can be made by its name alone; authorities where any kind would do."""
    some = [
        kind for kind in kinds() if kind.shelf is not None and {c.field for c in kind.columns() if c.required} <= BARE
    ]
    return [kind for kind in some if (issubclass(kind, tuple(wanted)) if wanted else kind.authority)]


def coming_row(kind: type[Holding], uid: str, titles: Iterable[str]) -> Recorded:
    """Return a row of a table as a record that names may mean."""
    called = [title for title in titles if title]
    return Recorded(uid, kind, called[0] if called else "", tuple(Called(title, True) for title in called))


def dated(columns: Iterable[Column]) -> list[str]:
    """Return the headings that say when a row's own thing was, the surest first."""
    by_field = {column.field: column.heading for column in columns}
    return [by_field[field] for field in ("date_edtf", "date_text") if field in by_field]
