"""Hours as people write them, read as meant; what is refused says what in it is not understood (case R17)."""

import csv
from datetime import date, datetime

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from stations.models import SpecialDay, Station
from stations.opening.reading import known_hours, read_hours
from stations.opening.rules import NotHours
from stations.opening.schedule import Schedule

MONDAY, TUESDAY, SATURDAY, SUNDAY = "2026-11-23", "2026-11-24", "2026-11-28", "2026-11-29"
R17 = {
    row["编号"]: row["开放时间"]
    for row in csv.DictReader((settings.ROOT / "tests/cases/R17.csv").read_text("utf-8-sig").splitlines())
}


def is_open(hours: str, moment: str) -> bool:
    """Tell whether some hours are open at a local moment."""
    return Schedule(hours).at(datetime.fromisoformat(moment)).name == "open"


@pytest.mark.parametrize(
    ("row", "open_at", "shut_at"),
    [
        ("R17-1", [f"{TUESDAY} 01:00", f"{MONDAY} 22:00", f"{TUESDAY} 01:59"], [f"{TUESDAY} 02:00", f"{TUESDAY} 21:59"]),
        ("R17-2", [f"{MONDAY} 00:00", f"{MONDAY} 23:59", f"{SUNDAY} 12:00"], []),
        ("R17-3", [f"{MONDAY} 00:00", f"{MONDAY} 23:59", "2026-10-01 10:00"], []),
        *(
            (f"R17-{n}", [f"{MONDAY} 09:00", f"{MONDAY} 17:59"], [f"{MONDAY} 08:59", f"{MONDAY} 18:00", f"{SATURDAY} 10:00"])
            for n in (4, 5, 6, 8)
        ),
        ("R17-7", [f"{MONDAY} 11:59", f"{MONDAY} 13:00"], [f"{MONDAY} 12:30", f"{SATURDAY} 10:00"]),
        ("R17-9", [f"{MONDAY} 09:00", f"{MONDAY} 16:59"], [f"{MONDAY} 17:00", f"{SATURDAY} 10:00"]),
        ("R17-10", [f"{MONDAY} 09:00", f"{SUNDAY} 17:59"], [f"{SUNDAY} 18:00"]),
    ],
)  # fmt: skip
def test_the_ten_ways_of_writing_hours(row: str, open_at: list[str], shut_at: list[str]) -> None:
    assert {moment for moment in [*open_at, *shut_at] if is_open(R17[row], moment)} == set(open_at)


@pytest.mark.parametrize(
    "hours",
    [
        "9-17", "9点到17点", "上午9点-下午5点", "九点到十七点", "9am-5pm", "9:00 AM – 5:00 p.m.", "Daily 9-17", "９：００～１７：００",
        "每天 9:00—17:00", "开放时间：9时至17时", "Mo-Su 09:00-17:00", "周一闭馆；周一至周日 9-17", "9:00-13:00, 13:00-17:00",
    ],
)  # fmt: skip
def test_nine_to_five_in_many_words(hours: str) -> None:
    opened = {
        minute for minute in ("08:59", "09:00", "13:00", "16:59", "17:00") if is_open(hours, f"{TUESDAY} {minute}")
    }
    assert opened == {"09:00", "13:00", "16:59"}


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("上午9点半到下午5点一刻", f"{MONDAY} 09:29", False),
        ("上午9点半到下午5点一刻", f"{MONDAY} 17:14", True),
        ("下午1点-5点", f"{MONDAY} 16:00", True),
        ("晚上7点到12点", f"{MONDAY} 23:59", True),
        ("Mo-Su 09:00-17:00; Sa 10:00-12:00", f"{SATURDAY} 13:00", False),
        ("Sa off; Mo-Su 09:00-17:00", f"{SATURDAY} 11:00", True),
        ("周六闭馆，每天9:00-17:00", f"{SATURDAY} 11:00", False),
        ("每天9:00-17:00（周六除外）", f"{SATURDAY} 11:00", False),
        ("周六休息，其余时间 9:00-17:00", f"{SUNDAY} 11:00", True),
        ("Sa-Mo 09:00-17:00", f"{MONDAY} 11:00", True),
        ("周一至五 9:00-17:00，周六日 10:00-16:00", f"{SUNDAY} 15:59", True),
        ("工作日 9-17 周末 10-16", f"{SATURDAY} 09:30", False),
        ("Jun-Aug 09:00-20:00; Sep-May 09:00-17:00", "2026-07-06 19:00", True),
        ("6月至8月 9:00-20:00；9月至5月 9:00-17:00", "2026-03-03 19:00", False),
        ("Mo-Su 09:00-17:00; 2026 Nov 20-25 off", f"{MONDAY} 10:00", False),
        ("Mo-Su 09:00-17:00; 2025年11月20日至25日 闭馆", f"{MONDAY} 10:00", True),
        ("Dec 24-Jan 05 off; 9-17", "2026-12-31 10:00", False),
        ("", f"{MONDAY} 11:00", False),
    ],
)  # fmt: skip
def test_what_is_meant(hours: str, moment: str, expected: bool) -> None:
    """A later rule replaces an earlier one, as in OpenStreetMap; what is said of every day gives way to a day named."""
    assert is_open(hours, moment) is expected


