"""Public holidays: which days are one, and that no corner promises to be open on one without a rule (case R18)."""

import csv
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings

from stations.models import SpecialDay
from stations.opening.holidays import FIRST, LAST, PERHAPS, holiday_on, holidays
from stations.opening.schedule import Schedule

R18 = [
    row["开放时间"]
    for row in csv.DictReader((settings.ROOT / "tests/cases/R18.csv").read_text("utf-8-sig").splitlines())
]
NATIONAL_DAY, SPRING_FESTIVAL, WORKING_DAY = "2026-10-01 10:00", "2026-02-17 10:00", "2026-11-24 10:00"


def state(hours: str, moment: str, *noted: SpecialDay) -> str:
    """Return how it stands at a local moment."""
    return Schedule(hours, noted).at(datetime.fromisoformat(moment)).name


def test_no_corner_promises_to_be_open_on_a_public_holiday() -> None:
    """Neither of R18 is open; the second, whose rule is of National Day alone, leaves Spring Festival unsure."""
    assert [state(hours, NATIONAL_DAY) for hours in R18] == ["shut", "shut"]
    assert [state(hours, SPRING_FESTIVAL) for hours in R18] == ["shut", "unsure"]
    assert [state(hours, WORKING_DAY) for hours in R18] == ["open", "open"]


@pytest.mark.parametrize(
    "moment", [NATIONAL_DAY, SPRING_FESTIVAL, "2026-10-05 10:00", "2026-06-19 10:00", "2026-04-05 10:00"]
)
@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ("Mo-Su 09:00-17:00", "unsure"),
        ("9-17", "unsure"),
        ("Jan-Dec 09:00-17:00", "unsure"),
        ("Mo-Su,PH 09:00-17:00", "open"),
        ("每天及节假日 9:00-17:00", "open"),
        ("9:00-17:00；节假日 13:00-15:00", "shut"),
        ("PH off; Mo-Su 09:00-17:00", "shut"),
        ("24/7", "open"),
        ("", "unknown"),
    ],
)  # fmt: skip
def test_only_a_rule_that_has_holidays_in_mind_counts(hours: str, expected: str, moment: str) -> None:
    assert state(hours, moment) == expected


def test_a_rule_of_one_feast_is_of_no_other() -> None:
    assert state("9-17; 春节 10:00-12:00", SPRING_FESTIVAL) == "open"
    assert state("9-17; 春节 10:00-12:00", NATIONAL_DAY) == "unsure"


def test_what_was_noted_of_a_day_goes_before_all() -> None:
    """Open on a holiday, closed on a working day, and until the last of its days."""
    noted = SpecialDay(first_day=date(2026, 10, 1), last_day=date(2026, 10, 2), hours="9:00-11:00")
    assert state("9-17", NATIONAL_DAY, noted) == "open"
    assert state("9-17", "2026-10-02 11:00", noted) == "shut"
    assert state("9-17", "2026-10-03 10:00", noted) == "unsure"
    assert state("9-17", WORKING_DAY, SpecialDay(first_day=date(2026, 11, 24))) == "shut"


@pytest.mark.parametrize(
    ("day", "key"),
    [
        ("2026-01-01", "new-year"), ("2026-02-16", "spring"), ("2026-02-19", "spring"), ("2026-04-05", "qingming"),
        ("2026-05-02", "labour"), ("2026-06-19", "dragon-boat"), ("2026-09-25", "mid-autumn"), ("2026-10-03", "national"),
        ("2025-01-28", "spring"), ("2025-05-31", "dragon-boat"), ("2025-10-06", "mid-autumn"), ("2033-01-31", "spring"),
    ],
)  # fmt: skip
def test_the_days_that_the_law_names(day: str, key: str) -> None:
    """As the State Council announced them for 2025 and 2026, and the calendar has them for 2033."""
    found = holiday_on(date.fromisoformat(day))
    assert found
    assert (found.key, found.itself) == (key, True)


def test_a_working_day_is_none_and_one_joined_to_a_feast_is() -> None:
    assert holiday_on(date(2026, 11, 24)) is None
    assert not holiday_on(date(2026, 10, 7)).itself
    assert holiday_on(date(2026, 6, 21)).key == "dragon-boat"


def test_every_known_year_has_its_thirteen_days() -> None:
    """By law: 1 + 4 + 1 + 2 + 1 + 1 + 3, fewer where two feasts meet; and all stand in the season that is theirs."""
    for year in range(FIRST, LAST + 1):
        found = {day: one for day, one in holidays(year).items() if one.itself}
        assert len(found) in (12, 13), year
        springs = sorted(day for day, one in found.items() if one.key == "spring")
        assert [day - springs[0] for day in springs] == [timedelta(n) for n in range(4)]
        assert date(year, 1, 20) <= springs[1] <= date(year, 2, 21)


@pytest.mark.parametrize("year", [2019, 2051, 2060])
def test_beyond_the_known_years_nothing_is_promised(year: int) -> None:
    """A day on which a movable feast can fall may be one; others, and the fixed feasts, are as ever."""
    assert holiday_on(date(year, 2, 5)).key == PERHAPS
    assert state("9-17", f"{year}-02-05 10:00") == "unsure"
    assert state("9-17", f"{year}-10-01 10:00") == "unsure"
    assert state("9-17", f"{year}-11-24 10:00") == "open"
