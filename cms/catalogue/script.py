"""Which characters a Chinese text is written in, and where Chinese stands inside an English one."""

import re
from functools import cache

from cms.catalogue.bilingual import CHINESE
from search.folding import han

TRADITIONAL = "zh-Hant"
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
RUN = re.compile(rf"{HAN.pattern}(?:[·：、，《》〈〉]*{HAN.pattern})*")
"""A run of Han characters, with the marks between them."""
READ = 2000
"""Characters looked at: a text does not change its script."""
MUCH = 0.08
"""Of the Han characters, how many must be traditional: a text in simplified ones has a few in the names of old books."""


@cache
def simplified() -> frozenset[str]:
    """The characters that traditional ones became."""
    return frozenset(han().values())


def is_traditional(text: str) -> bool:
    """Tell whether a text is in traditional characters; one such character may be a name's, as in 乾隆."""
    read = HAN.findall(text[:READ])
    return sum(char in han() and char not in simplified() for char in read) >= max(2, MUCH * len(read))


def written(text: str) -> str:
    """Return the language tag of a Chinese text."""
    return TRADITIONAL if is_traditional(text) else CHINESE