@pytest.mark.parametrize(
    ("hours", "reason", "part"),
    [
        ("Mo-Fr", NotHours.NO_TIMES, "mo-fr"),
        ("Xx 09:00-17:00", NotHours.UNKNOWN, "xx"),
        ("周一至周五看心情", NotHours.UNKNOWN, "看心情"),
        ("Mo-Fr 09:00-17:00; SH off", NotHours.UNKNOWN, "sh"),
        ("Mo 17:00-09:00", NotHours.TOO_LONG, "17:00-09:00"),
        ("9-5", NotHours.TOO_LONG, "9-5"),
        ("Mo 25:00-26:00", NotHours.NO_CLOCK, "25:00-26:00"),
        ("9:70-10:00", NotHours.NO_CLOCK, "9:70"),
        ("9:00", NotHours.NO_END, "9:00"),
        ("Mo 09:00-09:00", NotHours.NO_LENGTH, "09:00-09:00"),
        ("Feb 30 off", NotHours.NO_DATE, "feb30"),
        ("13月 9-17", NotHours.NO_DATE, "13月"),
        ("2026 9-17", NotHours.NO_DATE, "2026"),
        ("9:00-17:00-18:00", NotHours.UNKNOWN, "-"),
        ("开放", NotHours.NO_TIMES, "开放"),
        ("；", NotHours.NO_TIMES, "；"),
    ],
)  # fmt: skip
def test_what_is_refused_names_what_is_not_understood(hours: str, reason: str, part: str) -> None:
    with pytest.raises(NotHours) as refusal:
        read_hours(hours)
    assert (refusal.value.reason, refusal.value.part) == (reason, part)
    assert known_hours(hours) == ()


@pytest.mark.parametrize("signs", ["\x00", "<script>", "9" * 5000, "-" * 3000, "周" * 999, "一二三", "Mo" * 500, "🕘"])
def test_odd_signs_are_refused_like_any_other(signs: str) -> None:
    with pytest.raises(NotHours):
        read_hours(signs)


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "“看心情”看不懂。可以写"), ("en", "“看心情” in the opening hours is not understood. Write")],
)
def test_the_form_says_it_in_the_librarians_language(db: None, language: str, said: str) -> None:
    with translation.override(language), pytest.raises(ValidationError, match=said):
        Station(title="书角", opening_hours="周一至周五看心情", subdistrict="xujiahui").clean()
    with translation.override(language), pytest.raises(ValidationError):
        SpecialDay(first_day=date(2026, 12, 24), last_day=date(2026, 12, 20)).clean()
    with translation.override(language), pytest.raises(ValidationError):
        SpecialDay(first_day=date(2026, 12, 24), hours="看心情").clean()
