"""The printed pack: A4 by typst, from values alone. Nothing that is told is ever read as typst's markup."""

import json
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from cms.pages.printing import faces
from tours.guiding.packs.content import Advance, left_out, sheet
from tours.guiding.packs.glyphs import Setter
from tours.guiding.packs.leaving import Left, unprintable, withheld
from tours.guiding.told import Telling
from tours.models import Pack

SHEET = Path(__file__).with_name("sheet.typ")


def pdf(telling: Telling, pack: Pack, advance: Advance) -> tuple[bytes, list[Left]]:
    """Return the PDF of a telling (tagged, PDF/UA-1: ISO 14289-1) and what was left out of it."""
    left = withheld(telling)
    with tempfile.TemporaryDirectory(prefix="zhihui-pack-") as scratch:
        folder = Path(scratch)
        data = sheet(telling, pack, folder, left, advance)
        setter = Setter()
        data["stops"] = [set_stop(setter, number, stop) for number, stop in enumerate(data["stops"], 1)]
        setter.stop = 0
        stops = data.pop("stops")
        data = setter.all(data)
        left += unprintable(setter.lacking)
        left_out(data, left, pack)
        data = {**Setter().all(data), "stops": stops}
        shutil.copy(SHEET, folder / SHEET.name)
        return compiled(folder, data), left


def set_stop(setter: Setter, number: int, stop: dict[str, Any]) -> dict[str, Any]:
    """Set a stop in type, all but its QR code and its picture's file."""
    setter.stop = number
    return {**setter.all({**stop, "qr": ""}), "qr": stop["qr"]}


def compiled(folder: Path, data: dict[str, Any]) -> bytes:
    """Return the PDF of the values; RuntimeError says what typst does not accept, which would be a fault of the sheet."""
    return typst.compile(
        str(folder / SHEET.name),
        root=str(folder),
        font_paths=[str(faces())],
        ignore_system_fonts=True,
        sys_inputs={"tour": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=int(datetime.timestamp(timezone.now())),
    )
