"""Dates are read as printed into spans that sort: EDTF against an independent parser, Gregorian words by hand."""

import datetime

import pytest
from edtf import parse_edtf as oracle
from edtf import struct_time_to_date
from hypothesis import given
from hypothesis import strategies as st

from cms.dates import UnreadableDate, day_text, ordinal, parse_edtf, read, year_of

PLAIN = [
    ("1905年", "1905-01-01", "1905-12-31", "certain"),
    ("1905年10月28日", "1905-10-28", "1905-10-28", "certain"),
    ("约1847年", "1847-01-01", "1847-12-31", "approximate"),
    ("1980年代", "1980-01-01", "1989-12-31", "certain"),
    ("20世纪80年代", "1980-01-01", "1989-12-31", "certain"),
    ("19世纪", "1800-01-01", "1899-12-31", "certain"),
    ("198X", "1980-01-01", "1989-12-31", "certain"),
    ("1985?", "1985-01-01", "1985-12-31", "uncertain"),
    ("1843—1949", "1843-01-01", "1949-12-31", "certain"),
    ("1905年至1910年", "1905-01-01", "1910-12-31", "certain"),
    ("2026-05-20/2026-07-20", "2026-05-20", "2026-07-20", "certain"),
    ("公元前44年", "-0043-01-01", "-0043-12-31", "certain"),
    ("c. 1930", "1930-01-01", "1930-12-31", "approximate"),
    ("１９０５年", "1905-01-01", "1905-12-31", "certain"),
]


@pytest.mark.parametrize(("text", "first", "last", "certainty"), PLAIN)
def test_gregorian_words_become_spans(text: str, first: str, last: str, certainty: str) -> None:
    span = read(text)
    assert (day_text(span.earliest), day_text(span.latest), span.certainty) == (first, last, certainty)


@pytest.mark.parametrize(
    "text",
    [
        "甲午",
        "不详",
        "1905-13-01",
        "1905年2月30日",
        "1910/1905",
        "/",
        "",
        "19051",
        "光绪三十一年",
        "0年",
        "公元前0年",
        "1905年至1906年至1907年",
    ],
)
def test_what_no_reader_knows_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDate):
        read(text)


EDTF = [
    ("2019-21", "2019-03-01", "2019-05-31", "certain"),
    ("2019-22", "2019-06-01", "2019-08-31", "certain"),
    ("2019-23", "2019-09-01", "2019-11-30", "certain"),
    ("2019-24", "2019-12-01", "2020-02-29", "certain"),
    ("2020-02", "2020-02-01", "2020-02-29", "certain"),
    ("1900-02", "1900-02-01", "1900-02-28", "certain"),
    ("1905-XX", "1905-01-01", "1905-12-31", "certain"),
    ("1905-02-XX", "1905-02-01", "1905-02-28", "certain"),
    ("19XX", "1900-01-01", "1999-12-31", "certain"),
    ("-022X", "-0229-01-01", "-0220-12-31", "certain"),
    ("Y-12000", "-12000-01-01", "-12000-12-31", "certain"),
    ("1985~", "1985-01-01", "1985-12-31", "approximate"),
    ("1985-04%", "1985-04-01", "1985-04-30", "both"),
    ("1843?/1949", "1843-01-01", "1949-12-31", "uncertain"),
    ("1843/1949~", "1843-01-01", "1949-12-31", "approximate"),
]


@pytest.mark.parametrize(("text", "first", "last", "certainty"), EDTF)
def test_edtf_is_read_to_its_days(text: str, first: str, last: str, certainty: str) -> None:
    """Seasons are those of the north, winter goes on into the next year; a doubt about one end is one about the whole."""
    span = parse_edtf(text)
    assert (day_text(span.earliest), day_text(span.latest), span.certainty) == (first, last, certainty)


@pytest.mark.parametrize(
    "text", ["198X-05", "19XX-24", "2019-25", "2019-24-05", "2019-00", "2019-13", "2019-02-29", "2019-04-00", "2019-06/2019-05"]
)  # fmt: skip
def test_what_is_no_edtf_is_refused(text: str) -> None:
    """A month of some year, a day of a season, days that no month has, an end before the start."""
    with pytest.raises(ValueError, match=r"."):
        parse_edtf(text)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("公元前1年", "0000"),
        ("公元前2年", "-0001"),
        ("前479年", "-0478"),
        ("公元1年", "0001"),
        ("2010年至今", "2010/.."),
        ("1905 to now", "1905/.."),
        ("约1847年至1850年", "1847~/1850"),
        ("19世纪90年代", "189X"),
        ("21st century", "20XX"),
    ],
)
def test_words_become_the_edtf_that_says_the_same(text: str, edtf: str) -> None:
    """There is no year 0 among those of people: 1 BC is 0000."""
    assert read(text).edtf == edtf


def test_an_open_end_stays_open() -> None:
    assert (parse_edtf("1847~/..").latest, parse_edtf("../1847").earliest) == (None, None)


@given(st.dates())
def test_day_numbers_are_pythons_own(day: datetime.date) -> None:
    assert ordinal(day.year, day.month, day.day) == day.toordinal()
    assert day_text(day.toordinal()) == day.isoformat()


@given(st.integers(-4_000_000, 4_000_000))
def test_years_go_on_before_the_year_one(number: int) -> None:
    year = year_of(number)
    assert ordinal(year) <= number < ordinal(year + 1)


years = st.integers(1000, 2099).map(lambda y: f"{y:04d}")
months = st.tuples(years, st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02d}")
days = st.dates(datetime.date(1000, 1, 1), datetime.date(2099, 12, 31)).map(datetime.date.isoformat)
decades = st.integers(100, 209).map(lambda d: f"{d}X")


@given(st.one_of(years, months, days, decades), st.one_of(years, months, days))
def test_edtf_agrees_with_an_independent_parser(one: str, other: str) -> None:
    for text in (one, "/".join(sorted([one.replace("X", "0"), other]))):
        try:
            theirs = oracle(text)
            expected = [struct_time_to_date(t).isoformat() for t in (theirs.lower_strict(), theirs.upper_strict())]
        except Exception:
            continue
        try:
            span = parse_edtf(text)
        except ValueError:
            continue
        assert [day_text(span.earliest), day_text(span.latest)] == expected
