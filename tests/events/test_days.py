"""Days and hours: what is certain, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest
from django.utils import timezone

from events.days import Days, days, exact_days, hours
from events.month import Grid, Month


@dataclass
class Dated:
    """A date with hours."""

    date_edtf: str = ""
    starts: datetime | None = None
    ends: datetime | None = None


def dated(starts: tuple[int, ...], ends: tuple[int, ...] | None = None, edtf: str = "") -> Dated:
    """Return hours by the library's clock."""
    return Dated(edtf, timezone.make_aware(datetime(*starts)), timezone.make_aware(datetime(*ends)) if ends else None)


@pytest.mark.parametrize(
    ("edtf", "wanted"),
    [
        ("2026-05-18", Days(date(2026, 5, 18), date(2026, 5, 18))),
        ("1993-10-07/1993-10-14", Days(date(1993, 10, 7), date(1993, 10, 14))),
        ("2026-05-20/..", Days(date(2026, 5, 20), None)),
        ("1900-01-01", Days(date(1900, 1, 1), date(1900, 1, 1))),
        *((vague, None) for vague in ("", "2026", "2026-05", "2026-05-18~", "2026-05-18?", "198X", "2026-05/2026-07")),
        *((odd, None) for odd in ("2026-02-31", "-0044-03-15", "2026-05-18/2026-07", "../2026-05-18", "2026-05-XX")),
    ],
)
def test_a_day_is_one_only_where_the_source_gives_it(edtf: str, wanted: Days | None) -> None:
    assert exact_days(edtf) == wanted


def test_hours_are_those_of_the_library() -> None:
    found = hours(dated((2026, 12, 5, 14), (2026, 12, 5, 16)))
    assert (f"{found.start:%H:%M}", f"{found.end:%H:%M}") == ("14:00", "16:00")


def test_days_in_a_table_are_no_midnight() -> None:
    """`2026-05-18` in the column of moments is a day; so are two of them."""
    assert hours(dated((2026, 5, 18), (2026, 5, 18))) is None
    assert days(dated((1993, 10, 7), (1993, 10, 14))) == Days(date(1993, 10, 7), date(1993, 10, 14))


def test_over_midnight_belongs_to_the_evening() -> None:
    night = dated((2026, 12, 31, 22), (2027, 1, 1, 1, 30))
    assert days(night) == Days(date(2026, 12, 31), date(2026, 12, 31))
    assert hours(night).end.date() == date(2027, 1, 1)


def test_midnight_with_an_end_is_an_hour() -> None:
    assert hours(dated((2027, 1, 1), (2027, 1, 1, 0, 30))).start.hour == 0


def test_hours_of_1900_are_as_they_were_written() -> None:
    """Shanghai kept its own mean time then, some minutes off."""
    assert f"{hours(dated((1900, 5, 1, 9, 30))).start:%H:%M}" == "09:30"


@pytest.mark.parametrize("month", [Month(2026, 6), Month(2026, 2), Month(1900, 2), Month(1, 1), Month(9999, 12)])
def test_every_month_can_be_drawn(month: Month) -> None:
    weeks = Grid(month, date(2026, 6, 12), []).weeks
    assert {len(week.cells) for week in weeks} == {7}
    inside = [cell.day for week in weeks for cell in week.cells if cell.inside]
    assert (inside[0], inside[-1], len(inside)) == (month.first, month.last, month.last.day)
    assert weeks[0].cells[month.first.weekday()].day == month.first


def test_months_follow_each_other() -> None:
    assert Month(2026, 12).beside(1) == Month(2027, 1)
    assert Month(2026, 1).beside(-1) == Month(2025, 12)
