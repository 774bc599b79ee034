"""Questions that nobody means and everybody's server gets: made by chance, always the same for the same seed."""

import random
from collections.abc import Callable, Iterator
from urllib.parse import quote_from_bytes

WORDS = (
    "徐家汇",
    "霞飞路",
    "髙",
    "的",
    "Avenue Joffre",
    "xujiahui",
    "xu家hui",
    "𠮷",
    "ミルク",
    "café",
    "道光二十七年",
    "",
)
OPERATORS = (
    '"', "“", "”", "'", "AND", "OR", "NOT", "TO", "+", "-", "&&", "||", "!", "(", ")", "{", "}", "[", "]", "^2", "~", "*", "?", ":",
    "\\", "/", "title:", "_id:", "<", ">", "|", "%", "&", "#", ";", "--", "$", "`", "@", "=", ",", ".", "·", "⟨", "⟩", "\t", "\n", "\r",
)  # fmt: skip
STRANGE = (
    b"\x00", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xff\xfe", b"\xc3", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"%", b"%zz", b"%u5f90",
    "\u202e\u05d0\u202c".encode(), "\u200f\u0627\u0644".encode(), "\u2066a\u2069".encode(), "\u0300".encode() * 40,
    "\ufeff".encode(), "\u2028".encode(), "\u200d".encode(), "👩‍👩‍👧‍👦".encode(), "\U000e0041".encode(), "\ufffd".encode(), "ﷺ".encode(),
    "𝔵𝔲".encode(), "Ⅷ".encode(), "㍿".encode(), "ſt".encode(), "İı".encode(), "ß".encode(), b"\x7f\x1b[31m", "🀄".encode(),
)  # fmt: skip
NUMBERS = (
    "-1",
    "0",
    "1",
    "2",
    "999999999",
    "1e20",
    "9" * 400,
    "NaN",
    "inf",
    "0x10",
    "٣",
    "１",
    "1.5",
    "",
    "null",
    "-0",
    "１９１５",
    "\x00",
)
PARAMETERS = (
    "page", "kind", "decade", "place", "theme", "subdistrict", "language", "pictures", "from", "to", "sort", "exact", "only", "as",
    "find", "lang", "utm", "q[]", "__proto__",
)  # fmt: skip
HUNDRED_KB = 100_000


def pieces(chance: random.Random) -> bytes:
    """A few words, operators and strange bytes in a row."""
    made = []
    for _ in range(chance.randint(1, 12)):
        kind = chance.random()
        if kind < 0.35:
            made.append(chance.choice(WORDS).encode())
        elif kind < 0.7:
            made.append(chance.choice(OPERATORS).encode())
        else:
            made.append(chance.choice(STRANGE))
        made.append(chance.choice((b"", b"", b" ")))
    return b"".join(made)


def any_character(chance: random.Random) -> bytes:
    """Up to 300 characters from the whole of Unicode, lone surrogates too."""
    return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 300))).encode(
        "utf-8", "surrogatepass"
    )


def any_bytes(chance: random.Random) -> bytes:
    """Bytes that mean nothing."""
    return chance.randbytes(chance.randint(1, 200))


def long(chance: random.Random) -> bytes:
    """100 KB of one thing."""
    one = chance.choice([*WORDS, *OPERATORS]).encode() or b"x"
    return (one * (HUNDRED_KB // len(one) + 1))[:HUNDRED_KB]


def many_words(chance: random.Random) -> bytes:
    """600 words or more, short ones."""
    letters = "徐家汇霞飞路的之上海abcxyz019"
    return " ".join(
        "".join(chance.choices(letters, k=chance.randint(1, 4))) for _ in range(chance.randint(600, 2000))
    ).encode()


def nested(chance: random.Random) -> bytes:
    """Brackets and quotes, thousands deep."""
    one, other = chance.choice(("()", "[]", "{}", "“”", '""', "<>", "⟨⟩"))
    depth = chance.randint(100, 20_000)
    return (one * depth + chance.choice(WORDS) + other * chance.choice((0, depth))).encode()


SHAPES: tuple[tuple[Callable[[random.Random], bytes], int], ...] = (
    (pieces, 70), (any_character, 10), (any_bytes, 8), (long, 3), (many_words, 4), (nested, 5),
)  # fmt: skip


def odd_queries(count: int, seed: int = 1) -> Iterator[str]:
    """Yield query strings for an address, percent-encoded, with and without parameters that make no sense."""
    chance = random.Random(seed)
    makers, weights = zip(*SHAPES, strict=True)
    for _ in range(count):
        (maker,) = chance.choices(makers, weights)
        parts = [("q", maker(chance))] if chance.random() < 0.97 else []
        for _ in range(chance.choice((0, 0, 1, 2, 5, 200))):
            value = chance.choice(NUMBERS).encode() if chance.random() < 0.7 else pieces(chance)
            parts.append((chance.choice(PARAMETERS), value))
        chance.shuffle(parts)
        raw = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in parts)
        # Some come as they are typed into a terminal: percent signs that encode nothing.
        yield raw.replace("%", "%%", 1) if chance.random() < 0.02 else raw
