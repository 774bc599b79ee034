"""What stands on a printed pack, as plain values for the sheet: texts in the pack's language, pictures by file name."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cms.catalogue.bilingual import say
from cms.pages.numerals import in_words
from tours.guiding.packs import leaving
from tours.guiding.packs.leaving import UNREADABLE, Left
from tours.guiding.packs.pictures import jpeg, read
from tours.guiding.packs.qr import svg
from tours.guiding.told import Picture, Telling, Told
from tours.models import Language, Pack

WIDEST, TALLEST = 76, 58
"""Millimetres that a picture has on the sheet."""
SHORT, FOOT = 36, {Language.CHINESE: 20, Language.ENGLISH: 40}
"""Characters of a stop's title that runs on, and of the tour's in the footer, where a Chinese one is twice as wide."""
FEW = 16
"""Stops, so many of which leave room for a picture on the cover."""
Advance = Callable[[int], None]
"""Called with the number of stops that are done."""


def sheet(telling: Telling, pack: Pack, folder: Path, left: list[Left], advance: Advance) -> dict[str, Any]:
    """Return all that is printed, and write the pictures into `folder`; what cannot be shown is added to `left`."""
    with override(pack.language):
        stops = []
        for told in telling.stops:
            stops.append(printed(told, telling, folder, left))
            advance(told.number)
        front = next((stop["picture"] for stop in stops if stop["picture"]), None) if len(stops) <= FEW else None
        return {**cover(telling, pack), "picture": front, "stops": stops, "labels": labels()}


def cover(telling: Telling, pack: Pack) -> dict[str, Any]:
    """Return what stands on the first page and in every footer."""
    tour = telling.tour
    title = say(tour, "title").text
    other = tour.title if pack.language == Language.ENGLISH else tour.title_en
    return {
        "lang": "zh" if pack.language == Language.CHINESE else "en",
        "title": title,
        "short": Truncator(title).chars(FOOT[Language(pack.language)]),
        "other": other if other != title else "",
        "summary": say(tour, "summary").text,
        "facts": [
            " · ".join(
                (
                    str(pack.get_audience_display()),
                    str(pack.get_language_display()),
                    ngettext("%(n)s 站", "%(n)s 站", len(telling.stops)) % {"n": len(telling.stops)},
                    minutes(telling.minutes),
                )
            ),
            fact(_("起点"), say(tour, "start").text),
            fact(_("改编自"), say(tour, "thanks").text),
        ],
        "code": pack.code,
        "made": date_format(timezone.localdate(), "Y-m-d"),
        "notes": notes(telling),
    }


def fact(label: str, value: str) -> str:
    """Return a fact with its label, or nothing."""
    return f"{label}{_('：')}{value}" if value else ""


def minutes(number: Decimal) -> str:
    """Return minutes in words."""
    return _("%(n)s 分钟") % {"n": floatformat(number)}


def notes(telling: Telling) -> list[str]:
    """Return what a guide should know of this pack: gaps, and versions that stand in for those wanted."""
    told = [(told.number, told.gap_words) for told in telling.gaps]
    for one in telling.lacking:
        if not one.gap:
            said = _("缺，改用“%(v)s”") % {"v": one.version} if one.version else _("还没有讲稿")
            told.append((one.number, said))
    return [f"{_('第 %(n)s 站') % {'n': number}}{_('：')}{text}" for number, text in sorted(told)]


def printed(told: Told, telling: Telling, folder: Path, left: list[Left]) -> dict[str, Any]:
    """Return one stop."""
    following = next((one for one in telling.stops if one.number == told.number + 1), None)
    english = telling.language == Language.ENGLISH
    title = _("展品已撤下") if told.empty else told.title.text
    return {
        "number": str(told.number) if english else in_words(told.number),
        "name": _("第 %(n)s 站") % {"n": told.number},
        "title": title,
        "short": Truncator(title).chars(SHORT),
        "meta": " · ".join(
            filter(None, (*told.marks, told.date, _("停 %(n)s 分钟") % {"n": floatformat(told.minutes)}))
        ),
        "picture": None if told.empty else illustration(told, folder, left),
        "lines": list(told.lines),
        "story": lines_of(told.paragraphs or (told.summary,)),
        "whole": _("全文见 %(address)s") % {"address": told.whole_at} if told.whole_at else "",
        "sources": [_("，").join(filter(None, (s.text, s.page))) for s in told.sources],
        "script": told.script.splitlines(),
        "qr": svg(told.url),
        "code": f"{told.code[:3]} {told.code[3:]}",
        "next": onward(following),
        "way": told.way if told.number == 1 else "",
    }


def lines_of(texts: tuple[str, ...]) -> list[str]:
    """Return paragraphs with each line of verse as one of its own; a line break has no shape on the sheet."""
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


def onward(told: Told | None) -> dict[str, str] | None:
    """Return how to get to a stop from the one before."""
    if told is None:
        return None
    title = _("展品已撤下") if told.empty else told.title.text
    return {"title": title, "walk": told.walk_words, "way": told.way}


def illustration(told: Told, folder: Path, left: list[Left]) -> dict[str, Any] | None:
    """Write the first picture of a stop that can be read, and return its file's name, its words and its credit."""
    for picture in told.pictures:
        if kept := read(picture.image):
            name = f"{told.number}.jpg"
            (folder / name).write_bytes(jpeg(kept))
            width = min(WIDEST, TALLEST * kept.width / kept.height)
            return {
                "file": name,
                "alt": picture.alt.strip() or told.title.text,
                "credit": picture.credit,
                "width": round(width, 1),
            }
        left.append(unread(told.number, picture))
    return None


def unread(number: int, picture: Picture) -> Left:
    """Return that a picture cannot be read."""
    return Left(stop=number, why=UNREADABLE, of=picture.holding.pk, characters="")


def labels() -> dict[str, str]:
    """Return the words of the sheet itself, in the active language."""
    return {
        "lines": _("记住三句"),
        "sources": _("出处"),
        "next": _("下一站"),
        "end": _("讲完了"),
        "scan": _("扫码接着看"),
        "notes": _("讲之前要知道"),
        "left": _("没有放进来的"),
        "script": _("自己的讲稿"),
        "check": _("核对版本"),
    }


def left_out(data: dict[str, Any], left: list[Left], pack: Pack) -> None:
    """Say on the cover what is left out."""
    with override(pack.language):
        data["left"] = leaving.in_words(left, pack.form)
