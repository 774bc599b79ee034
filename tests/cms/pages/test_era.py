"""The strip of years over a record: its own year among those of what it is tied to."""

from collections.abc import Callable

import pytest
from django.test import Client

from authorities.models import Person
from chronicle.models import Entry
from cms.models import Holding, Relation
from cms.pages.era import FEWEST, MOST, first_year, strip
from events.models import Event

pytestmark = pytest.mark.django_db


def dated(edtf: str, pk: int = 0) -> Entry:
    """Return an entry of a date that is kept nowhere."""
    entry = Entry(pk=pk, title=edtf, date_edtf=edtf, date_by_hand=True, path=f"{pk:04d}")
    if edtf:
        entry.settle_date()
    return entry


@pytest.mark.parametrize(
    ("edtf", "said"),
    [("1915-06-01", "1915"), ("0977", "977"), ("-0221", "前222"), ("1901?", "1901?"), ("1847~/..", "1847?")]
    + [(unknown, "") for unknown in ("192X", "19XX", "/1985", "")],
)
def test_a_year_is_said_as_readers_write_it_or_not_at_all(edtf: str, said: str) -> None:
    assert first_year(dated(edtf)) == said


def test_a_long_strip_keeps_what_is_nearest() -> None:
    entries = [dated(str(1900 + number), number + 1) for number in range(30)]
    for place, entry in enumerate(entries):
        years = strip(entry, entries)
        assert len(years) == MOST
        assert [year.holding for year in years if year.here] == [entry]
        if 5 <= place <= 24:
            assert years[5].here
    assert [year.said for year in strip(entries[0], entries)] == [str(1900 + number) for number in range(MOST)]


def test_few_years_or_the_same_year_make_no_strip() -> None:
    entries = [dated("1915", number + 1) for number in range(9)]
    assert strip(entries[0], entries) == []
    assert strip(dated("1915", 1), [dated(str(1920 + n), n + 2) for n in range(FEWEST - 2)]) == []
    assert strip(dated("", 1), entries) == []


def test_a_page_has_the_years_of_what_it_is_tied_to_and_of_no_person(
    put: Callable[..., Holding], client: Client
) -> None:
    """In both languages; a year that nobody may see is not in it."""
    entry = put(Entry, "霞飞路上", date_text="1915年", body="这一年")
    ties = [put(Event, f"事{year}", date_text=f"{year}年") for year in (1901, 1933, 1943, 1950)]
    ties.append(put(Person, "某人", date_text="1899—1985", living=False))
    ties[3].unpublish()
    entry.relations.add(*(Relation(role="about", target=tie) for tie in ties))
    entry.save()
    for prefix in ("", "/en"):
        page = client.get(prefix + entry.get_url()).content.decode()
        shown = page.partition('class="era')[2].partition("</nav>")[0]
        assert [year for year in ("1901", "1915", "1933", "1943", "1950", "1899") if f"<b>{year}</b>" in shown] == [
            "1901",
            "1915",
            "1933",
            "1943",
        ]
        assert shown.count("aria-current") == 1
