"""The calendar by month and the page of an event: what they say on a day, and what they keep silent about."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.models import Relation, Shelf
from events.models import Event
from events.standing import standing
from exhibitions.models import Exhibition
from postcards.models import Postcard


def said(client: Client, address: str) -> str:
    """Return the text of a page's main part, without tags."""
    main = client.get(address).content.decode().partition('<main id="main">')[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-06-12 09:00", "明天上午"),
        ("2026-06-13 08:00", "今天上午"),
        ("2026-06-13 10:30", "正在进行"),
        ("2026-06-01 09:00", "还有 12 天"),
        ("2026-06-13 11:00", "已结束"),
        ("2028-06-13 11:00", "已结束"),
        ("2126-06-13 11:00", ""),
        ("2025-06-13 11:00", ""),
    ],
)
def test_how_an_event_stands_to_now(event: Callable[..., Event], moment: str, words: str) -> None:
    made = event("讲座", "2026-06-13 10:00", "2026-06-13 11:00")
    assert standing(made, timezone.make_aware(datetime.fromisoformat(moment))).text == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"date_text": "1900年5月1日"}, ""),
        ({"date_text": "1900年"}, ""),
        ({"date_text": "1993-10-07/1993-10-14"}, ""),
        ({"date_text": "2026年5月"}, "已结束"),
        ({"date_edtf": "2026~"}, ""),
        ({"date_text": "2026年6月12日"}, "今天"),
        ({"date_text": "2026-06-10/2026-06-14"}, "还有 2 天结束"),
        ({"date_text": "2026-06-10/2026-06-12"}, "今天最后一天"),
        ({"date_text": "2026-06-10/.."}, "正在进行"),
        ({"starts": "2026-06-12 09:00"}, "已开始"),
        ({"starts": "2026-06-11 22:00", "ends": "2026-06-12 01:00"}, "已结束"),
        ({}, ""),
    ],
)
def test_history_is_not_said_to_have_ended(event: Callable[..., Event], friday: None, fields: dict, words: str) -> None:
    made = event("某事", **fields)
    made.full_clean()
    assert standing(made).text == words


@pytest.mark.parametrize(("prefix", "words"), [("", ["14:00–16:00", "六月", "星期六"]), ("/en", ["June", "Saturday"])])
def test_the_page_says_day_hours_and_place_large(
    event: Callable[..., Event], client: Client, friday: None, prefix: str, words: list[str]
) -> None:
    made = event("讲座", "2026-06-13 14:00", "2026-06-13 16:00", venue="某厅", venue_en="A hall", title_en="A talk")
    text = client.get(prefix + made.get_url()).content.decode()
    for word in (*words, '<p class="lc-d num">13</p>', "A hall" if prefix else "某厅", "/event.ics"):
        assert word in text


def test_what_is_over_says_what_can_still_be_seen(event: Callable[..., Event], client: Client, friday: None) -> None:
    show = Exhibition(title="群星", date_text="2026-05-20/2026-07-20")
    Shelf.objects.get(slug="exhibitions").add_child(instance=show)
    made = event("导览讲座", date_text="2026年5月18日")
    Relation.objects.create(holding=made, target=show.holding_ptr, role="about")
    text = said(client, made.get_url())
    assert "已结束" in text
    assert "还看得到：群星" in text
    assert "还有 38 天结束" in text
    assert "几点开始，没有记载。" in text
    with time_machine.travel(timezone.make_aware(datetime(2026, 8, 1))):
        assert "还看得到" not in said(client, made.get_url())


@pytest.mark.each_database
def test_a_month_has_its_events_and_what_runs(event: Callable[..., Event], client: Client, friday: None) -> None:
    show = Exhibition(title="群星", date_text="2026-05-20/2026-07-20")
    Shelf.objects.get(slug="exhibitions").add_child(instance=show)
    event("一起读", "2026-06-13 10:00", sample=True)
    event("月内某日", date_text="2026年6月")
    event("别的月份", date_text="2026-08-01")
    page = client.get("/events/calendar/2026-06/").content.decode()
    table = page.partition("<table")[2].partition("</table>")[0]
    assert table.count('class="band') == 5
    assert table.count("一起读") == 1
    assert "月内某日" not in table
    text = said(client, "/events/calendar/2026-06/")
    assert "月内某日" in text
    assert "日子待核" in text
    assert "别的月份" not in text
    assert '<meta name="robots" content="noindex,nofollow">' in page
    assert "noindex" not in client.get("/events/calendar/").content.decode()
    assert "别的月份" in said(client, "/events/calendar/")


def test_the_calendar_ends(event: Callable[..., Event], client: Client, friday: None) -> None:
    """From the month of the earliest event to that of the latest, or to the month after this."""
    event("早", date_text="1900年5月1日")
    for month, status in [("1900-05", 200), ("1900-04", 404), ("2026-07", 200), ("2026-08", 404), ("0000-01", 404)]:
        assert client.get(f"/events/calendar/{month}/").status_code == status, month
    for month in ("2026-13", "2026-00", "9999-12", "２０２６-06", "2026-6", "now"):
        assert client.get(f"/events/calendar/{month}/").status_code == 404, month
    assert 'href="/events/calendar/1900-04/"' not in client.get("/events/calendar/1900-05/").content.decode()
    assert 'rel="next nofollow"' in client.get("/events/calendar/1900-05/").content.decode()


def test_any_kind_may_run_in_the_calendar(client: Client, db: None, friday: None) -> None:
    """One that nobody wrote the calendar for is asked as exhibitions are."""
    card = Postcard(title="一程", date_text="2026-06-03/2026-06-20")
    Shelf.objects.get(slug="postcards").add_child(instance=card)
    assert said(client, "/events/calendar/2026-06/").count("一程") == 4


def test_as_many_queries_for_a_hundred_events(event: Callable[..., Event], client: Client, friday: None) -> None:
    found = []
    for size in (5, 25):
        for number in range(size):
            event(f"{size}之{number}", f"2026-06-{number + 1:02d} 10:00")
        for address in ("/events/calendar/2026-06/", "/events/calendar/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found.append(len(queries))
    assert found[:2] == found[2:]
    assert max(found) <= 12


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("ends", {"starts": "2026-06-13 10:00", "ends": "2026-06-13 09:00"}),
        ("starts", {"ends": "2026-06-13 09:00"}),
        ("starts", {"starts": "2026-06-13 10:00", "date_text": "2026年5月"}),
        ("slug", {"slug": "calendar"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(event: Callable[..., Event], field: str, fields: dict) -> None:
    with pytest.raises(ValidationError) as refused:
        event("某事", **fields)
    assert field in refused.value.message_dict


def test_hours_alone_give_the_date(event: Callable[..., Event], client: Client) -> None:
    """So that lists and decades know the event."""
    made = event("讲座", "2026-06-13 10:00")
    made.full_clean()
    made.save()
    assert made.date_earliest == made.date_latest == datetime(2026, 6, 13).toordinal()
    assert "讲座" in said(client, "/events/?decade=2020")
