"""How a title or a query is compared when it is typed: its bare characters, its sound in pinyin, its initials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import combinations, islice, product

from search.analysis import CJK, UNSEEN
from search.folding import DATA, fold

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
LONGEST = 120
"""Characters of a heading that are read aloud."""
MOST_READINGS = 8
"""Ways in which one heading is read, where its characters have several readings."""
READINGS_FILE = DATA / "readings.txt"
_other = re.compile(rf"{UNSEEN}|[^\w{CJK}]|_|[\u0300-\u036f]")
_han = re.compile(f"[{HAN}]")
_letters = re.compile("[a-z0-9]+")
# A syllable and its tone: letters with a vowel among them, then one digit.
_toned = re.compile("((?=[b-df-hj-np-tw-z]{0,3}[aeiouv])[a-z]{1,6})[0-5](?![0-9])")
_numbered = re.compile("(?:[a-z]{1,24}[0-5](?![0-9]))+[a-z]{0,24}")


def plain(text: str) -> str:
    """The folded letters, digits and characters of a text and nothing between them: Zi-ka-wei is zikawei."""
    return _other.sub("", fold(text))[:255]


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """The readings of the characters that have several, from data/readings.txt."""
    lines = (line.split() for line in READINGS_FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {char: tuple(map(_same, readings)) for char, *readings in lines}


@lru_cache(20_000)
def syllables(text: str) -> tuple[str, ...]:
    """One sound for each element of `plain(text)`: the syllable of a Han character, a run of other letters as it is.

    Readings are pypinyin's (MIT), chosen by phrase where it knows one; ü is written u, as it is folded.
    """
    bare = plain(text)[:LONGEST]
    if not _han.search(bare):
        return (_same(bare),) if bare else ()
    from pypinyin import lazy_pinyin  # 30 MB, so not before a text with Han characters is met

    return tuple(_same(fold(sound)) for sound in lazy_pinyin(bare, errors=lambda run: run))


def _same(letters: str) -> str:
    return letters.replace("v", "u")


def alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    """For each of its syllables all readings, pypinyin's first; where a text is not one syllable a character, that one alone."""
    parts, bare = syllables(text), plain(text)[:LONGEST]
    if len(parts) != len(bare):
        return tuple((part,) for part in parts)
    known = _readings()
    return tuple(tuple(dict.fromkeys((part, *known.get(char, ())))) for part, char in zip(parts, bare, strict=True))


def spoken_ways(text: str) -> list[tuple[str, ...]]:
    """How a heading may be read: as pypinyin does, then with one and with two characters read otherwise, the first ones first."""
    return list(islice(_ways(alternatives(text)), MOST_READINGS))


def _ways(read: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, ...]]:
    usual = tuple(readings[0] for readings in read)
    several = [at for at, readings in enumerate(read) if len(readings) > 1]
    for number in range(3):
        for places in combinations(several, number):
            for chosen in product(*(read[at][1:] for at in places)):
                changed = dict(zip(places, chosen, strict=True))
                yield tuple(changed.get(at, syllable) for at, syllable in enumerate(usual))


def sound(text: str) -> str:
    """All syllables in a row: 徐家汇 and xu家hui are xujiahui."""
    return "".join(syllables(text))


def typed_sound(typed: str) -> str:
    """The sound of what a reader typed, where a digit after a syllable is its tone: xu2 jia1 hui4 is xujiahui."""
    return sound(untoned(typed))


def untoned(typed: str) -> str:
    """What was typed without the digits of tones; unchanged where they are no tones (XH-PL-000002, mp3)."""
    bare = plain(typed)
    if not any(_numbered.fullmatch(run) for run in _letters.findall(bare)):
        return typed
    return _toned.sub(r"\1", bare)


def initials(syllables: tuple[str, ...], text: str) -> str:
    """The first letters of a text in Han characters, read so: 徐家汇 is xjh; empty for any other."""
    bare = plain(text)[:LONGEST]
    return "".join(part[0] for part in syllables) if _han.search(bare) and len(bare) > 1 else ""


def spoken(text: str) -> bool:
    """Whether a text has Latin letters, so that it may be pinyin, all of it or a part."""
    return bool(_letters.search(plain(text)))


def heard(typed: str, text: str) -> str:
    """The part of `text` in Han characters that sounds like what was typed, or nothing: xujia in 徐家汇 gives 徐家.

    A character that was typed must be that character; letters must be whole syllables, in any reading, or all of them initials.
    """
    wanted, bare = _same(plain(untoned(typed))), plain(text)[:LONGEST]
    read = alternatives(text)
    if len(read) != len(bare):
        return ""
    firsts = tuple(tuple(part[0] for part in readings) for readings in read)
    for start in range(len(bare)):
        for readings in (read, firsts):
            end = _heard_from(wanted, bare, readings, start)
            if end > start + 1:
                return bare[start:end]
    return ""


def _heard_from(wanted: str, bare: str, read: tuple[tuple[str, ...], ...], start: int) -> int:
    """Where the typed sound ends when it begins at `start`; 0 when it does not stand there."""
    reached = {0}
    for here in range(start, len(bare)):
        ways = (bare[here], *read[here])
        reached = {at + len(way) for at in reached for way in ways if wanted.startswith(way, at)}
        if len(wanted) in reached:
            return here + 1
        if not reached:
            return 0
    return 0
