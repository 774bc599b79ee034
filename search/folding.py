"""What is the same to a reader: width, case, accents, strokes and ligatures, apostrophes, traditional and variant forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")
FOLD_FILE, SIGNS_FILE = DATA / "fold.txt", DATA / "signs.txt"
APOSTROPHES = "'‘’‛ʹʻʼʽʾʿˈˊˋ′´`＇"
"""The signs of aspiration, of glottal stops and of parted syllables as books and keyboards write them: all are one."""
LETTERS = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "ı": "i", "ȷ": "j", "ŋ": "n", "ə": "a", "ɑ": "a", "ɡ": "g",
           "ɛ": "e", "ɔ": "o", "ĸ": "k"}  # fmt: skip
"""Letters that Unicode does not take apart, and that their names do not call a letter with something (ł is L WITH STROKE)."""
WRITTEN = ((0x21, 0x3400), (0xA720, 0xA800), (0xF900, 0xFB07), (0xFE10, 0xFFF0), (0x1D400, 0x1D800), (0x2F800, 0x2FA20))
"""Where the characters stand that are another one's form; those of the two files come on top."""
_named = re.compile("LATIN SMALL LETTER ([A-Z]) WITH ")


class Table(dict[int, str]):
    """A table for `str.translate` that works a character out when it is first met."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        super().__init__()
        self.rule = rule

    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = self.rule(chr(codepoint))
        return folded


def plain(char: str) -> str:
    """Fold width, case and apostrophes only: Ａ and A to a, ｶ to カ, ﬁ to fi, ⑫ to 12, ㈠ to 一, ` and ʻ to '."""
    wide = _wide(char)
    if wide in APOSTROPHES:
        return "'"
    low = wide.casefold()
    # Full case folding writes ß as ss, which is for `FOLD`, and İ with a dot of its own.
    return low if len(low) == len(wide) else wide.lower().removesuffix("\u0307")


def _wide(char: str) -> str:
    """The character that this is a form of; letters and digits may be several, other signs stay what they are."""
    wide = unicodedata.normalize("NFKC", char)
    if len(wide) == 1:
        return wide
    bare = wide.strip("().")
    return bare if len(bare) == 1 or (char.isalnum() and bare.isascii() and bare.isalnum()) else char


def _letter(char: str) -> str:
    """é and ł to e and l, æ to ae. Only Latin letters: the marks on kana are part of the sound."""
    if not char.isalnum():
        return char
    base = "".join(_unmarked(part) for part in unicodedata.normalize("NFKD", char) if part.isalnum())
    return base if base.isascii() and base.isalpha() else char


def _unmarked(char: str) -> str:
    if char in LETTERS:
        return LETTERS[char]
    named = _named.match(unicodedata.name(char, ""))
    return named[1].lower() if named else char


@cache
def han() -> dict[str, str]:
    """Traditional and variant character to the simplified one, from data/fold.txt."""
    return _pairs(FOLD_FILE)


@cache
def signs() -> dict[str, str]:
    """Sign to the character that it stands for, from data/signs.txt: ○ and 零 are 〇, the radical ⻢ is 马."""
    return _pairs(SIGNS_FILE)


def _pairs(file: Path) -> dict[str, str]:
    lines = file.read_text("utf-8").splitlines()
    return {pair[0]: pair[1] for line in lines if not line.startswith("#") for pair in line.split()}


def _folded(char: str) -> str:
    folded = "".join(map(_letter, plain(char)))
    usual = han().get(folded, folded)
    return han().get(meant := signs().get(usual, usual), meant)


PLAIN = Table(plain)
FOLD = Table(_folded)


def fold(text: str, *, exact: bool = False) -> str:
    """The text as it is compared; exact keeps variants and accents apart. A ligature becomes its letters, all else keeps its length."""
    return text.translate(PLAIN if exact else FOLD)


@cache
def _forms(exact: bool) -> dict[str, str]:
    """What is compared to all the characters that are written for it: l gives ＬłŁ and more, ss gives ß."""
    forms: dict[str, str] = {}
    written = (chr(code) for first, last in WRITTEN for code in range(first, last))
    for char in dict.fromkeys([*written, *han(), *signs()]):
        folded = fold(char, exact=exact)
        if folded != char:
            forms[folded] = forms.get(folded, "") + char
    return forms


def spellings(folded: str, *, exact: bool = False) -> str:
    """All forms of a folded character, itself first: 高 gives 高髙."""
    return folded + _forms(exact).get(folded, "")


@cache
def ligatures(*, exact: bool = False) -> dict[str, str]:
    """Letters that may be written as one character, with those characters: ae gives æÆ, fi gives ﬁ."""
    return {letters: chars for letters, chars in _forms(exact).items() if len(letters) > 1}
