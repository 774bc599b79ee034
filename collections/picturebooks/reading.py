"""Chinese with pinyin above it: pairing each Han character with its syllable."""

import re

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]")


def ruby(text: str, pinyin: str) -> list[tuple[str, str]]:
    """Return (character, syllable) pairs; a character that is not Han, or has no syllable, gets none.

    Pinyin that does not count as many syllables as there are Han characters is left out whole:
    a reading over the wrong character teaches a child something false.
    """
    syllables = pinyin.split()
    waiting = iter(syllables if len(syllables) == len(HAN.findall(text)) else ())
    return [(char, next(waiting, "") if HAN.match(char) else "") for char in text]
