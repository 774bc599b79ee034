"""What is left out of a pack and why, kept as ids: what a thing is called is asked when it is shown, of those who may see it."""

from collections.abc import Callable
from typing import TypedDict

from django.utils.translation import gettext as _

from cms.catalogue.bilingual import say
from cms.models import Holding
from cms.visibility import visible
from tours.guiding.told import Telling
from tours.models import Pack

RIGHTS, UNREADABLE, TOO_LARGE, GLYPHS = "rights", "unreadable", "large", "glyphs"


class Left(TypedDict):
    """One thing left out: at which stop (0 is the cover), why, which holding's, or which characters."""

    stop: int
    why: str
    of: int
    characters: str


def withheld(telling: Telling) -> list[Left]:
    """Return what the rights of holdings do not allow for the use of a telling."""
    return [
        Left(stop=told.number, why=RIGHTS, of=thing.pk, characters="")
        for told in telling.stops
        for thing in told.withheld
    ]


def unprintable(lacking: dict[int, dict[str, None]]) -> list[Left]:
    """Return the characters that no face has, by stop."""
    return [Left(stop=stop, why=GLYPHS, of=0, characters="".join(lacking[stop])) for stop in sorted(lacking)]


def in_words(left: list[Left], form: str) -> list[str]:
    """Return a sentence for each thing left out, in the active language, naming only what anybody may see."""
    named = visible(Holding.objects.filter(pk__in={one["of"] for one in left} - {0}), None).in_bulk()
    return [sentence(one, named, form) for one in left]


def sentence(one: Left, named: dict[int, Holding], form: str) -> str:
    """Return one sentence."""
    where = _("第 %(n)s 站") % {"n": one["stop"]} if one["stop"] else _("封面")
    thing = named.get(one["of"])
    words: dict[str, Callable[[], str]] = {
        RIGHTS: lambda: _("权利不许印刷") if form == Pack.Form.PRINT else _("权利不许离线使用"),
        UNREADABLE: lambda: _("图片读不出来"),
        TOO_LARGE: lambda: _("图片放不下，一个文件最多 30 MB"),
        GLYPHS: lambda: _("字体里没有这些字，印成〓：%(signs)s") % {"signs": signs(one["characters"])},
    }
    parts = [where, say(thing, "title").text if thing else "", words[one["why"]]()]
    return _("：").join(filter(None, parts))


def signs(characters: str) -> str:
    """Return characters with their code points: 髙（U+9AD9）."""
    return " ".join(f"{one}（U+{ord(one):04X}）" for one in characters)
