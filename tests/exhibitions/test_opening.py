"""What the head of an exhibition says of today: no more than its dates do, today counted, by the library's clock."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation

from cms.models import Shelf
from exhibitions.models import Exhibition
from exhibitions.opening import State, read_rest_days, run_of, state_of
from exhibitions.today import in_words

RUN = "2026-05-20/2026-07-20"


@pytest.mark.parametrize(
    ("edtf", "day", "state"),
    [
        (RUN, "2026-05-18", State("coming", 2)),
        (RUN, "2026-05-19", State("coming", 1)),
        (RUN, "2026-05-20", State("on", 62)),
        (RUN, "2026-06-12", State("on", 39)),
        (RUN, "2026-07-20", State("on", 1)),
        (RUN, "2026-07-21", State("closed")),
        ("2026-05-20", "2026-05-20", State("on", 1)),
        ("2026-05-20/..", "2030-01-01", State("on")),
        ("2026-05-20/", "2026-05-19", State("coming", 1)),
        ("2026-05-20/", "2026-06-12", None),
        ("../2026-07-20", "2026-06-12", None),
        ("../2026-07-20", "2026-07-21", State("closed")),
        ("2026-05", "2026-04-30", State("coming")),
        ("2026-05", "2026-05-12", None),
        ("2026-05", "2026-06-01", State("closed")),
        ("2026-05/2026-07", "2026-05-12", None),
        ("2026-05/2026-07", "2026-06-12", State("on")),
        ("2026-05/2026-07", "2026-07-12", None),
        ("2026-05-20?/2026-07-20", "2026-05-10", None),
        ("2026-05-20/2026-07-20~", "2026-07-10", None),
        ("2026-05-20/2026-07-20~", "2026-07-30", None),
        ("1990~", "2026-06-12", State("closed")),
        ("", "2026-06-12", None),
        ("none", "2026-06-12", None),
        ("0001-01-01/..", "2026-06-12", State("on")),
        ("-0044-03-15/..", "2026-06-12", None),
        ("Y170000002", "2026-06-12", None),
    ],
)
def test_state(edtf: str, day: str, state: State | None) -> None:
    """Days are counted where both ends are days, with today and the last; what is vague or in doubt promises nothing."""
    assert state_of(edtf, "", date.fromisoformat(day)) == state


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", None),
        ("  ", None),
        ("无", set()),
        ("None", set()),
        ("周一", {0}),
        ("每周一", {0}),
        ("星期天", {6}),
        ("周一、周二", {0, 1}),
        ("Monday and Tue", {0, 1}),
        ("一，日", {0, 6}),
    ],
)
def test_days_of_rest_are_read_as_people_write_them(text: str, days: set[int] | None) -> None:
    assert read_rest_days(text) == days


@pytest.mark.parametrize("text", ["春节", "1", "周八", "、", "月曜日", "monk"])
def test_what_is_no_weekday_is_refused_in_words(db: None, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_rest_days(text)
    with pytest.raises(ValidationError, match="读不懂"):
        Exhibition(title="展", rest_days=text).clean()


def test_whether_it_is_open_today_is_said_where_days_of_rest_are_known() -> None:
    """12 June 2026 was a Friday."""
    friday = date(2026, 6, 12)
    said = [in_words(state_of(RUN, days, friday), True).before for days in ("", "无", "周五", "周一")]
    assert said == ["正在展出，还有", "今天开放，还有", "今天休息，还有", "今天开放，还有"]
    assert state_of(RUN, "春节", friday) == State("on", 39)


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        ("2026-05-18 15:59", "<b>2</b>\n      <span>天后开幕", "days until it opens"),
        ("2026-05-18 16:00", "明天开幕", "Opens tomorrow"),
        ("2026-06-12 02:00", "正在展出，还有</span>\n    \n    \n      <b>39</b>\n      <span>天", "days left"),
        ("2026-07-20 15:59", "今天是最后一天", "Last day today"),
        ("2026-07-20 16:00", "展览已闭幕", "The exhibition has closed"),
    ],
)
def test_the_page_says_it_by_the_clock_of_the_library(client: Client, db: None, moment: str, zh: str, en: str) -> None:
    """Moments of UTC: midnight in Shanghai is four in the afternoon. What no source gives is said to be missing."""
    show = Shelf.objects.get(slug="exhibitions").add_child(instance=Exhibition(title="展", date_text=RUN))
    with translation.override("zh-hans"), time_machine.travel(datetime.fromisoformat(f"{moment}+00:00"), tick=False):
        assert datetime.now(UTC).year == 2026
        page, english = (client.get(f"{prefix}{show.url}").content.decode() for prefix in ("", "/en"))
    assert zh in page
    assert en in english
    assert "来源未载，以场馆公布为准" in page
    assert "Not in our source; ask the venue" in english
    assert "5.20" in page
    assert "20 May" in english


def test_what_a_source_gives_stands_in_the_head(client: Client, db: None) -> None:
    fields = {"venue": "一楼", "hours": "9:00—17:00", "admission": "免费", "venue_en": "Ground floor"}
    show = Shelf.objects.get(slug="exhibitions").add_child(instance=Exhibition(title="展", date_text=RUN, **fields))
    page = client.get(show.url).content.decode()
    assert all(text in page for text in ("一楼", "9:00—17:00", "免费"))
    assert "来源未载" not in page.partition('class="when"')[2].partition("</dl>")[0]
    assert "Ground floor" in client.get(f"/en{show.url}").content.decode()
    assert '"startDate": "2026-05-20", "endDate": "2026-07-20"' in page


def test_the_days_of_a_run_are_read_apart() -> None:
    run = run_of("2026-05/2026-07-20")
    assert (run.first, run.last) == (None, date(2026, 7, 20))
