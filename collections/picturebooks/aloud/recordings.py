"""Which recording reads which spread, from when to when: a spread's own, else its part of one of the whole book."""

from collections.abc import Iterable
from dataclasses import dataclass

from media.models import Sound
from picturebooks.aloud.sentences import sentences
from picturebooks.models import Book, Spread

FIELDS = {False: "sound_zh", True: "sound_en"}
"""The field of a recording, by whether it reads English."""


@dataclass(frozen=True)
class Recital:
    """A recording as it reads one spread: when each sentence begins, none where that is not known, and its own beginning and end.

    `end` is None where the recording is heard to its end.
    """

    sound: Sound
    english: bool
    starts: tuple[float, ...]
    begin: float = 0
    end: float | None = None

    @property
    def address(self) -> str:
        """Where it is heard; a part of a recording by a media fragment, so that a browser without scripts keeps to it."""
        last = "" if self.end is None else f",{self.end:g}"
        return f"{self.sound.file.url}#t={self.begin:g}{last}" if self.begin or last else str(self.sound.file.url)

    @property
    def marks(self) -> str:
        """The beginnings of its sentences, as the page's script reads them."""
        return " ".join(f"{start:g}" for start in self.starts)


@dataclass(frozen=True)
class Score:
    """A recording with the sentences that it reads, spread by spread; `places` are the numbers of these spreads, from 0."""

    sound: Sound
    english: bool
    places: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def fits(self) -> bool:
        """Whether every sentence has its time."""
        return len(self.sound.starts) == sum(self.counts) > 0


def whole(book: Book, spreads: list[Spread], english: bool) -> Score | None:
    """Return the recording of a whole book, with the sentences of all spreads; None where it has none."""
    sound = getattr(book, FIELDS[english])
    counts = tuple(len(sentences(spread, english)) for spread in spreads) if sound else ()
    return Score(sound, english, tuple(range(len(spreads))), counts) if sound else None


def own(spread: Spread, place: int, english: bool) -> Score | None:
    """Return the recording of one spread; None where it has none of its own."""
    sound = getattr(spread, FIELDS[english])
    return Score(sound, english, (place,), (len(sentences(spread, english)),)) if sound else None


def parts(score: Score) -> dict[int, Recital]:
    """Return what a recording reads, by the place of each spread.

    One whose times do not fit the text any more is heard as a whole, and nothing is lit; of a whole book there is no telling
    what belongs to which spread.
    """
    if len(score.places) == 1 and not score.fits:
        return {score.places[0]: Recital(score.sound, score.english, ())}
    if not score.fits:
        return {}
    starts, made, at = score.sound.starts, {}, 0
    for place, count in zip(score.places, score.counts, strict=True):
        mine, at = starts[at : at + count], at + count
        end = starts[at] if at < len(starts) else None
        if mine and len(score.places) == 1:
            made[place] = Recital(score.sound, score.english, tuple(mine))
        elif mine:
            made[place] = Recital(score.sound, score.english, tuple(mine), mine[0], end)
    return made


def recitals(book: Book, spreads: list[Spread], use: str = "web") -> dict[int, list[Recital]]:
    """Return what is read of each spread, Chinese first, by its place; only recordings whose rights allow the use."""
    found: dict[int, dict[bool, Recital]] = {}
    for english in FIELDS:
        scores: Iterable[Score | None] = [
            whole(book, spreads, english),
            *(own(spread, place, english) for place, spread in enumerate(spreads)),
        ]
        for score in scores:
            if score and getattr(score.sound, f"use_{use}"):
                for place, recital in parts(score).items():
                    found.setdefault(place, {})[english] = recital
    return {place: [mine[english] for english in FIELDS if english in mine] for place, mine in found.items()}
