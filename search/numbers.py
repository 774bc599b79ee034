"""The numbers by which books and records are known, however they are spaced: ISBN of ten and thirteen digits, ISSN, our own uids."""

from __future__ import annotations

import re
from collections.abc import Iterator

HYPHENS = "‐‑–—-"
_gap = rf"[ \u3000\u00a0{HYPHENS}]?"
_isbn = re.compile(
    rf"(?P<label>ISBN(?:{_gap}1[03](?=[\s:]))?[\s:]*)?"
    rf"(?<![0-9])(?P<prefix>97[89]{_gap})?(?:[0-9]{_gap}){{9}}[0-9X](?![0-9A-Za-z])",
    re.I,
)
_issn = re.compile(
    rf"(?P<label>ISSN[\s:]*)?(?<![0-9{HYPHENS}])[0-9]{{4}}(?P<gap>[ {HYPHENS}]?)[0-9]{{3}}[0-9X](?![0-9A-Za-z{HYPHENS}])",
    re.I,
)
_uid = re.compile(rf"(?<![^\W_])([a-z]{{2,4}})[{HYPHENS}]?([a-z]{{2}})[{HYPHENS}]?([0-9]{{6}})(?![^\W_])", re.I | re.A)
# With spaces only where there is nothing else: three words of a sentence are no number.
_spaced_uid = re.compile(r"\s*([a-z]{2,4}) ?([a-z]{2}) ?([0-9]{6})\s*", re.I | re.A)
# Asked first: most texts have nothing like it.
_likely = re.compile(r"[0-9\uff10-\uff19](?:.?[0-9\uff10-\uff19X]){7}", re.I)
_narrow = str.maketrans("０１２３４５６７８９Ｘｘ－：　", "0123456789Xx-: ")
_sign = re.compile("[0-9X]", re.I)


def standard(text: str) -> Iterator[tuple[int, int, str]]:
    """Where standard numbers stand in a text, and each in its one form: thirteen digits of an ISBN, eight signs of an ISSN.

    A book's ten digits and a serial's eight must be called so, or have the right check digit: else they could be anything.
    """
    if not _likely.search(text):
        return
    text = text.translate(_narrow)
    books = [(*found.span(), number) for found in _isbn.finditer(text) if (number := _book(found))]
    serials = [(*found.span(), number) for found in _issn.finditer(text) if (number := _serial(found))]
    end = 0
    for start, stop, number in sorted(books + serials):
        if start >= end:
            yield start, stop, number
            end = stop


def _signs(found: re.Match[str]) -> str:
    return "".join(_sign.findall(found[0].removeprefix(found["label"] or ""))).upper()


def _book(found: re.Match[str]) -> str:
    signs = _signs(found)
    if found["prefix"]:
        return signs if signs.isdecimal() else ""
    if not found["label"] and sum((10 - place) * _worth(sign) for place, sign in enumerate(signs)) % 11:
        return ""
    body = "978" + signs[:9]
    return body + str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10)


def _serial(found: re.Match[str]) -> str:
    signs = _signs(found)
    if found["label"]:
        return signs.lower()
    right = not sum((8 - place) * _worth(sign) for place, sign in enumerate(signs)) % 11
    return signs.lower() if right and found["gap"] != " " else ""


def _worth(sign: str) -> int:
    return 10 if sign == "X" else int(sign)


def numbers(*texts: str) -> tuple[str, ...]:
    """Every standard number in these texts, each once."""
    return tuple(dict.fromkeys(number for text in texts for _, _, number in standard(text)))


def joined(words: str) -> str:
    """A reader's words with each number in the form in which the index has it."""
    out, at = [], 0
    for start, end, number in standard(words):
        out += [words[at:start], " ", number, " "]
        at = end
    whole = "".join([*out, words[at:]])
    pattern = _spaced_uid if _spaced_uid.fullmatch(whole) else _uid
    return pattern.sub(r"\1-\2-\3", whole)
