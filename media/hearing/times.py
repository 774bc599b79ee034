"""Moments in a recording, as people write them: seconds, or minutes and seconds."""

import re
from itertools import pairwise

from django.utils.translation import gettext as _

BETWEEN = re.compile(r"[\s,，;；、]+")
MOMENT = re.compile(r"(?:(?P<minutes>[0-9]{1,3})[:：])?(?P<seconds>[0-9]{1,5}(?:[.．][0-9]{1,6})?)")


class NoTime(ValueError):
    """Moments that cannot be read, or go back; as a text it says which, in the reader's language."""


def moment(text: str) -> float:
    """Return one moment in seconds: `12.5`, `1:02.5`."""
    found = MOMENT.fullmatch(text.strip())
    if not found:
        raise NoTime(_("“%(text)s”读不懂：请写成秒，如 12.5，或分和秒，如 1:02.5。") % {"text": text.strip()[:20]})
    return round(60 * int(found["minutes"] or 0) + float(found["seconds"].replace("．", ".")), 2)


def moments(text: str) -> list[float]:
    """Return the moments of a text, each later than the one before; NoTime says which is not."""
    made = [moment(word) for word in BETWEEN.split(text) if word]
    for before, after in pairwise(made):
        if after <= before:
            said = _("时间要一个比一个晚：%(after)s 写在 %(before)s 后面。")
            raise NoTime(said % {"after": f"{after:g}", "before": f"{before:g}"})
    return made


def written(times: list[float]) -> str:
    """Return moments as they are stored."""
    return " ".join(f"{time:g}" for time in times)
