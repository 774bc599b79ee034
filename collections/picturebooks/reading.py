"""Chinese with pinyin above it: pairing each Han character with its syllable, or saying where they part."""

from dataclasses import dataclass
from functools import lru_cache

from picturebooks.pinyin import UNREAD, Piece, fit, syllables, units, words

SHOWN = 8


@dataclass(frozen=True)
class Misfit:
    """Pinyin that does not fit: how many of each there are, and the text from where it cannot be read on."""

    characters: int
    syllables: int
    where: str


@lru_cache(maxsize=512)
def aligned(text: str, pinyin: str) -> tuple[Piece, ...] | Misfit:
    """Return the text in pieces, each with its syllable or none and the word it is read by, or what keeps the two apart.

    By what characters sound like; a syllable that no dictionary has is believed where there is one for each character.
    """
    parts, line = units(text), words(pinyin)
    made, read = fit(parts, line) if line else ([], 0)
    if made:
        return tuple(made)
    han = sum(form == "han" for _base, form in parts)
    if line and len(line) == han and all(syllables(word) == 1 for word in line):
        waiting = iter(enumerate(line))
        return tuple(believed(base, *next(waiting)) if form == "han" else (base, "", UNREAD) for base, form in parts)
    where = "".join(base for base, _form in parts[read:])[:SHOWN]
    return Misfit(han, sum(map(syllables, line)), where or text[-SHOWN:])


def believed(base: str, word: int, over: str) -> Piece:
    """Return a character with the syllable that stands in its place."""
    return base, over, word


def pieces(text: str, pinyin: str) -> list[Piece]:
    """Return the text in pieces, each with the syllable over it and the number of its word.

    Pinyin that does not fit stands over nothing: a reading over the wrong character teaches a child something false.
    """
    found = aligned(text, pinyin)
    return [(base, "", UNREAD) for base, _form in units(text)] if isinstance(found, Misfit) else list(found)


def ruby(text: str, pinyin: str) -> list[tuple[str, str]]:
    """Return the text in pieces, each with the syllable over it; one that is not Han has none."""
    return [(base, over) for base, over, _word in pieces(text, pinyin)]


def misfit(text: str, pinyin: str) -> Misfit | None:
    """Return what keeps a text and its pinyin apart; None where they fit, or there is no pinyin."""
    found = aligned(text, pinyin) if pinyin.strip() else ()
    return found if isinstance(found, Misfit) else None
