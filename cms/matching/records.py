"""A record as it is called: its titles and its other names, each with the days in which it was used."""

from dataclasses import dataclass
from functools import cached_property

from cms.dates import Span, parse_edtf
from cms.models import Holding
from cms.models.kinds import kind_of
from search.sounds import plain


@dataclass(frozen=True)
class Called:
    """One title or name; `first` and `last` are days (ordinals), None where nobody knows or it has not ended."""

    text: str
    is_title: bool = False
    is_over: bool = False
    first: int | None = None
    last: int | None = None

    @cached_property
    def plain(self) -> str:
        """The name as names are compared."""
        return plain(self.text)

    def is_of(self, when: Span) -> bool:
        """Whether it was in use then, as far as anybody knows."""
        begins_later = self.first is not None and when.latest is not None and self.first > when.latest
        ended_before = self.last is not None and when.earliest is not None and self.last < when.earliest
        return not (begins_later or ended_before)

    def is_known_of(self, when: Span) -> bool:
        """Whether it is written down that it was in use then."""
        return (self.first is not None or self.last is not None) and self.is_of(when)


@dataclass(frozen=True)
class Recorded:
    """A record that may be meant. One that only comes with the same table has no holding yet."""

    uid: str
    kind: type[Holding]
    title: str
    called: tuple[Called, ...]
    holding: Holding | None = None


def days(edtf: str) -> tuple[int | None, int | None]:
    """Return the first and last day of a date of a name; a date that cannot be read says nothing."""
    try:
        span = parse_edtf(edtf) if edtf else None
    except ValueError:
        span = None
    return (span.earliest, span.latest) if span else (None, None)


def recorded(holding: Holding) -> Recorded:
    """Return how a holding is called, its names read along with it; a title has the days of the name that is spelt the same."""
    names = [
        Called(name.text, False, bool(name.valid_to), days(name.valid_from)[0], days(name.valid_to)[1])
        for name in holding.names.all()
    ]
    made = []
    for title in filter(None, (holding.title, holding.title_en)):
        own = next((name for name in names if name.plain == plain(title)), Called(""))
        made.append(Called(title, True, False, own.first, own.last))
    return Recorded(holding.uid, kind_of(holding), holding.title, (*made, *names), holding)
