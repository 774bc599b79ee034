"""The faces of printed packs: typst reads TTF, so the house's WOFF2 are turned into it once."""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

CMS = Path(settings.ROOT) / "cms"
LATIN = CMS / "static" / "cms" / "fonts"
SONG = CMS / "fonts"
# By the names under which the sheet asks for them. Each is a family of its own, so that a character that the bold face
# lacks is looked for in the regular one, which has more, and then among the rare ones of old books. The names are not
# "Bold" and "Italic", which typst takes off.
FACES = {
    "Zhihui Latin": (LATIN / "latin.woff2", 400),
    "Zhihui Latin Timing": (LATIN / "latin.woff2", 700),
    "Zhihui Latin Xieti": (LATIN / "latin-italic.woff2", 400),
    "Zhihui Zhengwen": (SONG / "noto-serif-400-normal.woff2", 0),
    "Zhihui Shengpi": (SONG / "noto-serif-rare-400-normal.woff2", 0),
    "Zhihui Yiti": (SONG / "old-forms-400-normal.woff2", 0),
    "Zhihui Timing": (SONG / "noto-serif-sc-chinese-simplified-700-normal.woff2", 0),
}
REGULAR = 400
FAMILY, STYLE, WHOLE, POSTSCRIPT = 1, 2, 4, 6
"""Numbers of names in a font's `name` table (OpenType)."""


@cache
def folder() -> Path:
    """Return the folder with the faces as TTF, made on first asking; a half-made one is never seen."""
    made = Path(settings.VAR) / "fonts" / digest()
    if not made.is_dir():
        made.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=made.parent) as scratch:
            fresh = Path(scratch) / "faces"
            fresh.mkdir()
            for name, (source, weight) in FACES.items():
                convert(name, source, weight, fresh / f"{name}.ttf")
            try:
                os.rename(fresh, made)
            except OSError:
                # Another process was sooner.
                if not made.is_dir():
                    raise
    return made


def digest() -> str:
    """Return what tells one set of source files from another."""
    sources = sorted({source for source, _weight in FACES.values()})
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]


def convert(name: str, source: Path, weight: int, target: Path) -> None:
    """Write one face as TTF under a name of its own; a variable one at `weight`."""
    font = TTFont(source, recalcBBoxes=False)
    if weight:
        font = instantiateVariableFont(font, {"wght": weight})
    for number, text in ((FAMILY, name), (STYLE, "Regular"), (WHOLE, name), (POSTSCRIPT, name.replace(" ", ""))):
        font["name"].setName(text, number, 3, 1, 0x409)
    font["name"].names = [n for n in font["name"].names if n.nameID in (FAMILY, STYLE, WHOLE, POSTSCRIPT)]
    # Weight and slant are said by the family's name; typst must not look for another of them.
    font["OS/2"].usWeightClass = REGULAR
    font["OS/2"].fsSelection = 1 << 6
    font["head"].macStyle = 0
    font.flavor = None
    font.save(target)


@cache
def covered() -> frozenset[int]:
    """Return the code points that the regular faces can draw."""
    faces = ("Zhihui Latin", "Zhihui Zhengwen", "Zhihui Shengpi", "Zhihui Yiti")
    return frozenset().union(*(TTFont(folder() / f"{face}.ttf", lazy=True).getBestCmap() for face in faces))
