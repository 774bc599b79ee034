"""Text that can be printed: a character that no face has becomes 〓, as printers set it, and is reported."""

import re
import unicodedata
from typing import Any

from cms.pages.printing import covered

GETA = "〓"
# A run of letters that would not break anywhere: an address, or a finger that stayed on a key.
UNBROKEN = re.compile(r"[!-~\u00a1-\u024f]{24}(?=[!-~\u00a1-\u024f]{12})")
BREAK = "\u200b"
SPACES = {"\t": " ", "\u00a0": " ", "\u3000": "\u3000", "\u2028": " ", "\u2029": " "}


class Setter:
    """Sets text in type; `lacking` gathers by stop what could not be, 0 standing for the cover."""

    def __init__(self) -> None:
        self.lacking: dict[int, dict[str, None]] = {}
        self.stop = 0

    def text(self, written: str) -> str:
        """Return a text of which every character can be drawn and every line broken; controls have no shape and are dropped."""
        shaped = "".join(map(self.character, unicodedata.normalize("NFC", written)))
        return UNBROKEN.sub(lambda run: run[0] + BREAK, shaped)

    def character(self, one: str) -> str:
        """Return one character, its space, nothing, or the geta mark."""
        if one in SPACES:
            return SPACES[one]
        if ord(one) in covered() and one.isprintable():
            return one
        # Controls, formats, lone surrogates and variation selectors.
        if unicodedata.category(one) in ("Cc", "Cf", "Cs") or unicodedata.combining(one) or "\ufe00" <= one <= "\ufe0f":
            return ""
        self.lacking.setdefault(self.stop, {})[one] = None
        return GETA

    def all(self, value: Any) -> Any:
        """Set every text of a nested value of dicts and lists."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.all(one) for key, one in value.items()}
        return [self.all(one) for one in value] if isinstance(value, list) else value
