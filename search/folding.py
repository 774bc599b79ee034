"""One character in, one character out: width, case, accents, traditional and variant forms."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")
FOLD_FILE = DATA / "fold.txt"


class Table(dict[int, str]):
    """A table for `str.translate` that works a character out when it is first met."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self.rule = rule

    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = self.rule(chr(codepoint))
        return folded


def _same_length(char: str, changed: str) -> str:
    """What does not stay one character is left alone, so that offsets keep their meaning."""
    return changed if len(changed) == 1 else char


def plain(char: str) -> str:
    """Fold width and case only: Ａ and A to a, ｶ to カ, a compatibility ideograph to its own."""
    wide = _same_length(char, unicodedata.normalize("NFKC", char))
    return _same_length(wide, wide.casefold())


def _unaccented(char: str) -> str:
    """é to e. Only Latin letters: the marks on kana are part of the sound."""
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char


@cache
def han() -> dict[str, str]:
    """Traditional and variant character to the simplified one, from data/fold.txt."""
    lines = FOLD_FILE.read_text("utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


def _folded(char: str) -> str:
    char = _unaccented(plain(char))
    return han().get(char, char)


PLAIN = Table(plain)
FOLD = Table(_folded)


def fold(text: str, *, exact: bool = False) -> str:
    """The text as it is compared, of the same length; exact keeps variants and accents apart."""
    return text.translate(PLAIN if exact else FOLD)


@cache
def _preimages() -> dict[str, str]:
    """Folded character to all the Han characters that fold to it."""
    sources: dict[str, str] = {}
    for source, target in han().items():
        sources[target] = sources.get(target, "") + source
    return sources


def spellings(char: str, *, exact: bool = False) -> str:
    """All common forms of a folded character, itself first: 高 gives 高髙."""
    wide = chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else ""
    forms = char + char.upper() + wide + wide.upper()
    return forms if exact else forms + _preimages().get(char, "")
