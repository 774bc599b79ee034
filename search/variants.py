"""Makes data/fold.txt from OpenCC's dictionaries and data/variants.csv: `python -m search.variants`.

OpenCC (Apache-2.0) is needed only here: the site reads the finished table, so nothing of it is loaded at run time.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator

from search.folding import DATA, FOLD_FILE

HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))
CONFIGS = ("t2s", "tw2s", "hk2s")
KEPT_APART = "著"
"""著者 is no 着者: what OpenCC takes for one only because the same word has two spellings."""
HEAD = """\
# Traditional or variant character, then the one it is folded to. Made by `python -m search.variants`; do not edit:
# add old-book variants to variants.csv and run it again. From OpenCC's t2s, tw2s and hk2s (Apache-2.0) and variants.csv.
"""


def own() -> dict[str, str]:
    """The variants of old books that OpenCC lacks, from variants.csv."""
    with (DATA / "variants.csv").open(encoding="utf-8", newline="") as file:
        return {row["variant"]: row["usual"] for row in csv.DictReader(file)}


def _characters() -> Iterator[str]:
    for first, last in HAN:
        for codepoint in range(first, last + 1):
            if unicodedata.category(chr(codepoint)) == "Lo":
                yield chr(codepoint)


def from_opencc() -> dict[str, str]:
    """Every single character that OpenCC turns into another single character."""
    import opencc

    found: dict[str, str] = {}
    for config in CONFIGS:
        convert = opencc.OpenCC(config).convert
        for char in _characters():
            simple = convert(char)
            if len(simple) == 1 and simple != char and char not in KEPT_APART:
                found.setdefault(char, simple)
    return found


def table() -> dict[str, str]:
    """Both sources in one, each character followed to the end of its chain."""
    pairs = from_opencc() | own()
    ends: dict[str, str] = {}
    for char in pairs:
        end, seen = char, {char}
        while end in pairs and pairs[end] not in seen:
            end = pairs[end]
            seen.add(end)
        if end != char:
            ends[char] = end
    return ends


def lines() -> str:
    """The file's text: pairs in code point order, thirty to a line."""
    pairs = [char + simple for char, simple in sorted(table().items())]
    rows = [" ".join(pairs[i : i + 30]) for i in range(0, len(pairs), 30)]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    FOLD_FILE.write_text(lines(), encoding="utf-8")
