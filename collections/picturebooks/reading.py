"""Chinese with pinyin above it: pairing each Han character with its syllable, or saying where they part."""

from dataclasses import dataclass
from functools import lru_cache

from picturebooks.pinyin import fit, syllables, units, words

SHOWN = 8


@dataclass(frozen=True)
class Misfit:
    """Pinyin that does not fit: how many of each there are, and the text from where it cannot be read on."""

    characters: int
    syllables: int
    where: str


@lru_cache(maxsize=512)
def aligned(text: str, pinyin: str) -> tuple[tuple[str, str], ...] | Misfit:
    """Return the text in pieces, each with its syllable or none, or what keeps the two apart.

    By what characters sound like; a syllable that no dictionary has is believed where there is one for each character.
    """
    parts, line = units(text), words(pinyin)
    made, read = fit(parts, line) if line else ([], 0)
    if made:
        return tuple(made)
    han = sum(form == "han" for _base, form in parts)
    if line and len(line) == han and all(syllables(word) == 1 for word in line):
        waiting = iter(line)
        return tuple((base, next(waiting) if form == "han" else "") for base, form in parts)
    where = "".join(base for base, _form in parts[read:])[:SHOWN]
    return Misfit(han, sum(map(syllables, line)), where or text[-SHOWN:])


def ruby(text: str, pinyin: str) -> list[tuple[str, str]]:
    """Return the text in pieces, each with the syllable over it; one that is not Han has none.

    Pinyin that does not fit stands over nothing: a reading over the wrong character teaches a child something false.
    """
    pairs = aligned(text, pinyin)
    return [(base, "") for base, _form in units(text)] if isinstance(pairs, Misfit) else list(pairs)


def misfit(text: str, pinyin: str) -> Misfit | None:
    """Return what keeps a text and its pinyin apart; None where they fit, or there is no pinyin."""
    pairs = aligned(text, pinyin) if pinyin.strip() else ()
    return pairs if isinstance(pairs, Misfit) else None
