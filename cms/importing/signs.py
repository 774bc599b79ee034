"""Signs that nobody sees and signs that spreadsheets make: what a cell holds once they are gone."""

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
"""Soft hyphens, zero-width spaces, byte order marks, marks of direction; no joiners, which emoji and scripts need."""
JOINERS = "\u200c\u200d"
POWER = re.compile(r"[+-]?\d(?:\.\d+)?E\+\d{2,}")
"""How Excel writes a long number: 9.78755E+12."""
WHOLE = re.compile(r"(\d{8,})\.0+")
BAR = re.compile("[|｜￨│]")
BARS = re.compile(rf"(?<!\\){BAR.pattern}")
"""Between the words of a row; `\\|` is a bar that belongs to a word."""
OWN_BAR = re.compile(rf"\\({BAR.pattern})")
FORMULA = "=+-@\u2212"
"""What a formula begins with, also typed in full width; a spreadsheet passes over blanks before it."""
UNSEEN = re.compile("^[\\s\\x00-\\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")
LONGEST_QUOTE = 30


def tidy(text: str) -> str:
    """Return a cell without invisible signs and without blanks of any kind round it; its lines end in one way."""
    text = INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip().strip(JOINERS).strip()


def bare(text: str) -> str:
    """Return a cell that holds a number, date or word of ours, typed in full width or not, as half width."""
    return tidy(unicodedata.normalize("NFKC", text).translate({ord(sign): None for sign in JOINERS}))


def uncut(text: str) -> str:
    """Return a long number without the `.0` that Excel adds to it."""
    found = WHOLE.fullmatch(text)
    return found[1] if found else text


def runs(text: str) -> bool:
    """Tell whether a spreadsheet would run a cell, or begins to show it after what nobody sees."""
    first = unicodedata.normalize("NFKC", text[:1])
    return bool(UNSEEN.match(text) or (first and first[0] in FORMULA))


def guarded(cell: object) -> str:
    """Return a cell as text with an apostrophe before what would be run; before an apostrophe there too, so that none is lost."""
    text = str(cell)
    return f"'{text}" if runs(text.lstrip("'")) else text


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that `guarded` gave it."""
    return cell[1:] if cell.startswith("'") and runs(cell.lstrip("'")) else cell


def shown(text: str) -> str:
    """Return as much of a cell as a message can show."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def printable(name: str) -> str:
    """Return a file's name as it can be stored and shown: what in it is no text becomes `?`."""
    return name.encode("utf-8", "replace").decode("utf-8")
