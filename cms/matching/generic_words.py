"""The word for what a thing is, which one writer adds and another leaves out: 路 of 霞飞路, Avenue of Avenue Joffre."""

import re
import unicodedata
from functools import lru_cache

from search.sounds import plain

HAN = ("大街", "大道", "大楼", "公路", "马路", "路", "街", "道", "弄", "里", "坊", "巷", "镇", "乡", "村", "县", "浜")
"""What a Chinese name ends in; longer ones first."""
LATIN = frozenset(
    {
        "avenue",
        "ave",
        "av",
        "boulevard",
        "blvd",
        "bd",
        "road",
        "rd",
        "route",
        "rte",
        "rue",
        "street",
        "st",
        "lane",
        "ln",
    }
    | {"alley", "creek", "lu", "jie", "dadao", "dajie", "nong", "li", "de", "du", "des", "la", "le", "of", "the"}
)
"""Words of Latin letters that say what a thing is, and the little ones that tie them to the name."""
BRACKETED = re.compile(r"\s*[(（\[［〔【][^()（）\[\]［］〔〕【】]*[)）\]］〕】]\s*")
SHORTEST = 2
"""Characters of a name that are left when the word for what it is is taken away; fewer would be anything."""
_words = re.compile(r"[^\W_]+")


def unqualified(text: str) -> str:
    """Return a name without what stands in brackets: 南昌路(雁荡路至襄阳南路段) is 南昌路."""
    return BRACKETED.sub(" ", text).strip()


@lru_cache(20_000)
def core(text: str) -> str:
    """Return a name in its plain form without the word for what the thing is; all of it where nothing would be left."""
    whole = plain(unqualified(text))
    kept = [form for word in _words.findall(spread(text)) if (form := plain(word)) not in LATIN]
    bare = "".join(kept)
    ending = next((end for end in HAN if bare.endswith(end) and len(bare) - len(end) >= SHORTEST), "")
    bare = bare.removesuffix(ending)
    return bare if len(bare) >= SHORTEST else whole


def spread(text: str) -> str:
    """Return a name without brackets, in half width, its marks kept on their letters, so that its words can be told apart."""
    return unicodedata.normalize("NFKC", unqualified(text)).casefold()
