"""Whether a corner is open: to the minute, by the last rule that names the day."""

from datetime import datetime

import pytest

from stations.hours import open_at, parse_hours

MONDAY, SATURDAY = "2026-11-23", "2026-11-28"


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("Mo-Fr 09:00-17:00", f"{MONDAY} 08:59", False),
        ("Mo-Fr 09:00-17:00", f"{MONDAY} 09:00", True),
        ("Mo-Fr 09:00-17:00", f"{MONDAY} 16:59", True),
        ("Mo-Fr 09:00-17:00", f"{MONDAY} 17:00", False),
        ("Mo-Fr 09:00-12:00,13:00-17:00", f"{MONDAY} 12:30", False),
        ("Mo-Fr 09:00-12:00,13:00-17:00", f"{MONDAY} 13:00", True),
        ("Mo-Su 09:00-17:00; Sa 10:00-12:00", f"{SATURDAY} 09:30", False),
        ("Mo-Su 09:00-17:00; Sa 10:00-12:00", f"{SATURDAY} 13:00", False),
        ("Mo-Su 09:00-17:00; Sa off", f"{SATURDAY} 11:00", False),
        ("Sa off; Mo-Su 09:00-17:00", f"{SATURDAY} 11:00", True),
        ("Sa-Mo 09:00-17:00", f"{MONDAY} 11:00", True),
        ("", f"{MONDAY} 11:00", False),
    ],
)
def test_open_at(hours: str, moment: str, expected: bool) -> None:
    """It opens with the first minute and is closed with the last; a later rule replaces an earlier one."""
    assert open_at(parse_hours(hours), datetime.fromisoformat(moment)) is expected


@pytest.mark.parametrize("hours", ["Mo-Fr", "Xx 09:00-17:00", "Mo 17:00-09:00", "Mo 9-17", "Mo 25:00-26:00", "天天开"])
def test_what_is_no_hours_is_refused(hours: str) -> None:
    """With the error that the form turns into a sentence."""
    with pytest.raises(ValueError, match=r"."):
        parse_hours(hours)
