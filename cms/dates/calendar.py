"""Day numbers of the proleptic Gregorian calendar, before the year 1 as well.

The number is that of `datetime.date.toordinal` (0001-01-01 is 1), continued below 1, because Python's
own dates end there and a chronicle begins with the Neolithic. Year 0 is 1 BCE, as in ISO 8601.
"""

MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Tell whether a Gregorian year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Return the number of days in a month (1 to 12)."""
    return 29 if month == 2 and is_leap(year) else MONTH_DAYS[month - 1]


def ordinal(year: int, month: int = 1, day: int = 1) -> int:
    """Return the day number of a date; the caller has checked month and day."""
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + sum(month_length(year, m) for m in range(1, month)) + day


def year_of(number: int) -> int:
    """Return the year (0 is 1 BCE) in which a day number falls."""
    year = int(number / 365.2425) + 1
    while ordinal(year) > number:
        year -= 1
    while ordinal(year + 1) <= number:
        year += 1
    return year


def day_text(number: int) -> str:
    """Return a day number as an ISO date, as `1905-10-28` or `-0044-03-15`."""
    year = year_of(number)
    rest, month = number - ordinal(year), 1
    while rest >= month_length(year, month):
        rest -= month_length(year, month)
        month += 1
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{rest + 1:02d}"
