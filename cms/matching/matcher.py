"""The matcher: a name as somebody wrote it, and the records that it may mean, the likeliest first.

Certain by rule is a record's number, and a name (folded: 徐家匯 is 徐家汇, Petain is Pétain) that one record alone has among the
kinds wanted; with a date, one alone among those that may have had it then; where any kind may be meant, one alone among the authorities. A whole name in pinyin is certain where it has three
syllables at least and one record alone sounds so, and that is no person: people are namesakes by ear too often.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from cms.dates import Span
from cms.matching.lookup import Lookup
from cms.matching.records import Recorded
from cms.matching.scoring import WRITTEN, Candidate, Typed, Way, scored
from cms.models import Holding
from cms.models.uid import normal_uid
from search.query import Query
from search.sounds import syllables

LONGEST = 200
"""Characters of a written name that are read: as many as a name may have."""
SHORTEST = 2
"""Characters of a name that can be certain."""
FEWEST_SYLLABLES = 3
PERSON = "Person"


@dataclass(frozen=True)
class Asked:
    """A name as it was written, the kinds that may be meant (none: any), and the time that it is said of."""

    text: str
    kinds: frozenset[type[Holding]] = frozenset()
    when: Span | None = None


def readable(text: str) -> str:
    """Return a text as it can be looked up: without signs that no database takes, and no longer than a name."""
    return Query.read(text[: 4 * LONGEST]).text[:LONGEST]


class Matcher:
    """Proposes records for written names, among those of a queryset, which whoever asks may see.

    `coming` are records that only come with the table at hand; `most_fresh` is for `Lookup`.
    """

    def __init__(
        self, seen: "QuerySet[Holding]", coming: Iterable[Recorded] = (), most_fresh: int | None = None
    ) -> None:
        self.lookup = Lookup(seen, most_fresh)
        self.coming: dict[str, list[Recorded]] = {}
        for record in coming:
            for form in {called.plain for called in record.called}:
                self.coming.setdefault(form, []).append(record)
        self.written: dict[str, list[Recorded]] = {}
        self.alike: dict[str, list[Recorded]] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Look up many names in a few queries, for the questions to come."""
        new = [text for text in dict.fromkeys(map(readable, texts)) if text and text not in self.written]
        self.written.update(self.lookup.written(new))

    def candidates(self, asked: Asked) -> list[Candidate]:
        """Return what may be meant, the likeliest first; what only sounds or looks alike, where nothing is called just so."""
        text = readable(asked.text)
        typed = Typed.read(text)
        if not typed.plain:
            return []
        self.learn([text])
        found = self.ranked(typed, asked, [*self.written[text], *self.coming.get(typed.plain, [])])
        if not any(candidate.way in WRITTEN for candidate in found):
            if text not in self.alike:
                self.alike[text] = self.lookup.like(text)
            found = self.ranked(typed, asked, [*self.written[text], *self.alike[text]])
        return settled(found, typed, asked)

    def ranked(self, typed: Typed, asked: Asked, records: list[Recorded]) -> list[Candidate]:
        """Score records of the kinds wanted; authorities come first among equals."""
        number = normal_uid(typed.text)
        number = self.lookup.heirs.get(number, number)
        wanted = {record.uid: record for record in records if is_wanted(record.kind, asked.kinds)}
        found = [one for record in wanted.values() if (one := scored(typed, record, number, asked.when))]
        return sorted(found, key=lambda one: (-one.score, not one.kind.authority, one.uid))


def is_wanted(kind: type[Holding], kinds: Collection[type[Holding]]) -> bool:
    """Whether a record of a kind may be meant."""
    return not kinds or issubclass(kind, tuple(kinds))


def settled(found: list[Candidate], typed: Typed, asked: Asked) -> list[Candidate]:
    """Return the candidates with the certain one marked, where there is one."""
    written = [one for one in found if one.way in WRITTEN]
    heard = [one for one in found if one.way is Way.SOUND]
    certain = only(written, asked) if written else only(heard, asked)
    if certain is None or not (is_long_enough(certain, typed) if written else is_clear_by_ear(certain, typed)):
        return found
    sure = replace(certain, is_certain=True)
    return [sure, *(one for one in found if one is not certain)]


def only(found: list[Candidate], asked: Asked) -> Candidate | None:
    """Return the one that is meant among several of one name: by number, by the time, or as the only authority of them.

    A name in use then rules out one that was not; what nobody knows the time of is not ruled out.
    """
    by_number = [one for one in found if one.way is Way.NUMBER]
    fits = by_number or [one for one in found if one.fits_time] or found
    if not asked.kinds:
        # What is merely called after a place or a person is seldom what is meant where anything may be.
        fits = [one for one in fits if one.kind.authority] or fits
    return fits[0] if len(fits) == 1 else None


def is_long_enough(one: Candidate, typed: Typed) -> bool:
    """Whether a name is more than one character, which could be anybody's."""
    return one.way is Way.NUMBER or len(typed.plain) >= SHORTEST


def is_clear_by_ear(one: Candidate, typed: Typed) -> bool:
    """Whether a name in pinyin can mean nothing else."""
    is_long = len(syllables(one.name)) >= FEWEST_SYLLABLES
    return typed.plain.isascii() and is_long and one.kind.schema_type != PERSON
