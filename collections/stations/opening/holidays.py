"""Public holidays of mainland China: which day is one, and where nobody can tell.

By 《全国年节及纪念日放假办法》 (State Council order 795, in force since 1 January 2025). The State Council says each autumn how the days off of the
next year are joined to weekends; the days usually joined count here too, so that no corner promises to be open on one.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

NEW_YEAR, SPRING, QINGMING, LABOUR, DRAGON_BOAT, MID_AUTUMN, NATIONAL, PERHAPS = (
    "new-year", "spring", "qingming", "labour", "dragon-boat", "mid-autumn", "national", "perhaps",
)  # fmt: skip
FEASTS = frozenset({NEW_YEAR, SPRING, QINGMING, LABOUR, DRAGON_BOAT, MID_AUTUMN, NATIONAL})

FIRST, LAST = 2020, 2050
"""The years whose movable feasts are known."""
# Month and day of Spring Festival, Qingming, Dragon Boat and Mid-Autumn, a row a year from FIRST. Made with lunar_python
# 1.4.8 by the rules of GB/T 33661-2017 (编算和颁行 of the calendar); those of 2020 to 2026 are as the State Council announced.
MOVABLE = """
0125 0404 0625 1001  0212 0404 0614 0921  0201 0405 0603 0910  0122 0405 0622 0929  0210 0404 0610 0917
0129 0404 0531 1006  0217 0405 0619 0925  0206 0405 0609 0915  0126 0404 0528 1003  0213 0404 0616 0922
0203 0405 0605 0912  0123 0405 0624 1001  0211 0404 0612 0919  0131 0404 0601 0908  0219 0405 0620 0927
0208 0405 0610 0916  0128 0404 0530 1004  0215 0404 0618 0924  0204 0405 0607 0913  0124 0405 0527 1002
0212 0404 0614 0920  0201 0404 0603 0910  0122 0404 0622 0928  0210 0405 0611 0917  0130 0404 0531 1005
0217 0404 0619 0925  0206 0404 0608 0915  0126 0405 0529 1004  0214 0404 0615 0922  0202 0404 0604 0911
0123 0404 0623 0930
"""
# From the first day on which a movable feast can ever fall, to the last day off that follows the latest.
WINDOWS = (((1, 20), (2, 28)), ((4, 3), (4, 7)), ((5, 27), (6, 28)), ((9, 6), (10, 10)))


@dataclass(frozen=True)
class Holiday:
    """A public holiday, or a day off that usually goes with one; `itself` is the feast's own day."""

    key: str
    itself: bool = True


def holiday_on(day: date) -> Holiday | None:
    """Return the holiday that a day belongs to; outside the known years the days that may be one are `PERHAPS`."""
    if found := holidays(day.year).get(day):
        return found
    if not FIRST <= day.year <= LAST and any(first <= (day.month, day.day) <= last for first, last in WINDOWS):
        return Holiday(PERHAPS, False)
    return None


@lru_cache(maxsize=16)
def holidays(year: int) -> dict[date, Holiday]:
    """Return the holidays of a year by day."""
    found: dict[date, Holiday] = {}
    mark(found, NEW_YEAR, date(year, 1, 1), 1)
    mark(found, LABOUR, date(year, 5, 1), 2, 5)
    mark(found, NATIONAL, date(year, 10, 1), 3, 7)
    if FIRST <= year <= LAST:
        at = (year - FIRST) * 4
        spring, qingming, dragon_boat, mid_autumn = (
            date(year, int(one[:2]), int(one[2:])) for one in MOVABLE.split()[at : at + 4]
        )
        # From New Year's Eve of the old calendar: four days by law, eight or nine in practice.
        mark(found, SPRING, spring - timedelta(1), 4, 8)
        mark(found, QINGMING, qingming, 1)
        mark(found, DRAGON_BOAT, dragon_boat, 1)
        mark(found, MID_AUTUMN, mid_autumn, 1)
        if (mid_autumn.month, mid_autumn.day) > (9, 30):
            # Two feasts in one week: a day more.
            found.setdefault(date(year, 10, 8), Holiday(NATIONAL, False))
    return found


def mark(found: dict[date, Holiday], key: str, first: date, by_law: int, usual: int = 0) -> None:
    """Note a feast, with the days usually joined to it; one of a single day takes the weekend that it touches along."""
    for number in range(max(by_law, usual)):
        day = first + timedelta(number)
        # A feast of its own goes before the days off of another.
        if number < by_law or day not in found:
            found[day] = Holiday(key, number < by_law)
    if by_law == 1:
        for day in bridge(first):
            found.setdefault(day, Holiday(key, False))


def bridge(feast: date) -> list[date]:
    """Return the days that make a long weekend of a single day off, as the State Council does: none for a Wednesday."""
    steps = {0: (-2, -1), 1: (-3, -2, -1), 2: (), 3: (1, 2, 3), 4: (1, 2), 5: (1, 2), 6: (-1, 1)}[feast.weekday()]
    return [feast + timedelta(step) for step in steps]
