"""Recordings in a volume: which sentence is lit from when to when (EPUB 3, media overlays)."""

from dataclasses import dataclass

from cms.catalogue.bilingual import say
from picturebooks.aloud.recordings import Recital, recitals
from picturebooks.aloud.sentences import chinese_sentences, english_sentences
from picturebooks.models import Book, Spread
from picturebooks.setting import Group, Paragraph, chinese, clean, english

TAKEN = {"mp3": ("mp3", "audio/mpeg"), "m4a": ("m4a", "audio/mp4"), "opus": ("opus", "audio/ogg; codecs=opus")}
"""The forms that every reading system plays (EPUB 3.3, core media types), with their ending and what the manifest calls them."""


@dataclass(frozen=True)
class Reel:
    """A sound file in the volume: its name there, its file in the library, who reads."""

    name: str
    file: str
    media_type: str
    reader: str


@dataclass(frozen=True)
class Beat:
    """One sentence: where it stands on its page, and from when to when it is read."""

    place: str
    begin: str
    end: str


@dataclass(frozen=True)
class Track:
    """What is read of one page from one file; `lasts` is in seconds."""

    name: str
    beats: tuple[Beat, ...]
    lasts: float


def clock(seconds: float) -> str:
    """Return a length as SMIL writes it: `0:01:02.500`."""
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000}:{whole // 60_000 % 60:02d}:{whole // 1000 % 60:02d}.{whole % 1000:03d}"


def parted(paragraphs: tuple[Paragraph, ...], sentences: list[str]) -> tuple[tuple[Paragraph, ...], ...]:
    """Return paragraphs with each in its sentences; a group that no line parts is not parted either."""
    ends, read = [], 0
    for sentence in sentences:
        read += len("".join(sentence.split()))
        ends.append(read)
    made, at = [], 0
    for paragraph in paragraphs:
        parts: list[list[Group]] = [[]]
        for group in paragraph.groups:
            parts[-1].append(group)
            at += len("".join("".join(base for base, _over in group).split()))
            if ends and at >= ends[0]:
                ends = [end for end in ends if end > at]
                parts.append([])
        made.append(tuple(Paragraph(tuple(part)) for part in parts if part))
    return tuple(made)


def tracks_of(book: Book, spreads: list[Spread]) -> tuple[dict[int, tuple[Track, ...]], tuple[Reel, ...]]:
    """Return what is read of each page, by its number, and the files that it is read from."""
    reels: dict[str, Reel] = {}
    tracks: dict[int, tuple[Track, ...]] = {}
    for place, mine in recitals(book, spreads, "offline").items():
        usable = [recital for recital in mine if recital.sound.form in TAKEN and recital.sound.seconds]
        made = [track_of(recital, spreads[place], reel_of(recital, reels)) for recital in usable]
        if made:
            tracks[place + 1] = tuple(made)
    return tracks, tuple(reels.values())


def reel_of(recital: Recital, reels: dict[str, Reel]) -> Reel:
    """Return the file of a recording in the volume, each once."""
    file = str(recital.sound.file.name)
    if file not in reels:
        ending, kind = TAKEN[recital.sound.form]
        name = f"sounds/sound-{len(reels) + 1:03d}.{ending}"
        reels[file] = Reel(name, file, kind, clean(say(recital.sound, "reader").text.strip()))
    return reels[file]


def track_of(recital: Recital, spread: Spread, reel: Reel) -> Track:
    """Return a recording over the sentences of its page; where they have no times, over the page as a whole."""
    end = recital.end or recital.sound.seconds
    places = sentence_places(spread, recital.english)
    starts = list(recital.starts)
    if len(starts) != len(places):
        places, starts = ["words"], [recital.begin]
    stops = [*starts[1:], end]
    beats = tuple(
        Beat(place, clock(start), clock(stop)) for place, start, stop in zip(places, starts, stops, strict=True)
    )
    return Track(reel.name, beats, sum(stop - start for start, stop in zip(starts, stops, strict=True)))


def sentence_places(spread: Spread, in_english: bool) -> list[str]:
    """Return the ids of a page's sentences in a language, in their order."""
    if in_english:
        counts = [len(english_sentences(line)) for line in english(spread.text_en)]
        return [f"en-{at}-{n}" for at, count in enumerate(counts, 1) for n in range(1, count + 1)]
    paragraphs = parted(chinese(spread.text, spread.pinyin), chinese_sentences(spread))
    return [f"zh-{at}-{n}" for at, parts in enumerate(paragraphs, 1) for n in range(1, len(parts) + 1)]
