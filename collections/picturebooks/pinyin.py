"""Pinyin as people write it over Chinese text: which syllables stand over which characters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pypinyin import Style, pinyin

from picturebooks.numbers import DIGITS, said

HAN = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
UNIT = re.compile(rf"(?P<han>{HAN.pattern})|(?P<digit>[0-9０-９])|(?P<latin>[A-Za-zÀ-ɏ]+)|(?P<other>.)", re.DOTALL)
ASIDE = re.compile(r"[（(][^（）()]*[）)]")
"""A second reading in brackets, as in zhǎng(cháng)."""
BETWEEN = re.compile(r"[\s，。！？；：、,.!?;:…—“”\"《》〈〉「」『』·（）()\[\]-]+")
APOSTROPHES = "'’‘ʼ`´"
TONES = {"\u0304", "\u0301", "\u030c", "\u0300", "\u0306"}
ERHUA, R = "儿兒", "r"
LONGEST_WORD = 60
"""Letters; nobody writes a longer word, and each is tried in every way."""
VOWELS = re.compile(r"[aeiouv]+|^(?:h?m|h?ng?)$")

Pair = tuple[str, str]
Piece = tuple[str, str, int]
"""Characters, what stands over them, and the number of the word of pinyin that they are read by; -1 for none."""
UNREAD = -1


@lru_cache(maxsize=4096)
def sounds(char: str) -> frozenset[str]:
    """Return every reading of a character, without tones; `v` stands for ü."""
    plain = unicodedata.normalize("NFKC", char)
    if plain in ERHUA:
        return frozenset({"er", R})
    if plain in DIGITS:
        return frozenset({DIGITS[plain]} | ({"yao"} if plain == "1" else {"liang"} if plain == "2" else set()))
    return frozenset(letters_only(sound) for sound in pinyin(char, style=Style.NORMAL, heteronym=True)[0]) - {""}


def spelled(word: str) -> list[Pair]:
    """Return a word's letters, each without its tone and as it is written, after the apostrophe before it."""
    made: list[Pair] = []
    before = ""
    for sign in unicodedata.normalize("NFC", word):
        if sign in APOSTROPHES:
            before = "’"
            continue
        bare = "".join(part for part in unicodedata.normalize("NFD", sign.lower()) if part not in TONES)
        bare = {"u\u0308": "v", "ü": "v", "e\u0302": "ê"}.get(bare, bare)
        # A figure is a tone after a letter alone: 3D and 2019 are what they are.
        if made and (not bare or (bare in "12345" and made[-1][0].isalpha())):
            made[-1] = (made[-1][0], made[-1][1] + sign)
        elif bare:
            made.append((bare, before + sign))
            before = ""
    return made


def letters_only(word: str) -> str:
    """Return a word without tones."""
    return "".join(bare for bare, _sign in spelled(word))


def words(text: str) -> list[str]:
    """Split a line of pinyin into what stands between blanks and marks; `yī/yì` is one word with two readings."""
    return [word for word in BETWEEN.split(ASIDE.sub(" ", text)) if word.strip(APOSTROPHES)]


def units(text: str) -> list[Pair]:
    """Split a text into characters, digits, Latin words and other signs, each with what it is."""
    return [(found[0], found.lastgroup or "other") for found in UNIT.finditer(text)]


def syllables(word: str) -> int:
    """Return how many syllables a word seems to have."""
    return max(len(VOWELS.findall(letters_only(word.split("/")[0]))), 1)


def ways(parts: list[Pair], start: int, word: str) -> Iterator[tuple[int, list[Pair]]]:
    """Yield where a word can end when it begins at a unit, each once, and what then stands over what."""
    for reading in word.split("/"):
        letters = spelled(reading)
        for end, pairs in spell(parts, start, letters).items() if len(letters) <= LONGEST_WORD else ():
            alone = "/" in word and sum(bool(over) for _base, over in pairs) == 1
            yield end, [(base, word if alone and over else over) for base, over in pairs]


