"""Sheets for printing: PDF by typst in the house's faces, from values alone; nothing printed is ever read as typst's markup."""

import hashlib
import io
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.utils import timezone
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = Path(settings.ROOT) / "cms" / "static" / "cms" / "fonts"
SONG = Path(settings.ROOT) / "cms" / "fonts"
# By the names under which a sheet asks for them. Each is a family of its own, so that a character that the bold face lacks
# is looked for in the regular one, which has more. The names are not "Bold" and "Italic", which typst takes off.
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
GETA = "〓"
"""What printers set for a character that they have no type for."""
UNBROKEN = re.compile(r"[!-~\u00a1-\u024f]{24}(?=[!-~\u00a1-\u024f]{12})")


def printed(sheet: Path, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """Return the PDF (tagged, PDF/UA-1: ISO 14289-1) of a sheet, which finds the values as `sys.inputs.data`, and its pictures beside it.

    RuntimeError says what typst does not accept, which would be a fault of the sheet.
    """
    with tempfile.TemporaryDirectory(prefix="zhihui-sheet-") as scratch:
        folder = Path(scratch)
        for name, picture in pictures.items():
            (folder / name).write_bytes(picture)
        copy = folder / sheet.name
        copy.write_bytes(sheet.read_bytes())
        return typst.compile(
            str(copy),
            root=str(folder),
            font_paths=[str(faces())],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(datetime.timestamp(timezone.now())),
        )


def settable(value: Any) -> Any:
    """Return a value with every text of it set so that each character can be drawn and each line broken."""
    if isinstance(value, str):
        shaped = "".join(map(drawn, unicodedata.normalize("NFC", value)))
        return UNBROKEN.sub(lambda run: run[0] + "\u200b", shaped)
    if isinstance(value, dict):
        return {key: settable(one) for key, one in value.items()}
    return [settable(one) for one in value] if isinstance(value, list | tuple) else value


def drawn(one: str) -> str:
    """Return one character, its space, nothing, or the geta mark."""
    if one.isspace():
        return one if one in " \u3000" else " "
    if ord(one) in covered() and one.isprintable():
        return one
    # Controls, formats, lone surrogates, marks and variation selectors have no shape of their own.
    if unicodedata.category(one) in ("Cc", "Cf", "Cs") or unicodedata.combining(one) or "\ufe00" <= one <= "\ufe0f":
        return ""
    return GETA


def qr(address: str) -> str:
    """Return the QR code of an address as SVG, with its quiet zone of four modules, error level Q (ISO/IEC 18004)."""
    out = io.BytesIO()
    segno.make(address, error="q", micro=False, boost_error=False).save(out, kind="svg", border=4, light="#fff")
    return out.getvalue().decode()


@cache
def faces() -> Path:
    """Return the folder with the faces as TTF, which is what typst reads: made on first asking, never seen half-made."""
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
    regular = ("Zhihui Latin", "Zhihui Zhengwen", "Zhihui Shengpi", "Zhihui Yiti")
    return frozenset().union(*(TTFont(faces() / f"{face}.ttf", lazy=True).getBestCmap() for face in regular))
