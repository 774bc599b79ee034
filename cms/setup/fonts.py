"""Cutting the display face down to the characters that titles and the interface use."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset

SOURCE = Path(__file__).parents[1] / "fonts" / "noto-serif-sc-chinese-simplified-700-normal.woff2"
TARGET = Path(__file__).parents[1] / "static" / "cms" / "fonts" / "song-titles.woff2"
# A subset of about 900 characters weighs 150 KB; the page's faces together stay below 250 KB.
MOST = 900


def characters(always: str, titles: Iterable[str]) -> str:
    """Return the characters to keep: those always needed, then the most used of the titles."""
    counted = Counter(c for title in titles for c in title if c > "\u2e7f")
    kept = dict.fromkeys(c for c in always if c > "\u2e7f" or c in "·—“”‘’…")
    for char, _n in counted.most_common():
        if len(kept) >= MOST:
            break
        kept.setdefault(char)
    return "".join(kept)


def cut(text: str, target: Path = TARGET) -> int:
    """Write the subset as WOFF2 and return its size in bytes; a character that the source lacks is left out."""
    options = subset.Options(flavor="woff2", layout_features=["kern", "vert", "vrt2", "halt"], hinting=False)
    font = subset.load_font(str(SOURCE), options)
    # The source is kept as it unpacks soonest; what readers fetch is packed as small as it goes.
    font.flavorData = None
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(target), options)
    return target.stat().st_size
