"""Posters for the doors of corners: A4, the cover of a thread-bound book, with a QR code over the permanent address."""

import hashlib
import json
import os
import re
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.catalogue.bilingual import in_english, say
from cms.pages.language import ENGLISH_PREFIX
from cms.pages.printing import printed, qr, settable
from stations.models import Station
from stations.opening import words
from stations.opening.schedule import Schedule

SHEET = Path(__file__).with_name("poster.typ")
SVG = Path(settings.ROOT) / "cms" / "static" / "cms" / "svg"
KEPT = 200
"""Files at most; whatever a poster says anew makes another."""
LONGEST = 60
"""Characters of a title or an address that a poster has room for."""
LIGHT = {
    "paper": "#f7f7f0", "ta": "#d9dac6", "tb": "#bcc0a4", "tc": "#9aa084", "ts": "#a9b7bd", "tk": "#c9a795", "tw": "#f3f4ec",
    "hi": "#dbe36f", "seal": "#8e3b2a", "seal-ink": "#f3f4ec",
}  # fmt: skip
VARIABLE = re.compile(r"var\(--([a-z-]+)(?:,[^)]*)?\)")
# One at a time in a process: each takes a core.
_turn = threading.Lock()


def posters(stations: Sequence[Station], request: HttpRequest) -> bytes:
    """Return the posters of some corners, a page each, in the reader's language; one that was made before is kept."""
    data = settable({"lang": "en" if in_english() else "zh", "title": _("志汇角海报"), "sheets": []})
    for station in stations:
        data["sheets"].append({**settable(sheet(station, request)), "qr": qr(address(station, request))})
    path = place(data)
    with _turn:
        if path.exists():
            path.touch()
            return path.read_bytes()
        made = printed(SHEET, data, pictures())
        keep(path, made)
    return made


def address(station: Station, request: HttpRequest) -> str:
    """Return the permanent address of a corner, which outlives its name and its place."""
    return request.build_absolute_uri(f"{ENGLISH_PREFIX.rstrip('/') if in_english() else ''}/id/{station.uid}")


def sheet(station: Station, request: HttpRequest) -> dict[str, Any]:
    """Return the values of one poster."""
    today = timezone.localdate()
    schedule = Schedule(station.opening_hours, (), station.closed)
    title = say(station, "title")
    other = station.title if in_english() else station.title_en
    features = [_("轮椅可达")] * station.wheelchair + [_("有儿童座")] * station.children
    return {
        "name": shorter(title.text),
        "other": shorter(other) if other != title.text else "",
        "kind": str(station.shelf.title_en if in_english() else station.shelf.title),
        "other_kind": str(station.shelf.title if in_english() else station.shelf.title_en),
        "call": _("坐下来读一页徐汇"),
        "hours": hours(schedule, today),
        "holidays": _("法定节假日可能不同，请先打电话或扫码。") if schedule.rules and not station.closed else "",
        "phone": station.phone,
        "sample": _("示例") if station.sample else "",
        "where": shorter(say(station, "address").text or str(station.get_subdistrict_display())),
        "features": "　".join(features) if not in_english() else ", ".join(features),
        "scan": _("扫一扫，看架上有什么"),
        "other_scan": "Scan to see what is on the shelf" if not in_english() else "扫一扫，看架上有什么",
        "alt": _("二维码：%(address)s") % {"address": address(station, request)},
        "site": _("志汇 · 徐汇区方志数字图书馆"),
        "foot": f"{address(station, request).partition('://')[2]}  {today:%Y-%m-%d}",
    }


def hours(schedule: Schedule, today: Any) -> list[list[str]]:
    """Return rows of days and their hours in a usual week, or that the corner is closed; none where nothing is known."""
    if schedule.closed:
        return [["", _("暂时闭馆")]]
    week = schedule.usual(today)
    return [list(row) for row in words.grouped(week, words.today_words)] if schedule.rules else []


def shorter(text: str) -> str:
    """Return a text that a poster has room for."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def pictures() -> dict[str, bytes]:
    """Return the drawings of a poster in the colours of the day; lettering in them is left out, which typst sets itself."""
    drawing = re.sub(r"<text.*?</text>", "", render_to_string("stations/parts/drawing.svg"), flags=re.S)
    files = {name: (SVG / name).read_text("utf-8") for name in ("bark.svg", "seal.svg", "stitch.svg")}
    files["drawing.svg"] = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" color="#1b201b" ')
    return {name: VARIABLE.sub(lambda m: LIGHT[m[1]], svg).encode() for name, svg in files.items()}


def place(data: dict[str, Any]) -> Path:
    """Return where a PDF of these values is kept."""
    said = json.dumps(data, sort_keys=True).encode() + SHEET.read_bytes()
    folder = Path(settings.VAR) / "posters"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{hashlib.sha256(said).hexdigest()[:24]}.pdf"


def keep(path: Path, data: bytes) -> None:
    """Put a file in its place at once, and remove the oldest of many; a full disk only costs making it again."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
        for old in sorted(path.parent.glob("*.pdf"), key=lambda p: p.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        pass
