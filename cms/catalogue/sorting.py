"""The key under which a title is filed: Chinese by pinyin, English by letter."""

import re

from search.sounds import plain, syllables

LONGEST = 255
ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def sort_key(title: str) -> str:
    """Return a text whose order by code point is the order of titles: 安福路 is `an fu lu 安福路`; empty for no title.

    Articles and signs are passed over, and what sounds alike stands by its characters.
    """
    bare = ARTICLE.sub("", title.strip())
    return " ".join([*syllables(bare), plain(bare)])[:LONGEST].strip()
