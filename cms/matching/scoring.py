"""How well a record fits a written name: 0 to 100, by the way in which it is called so."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

from cms.dates import Span
from cms.matching.generic_words import core, unqualified
from cms.matching.records import Called, Recorded
from cms.models import Holding
from search.sounds import initials, plain, spoken, spoken_ways, typed_sound


class Way(Enum):
    """How a written name fits one of a record's, the best first; the value is the score that it begins with."""

    NUMBER = 100
    TITLE = 99
    NAME = 98
    FORMER = 97
    SOUND = 90
    QUALIFIED = 88
    FORM = 85
    INITIALS = 60
    LIKE = 75


WRITTEN = (Way.NUMBER, Way.TITLE, Way.NAME, Way.FORMER)
"""Ways that can be certain: the name is the record's, whatever the script or the accents."""
OUT_OF_TIME = 20
"""What is taken off where the name was not in use then."""
LEAST_LIKE = 0.6
"""The part of two names that must be the same for one to be the other misspelt."""


@dataclass(frozen=True)
class Candidate:
    """A record that may be meant: by which of its names, in which way, and whether that one was in use then.

    `is_certain` says that it is the only one by rule.
    """

    record: Recorded
    score: int
    way: Way
    name: str
    fits_time: bool = True
    is_certain: bool = False

    @property
    def uid(self) -> str:
        """Its number."""
        return self.record.uid

    @property
    def kind(self) -> type[Holding]:
        """Its kind."""
        return self.record.kind


@dataclass(frozen=True)
class Typed:
    """A written name in the forms in which it is compared."""

    text: str
    plain: str
    unqualified: str
    core: str
    sound: str

    @classmethod
    def read(cls, text: str) -> "Typed":
        """Return the forms of a text."""
        return cls(text, plain(text), plain(unqualified(text)), core(text), typed_sound(text))


def way_of(typed: Typed, called: Called) -> tuple[Way, float]:
    """Return in which way a name fits and how nearly, from 0 to 1; 0 where it does not."""
    if not called.plain:
        return Way.LIKE, 0
    if called.plain == typed.plain:
        return (Way.TITLE if called.is_title else Way.FORMER if called.is_over else Way.NAME), 1
    if typed.unqualified in (called.plain, plain(unqualified(called.text))):
        return Way.QUALIFIED, 1
    if typed.core == core(called.text):
        return Way.FORM, 1
    if typed.sound and (typed.plain.isascii() or len(typed.plain) == len(called.plain)):
        heard = ["".join(way) for way in spoken_ways(called.text)]
        if typed.sound in heard:
            # Other characters of the same sound are a slip more often than the same name.
            return (Way.SOUND, 1) if spoken(typed.text) else (Way.LIKE, 1)
        if typed.plain in [initials(way, called.text) for way in spoken_ways(called.text)]:
            return Way.INITIALS, 1
    return Way.LIKE, likeness(typed.core, core(called.text))


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, from 0 to 1; 0 for what is no misspelling."""
    match = SequenceMatcher(None, one, other, autojunk=False)
    if match.real_quick_ratio() < LEAST_LIKE or match.quick_ratio() < LEAST_LIKE:
        return 0
    ratio = match.ratio()
    return ratio if ratio >= LEAST_LIKE else 0


def scored(typed: Typed, record: Recorded, number: str, when: Span | None) -> Candidate | None:
    """Return how a record fits by the best of its names; None where it does not. `number` is the text read as a number."""
    if record.uid == number:
        return Candidate(record, Way.NUMBER.value, Way.NUMBER, record.uid)
    best = max((weighed(typed, record, called, when) for called in record.called), key=lambda c: c.score, default=None)
    return best if best is not None and best.score > 0 else None


def weighed(typed: Typed, record: Recorded, called: Called, when: Span | None) -> Candidate:
    """Return how a record fits by one of its names: one that is known to have been in use then fits best."""
    way, nearness = way_of(typed, called)
    score = round(way.value * nearness)
    fits = when is None or called.is_of(when)
    if score and not fits:
        score = max(score - OUT_OF_TIME, 1)
    elif score and when is not None and called.is_known_of(when) and way in WRITTEN:
        score = Way.NUMBER.value
    return Candidate(record, score, way, called.text, fits)
