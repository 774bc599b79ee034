"""Whether the dates of a life say that it has ended; in doubt they do not."""

import datetime

from cms.dates.edtf import parse_edtf

SHORTEST = 10
"""Years. What lies closer together (1901/1905) says rather between when somebody was born."""
DAYS = 365


def has_ended(edtf: str, today: datetime.date) -> bool:
    """Tell whether EDTF has a death in it: the closed end of an interval, not to come, and long after its start.

    `1899/1985` and `/1985` have; a single date is a birth, and `1899/..` or `1899/` goes on. What is no EDTF says nothing.
    """
    start, slash, end = edtf.partition("/")
    if not slash or end.strip() in ("", ".."):
        return False
    try:
        born = None if start.strip() in ("", "..") else parse_edtf(start).earliest
        died = parse_edtf(end)
    except ValueError:
        return False
    if died.earliest is None or died.latest is None or died.earliest > today.toordinal():
        return False
    return born is None or died.latest - born >= SHORTEST * DAYS
