"""How a title or a query is compared when it is typed: its bare characters, its sound in pinyin, its initials."""

from __future__ import annotations

import re
from functools import lru_cache

from search.analysis import CJK, UNSEEN
from search.folding import fold

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
LONGEST = 120
"""Characters of a heading that are read aloud."""
_other = re.compile(rf"{UNSEEN}|[^\w{CJK}]|_|[\u0300-\u036f]")
_han = re.compile(f"[{HAN}]")
_letters = re.compile("[a-z0-9]+")


def plain(text: str) -> str:
    """The folded letters, digits and characters of a text and nothing between them: Zi-ka-wei is zikawei."""
    return _other.sub("", fold(text))[:255]


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


def sound(text: str) -> str:
    """All syllables in a row: 徐家汇 and xu家hui are xujiahui."""
    return "".join(syllables(text))


def initials(text: str) -> str:
    """The first letters of a text in Han characters: 徐家汇 is xjh; empty for any other."""
    bare = plain(text)[:LONGEST]
    return "".join(part[0] for part in syllables(text)) if _han.search(bare) and len(bare) > 1 else ""


def spoken(text: str) -> bool:
    """Whether a text has Latin letters, so that it may be pinyin, all of it or a part."""
    return bool(_letters.search(plain(text)))


def heard(typed: str, text: str) -> str:
    """The part of `text` in Han characters that sounds like what was typed, or nothing: xujia in 徐家汇 gives 徐家.

    A character that was typed must be that character; letters must be whole syllables, or all of them initials.
    """
    wanted, bare = plain(typed), plain(text)[:LONGEST]
    parts = syllables(text)
    if len(parts) != len(bare):
        return ""
    for start in range(len(bare)):
        for reading in (parts, tuple(part[0] for part in parts)):
            end = _heard_from(wanted, bare, reading, start)
            if end > start + 1:
                return bare[start:end]
    return ""


def _heard_from(wanted: str, bare: str, reading: tuple[str, ...], start: int) -> int:
    """Where the typed sound ends when it begins at `start`; 0 when it does not stand there."""
    at, here = 0, start
    while at < len(wanted):
        if here == len(bare):
            return 0
        if wanted[at] == bare[here]:
            at += 1
        elif _same(wanted[at:]).startswith(reading[here]):
            at += len(reading[here])
        else:
            return 0
        here += 1
    return here