def spell(parts: list[Pair], start: int, letters: list[Pair]) -> dict[int, list[Pair]]:
    """Return the ends of a word that begins at a unit, each with one way of getting there.

    By how many letters are used, from none to all, so that no place is looked at twice.
    """
    plain = "".join(bare for bare, _sign in letters)
    reached: list[dict[int, list[Pair]]] = [{} for _letter in range(len(letters) + 1)]
    reached[0][start] = []
    for used in range(len(letters)):
        waiting = dict(reached[used])
        while waiting:
            at = min(waiting)
            pairs = waiting.pop(at)
            if at == len(parts):
                continue
            for end, more, over in steps(parts, at, plain[used:]):
                sign = "".join(sign for _bare, sign in letters[used : used + more]).lstrip("’") if over else ""
                base = "".join(base for base, _form in parts[at:end])
                reached[used + more].setdefault(end, [*pairs, (base, sign)])
            if parts[at][1] != "han":
                waiting.setdefault(at + 1, [*pairs, (parts[at][0], "")])
    return reached[-1]


def steps(parts: list[Pair], at: int, plain: str) -> Iterator[tuple[int, int, bool]]:
    """Yield what the letters can say of a unit: the unit after it, how many letters, whether they stand over it.

    An -r may take the 儿 after a character into the same syllable. Latin words and figures need no reading, but may be
    repeated; a number is read as a whole or figure by figure.
    """
    base, form = parts[at]
    if (
        form in ("latin", "digit")
        and (same := letters_only(unicodedata.normalize("NFKC", base)))
        and plain.startswith(same)
    ):
        yield at + 1, len(same), False
    for end, sound in numbers(parts, at) if form == "digit" else ():
        if plain.startswith(sound):
            yield end, len(sound), True
    if (
        base in ".．"
        and plain.startswith("dian")
        and 0 < at < len(parts) - 1
        and parts[at - 1][1] == parts[at + 1][1] == "digit"
    ):
        yield at + 1, len("dian"), True
    for sound in sounds(base) if form in ("han", "digit") else ():
        if plain.startswith(sound):
            yield at + 1, len(sound), True
            if plain.startswith(R, len(sound)) and at + 1 < len(parts) and parts[at + 1][0] in ERHUA:
                yield at + 2, len(sound) + 1, True


def numbers(parts: list[Pair], at: int) -> Iterator[tuple[int, str]]:
    """Yield how a number of several figures that begins at a unit is read, with the unit after it."""
    if at and parts[at - 1][1] == "digit":
        return
    end = next((n for n in range(at, len(parts)) if parts[n][1] != "digit"), len(parts))
    if end > at + 1:
        for sound in said(unicodedata.normalize("NFKC", "".join(base for base, _form in parts[at:end]))):
            yield end, sound


def fit(parts: list[Pair], line: list[str]) -> tuple[list[Piece] | None, int]:
    """Pair a text's units with the words of its pinyin, by what each character can sound like.

    Returns the pieces, or None with the number of units that could be read.
    """
    reached_by: list[dict[int, tuple[int, list[Pair]]]] = [{0: (0, [])}]
    for word in line:
        reached: dict[int, tuple[int, list[Pair]]] = {}
        for start in reached_by[-1]:
            for end, pairs in ways(parts, start, word):
                reached.setdefault(end, (start, pairs))
        if not reached:
            return None, max(reached_by[-1])
        reached_by.append(reached)
    ends = [end for end in reached_by[-1] if not any(form == "han" for _base, form in parts[end:])]
    if not ends:
        return None, max(reached_by[-1])
    made: list[Piece] = []
    end = max(ends)
    tail = [(base, "", UNREAD) for base, _form in parts[end:]]
    for number in range(len(line), 0, -1):
        end, pairs = reached_by[number][end]
        made += [(base, over, number - 1) for base, over in reversed(pairs)]
    return [*reversed(made), *tail], len(parts)
