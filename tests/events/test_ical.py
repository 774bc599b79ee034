"""Files for readers' calendars, read back as RFC 5545 says they are to be read."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from events.ical import fold, text
from events.models import Event

LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:]+)*):(.*)", re.S)


def unfolded(content: bytes) -> list[str]:
    """Return the content lines; each line of the file is at most 75 octets and whole characters."""
    assert content.endswith(b"\r\n")
    lines = content.split(b"\r\n")
    assert not [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line]
    assert [line.decode() for line in lines]
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def plain(value: str) -> str:
    """Take the escapes from a text."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def events(content: bytes) -> list[dict[str, tuple[str, str]]]:
    """Return each event's properties: parameters and value."""
    lines = unfolded(content)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    found: list[dict[str, tuple[str, str]]] = []
    for line in lines:
        name, parameters, value = LINE.fullmatch(line).groups()
        if (name, value) == ("BEGIN", "VEVENT"):
            found.append({})
        elif found:
            assert name not in found[-1] or name in ("END", "BEGIN")
            found[-1][name] = (parameters, value)
    return found


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=200))
def test_any_text_comes_back(typed: str) -> None:
    """Folded and escaped, whatever signs it has; what cannot be printed is left out."""
    lines = unfolded((fold(f"SUMMARY:{text(typed)}") + "\r\n").encode())
    assert len(lines) == 1
    kept = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", typed.replace("\r\n", "\n").replace("\r", "\n"))
    assert plain(lines[0].removeprefix("SUMMARY:")) == kept


def test_hours_stand_in_utc(event: Callable[..., Event], client: Client) -> None:
    made = event("讲座，一；二", "2026-12-05 14:00", "2026-12-05 16:00", venue="某馆", title_en="A talk; one, two")
    (found,) = events(client.get(f"/events/{made.slug}/event.ics").content)
    assert (found["DTSTART"], found["DTEND"]) == (("", "20261205T060000Z"), ("", "20261205T080000Z"))
    assert found["UID"][1] == f"{made.uid}@zhihui"
    assert (plain(found["SUMMARY"][1]), found["SUMMARY"][0]) == ("讲座，一；二", ";LANGUAGE=zh-Hans")
    assert found["LOCATION"][1] == "某馆"
    assert found["URL"][1].endswith(f"/id/{made.uid}")
    assert datetime.strptime(found["DTSTAMP"][1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) <= datetime.now(UTC)
    (english,) = events(client.get(f"/en/events/{made.slug}/event.ics").content)
    assert (plain(english["SUMMARY"][1]), english["UID"]) == ("A talk; one, two", found["UID"])
    assert english["URL"][1].endswith(f"/en/id/{made.uid}")


@pytest.mark.parametrize(
    ("fields", "start", "end"),
    [
        ({"date_text": "2026-05-18", "date_edtf": "2026-05-18"}, "20260518", "20260519"),
        ({"date_edtf": "1993-10-07/1993-10-14"}, "19931007", "19931015"),
        ({"date_edtf": "1900-02-28"}, "19000228", "19000301"),
        ({"starts": "2026-05-18", "ends": "2026-05-18"}, "20260518", "20260519"),
        ({"starts": "2026-06-13 10:00"}, "20260613T020000Z", None),
        ({"starts": "2026-12-31 22:00", "ends": "2027-01-01 01:00"}, "20261231T140000Z", "20261231T170000Z"),
    ],
)
def test_days_end_the_day_after(
    event: Callable[..., Event], client: Client, fields: dict, start: str, end: str | None
) -> None:
    made = event("某事", **fields)
    (found,) = events(client.get(f"/events/{made.slug}/event.ics").content)
    assert found["DTSTART"] == ("" if "T" in start else ";VALUE=DATE", start)
    assert found.get("DTEND", (None, None))[1] == end


@pytest.mark.parametrize("edtf", ["2026~", "2026-05", "2026-05-18?", "2026-05-18~", "198X", ""])
def test_a_vague_date_is_given_no_false_day(event: Callable[..., Event], client: Client, edtf: str) -> None:
    made = event("某事", date_edtf=edtf)
    assert client.get(f"/events/{made.slug}/event.ics").status_code == 404
    assert events(client.get("/events/calendar.ics").content) == []


def test_all_events_are_in_one_file(
    event: Callable[..., Event], client: Client, django_assert_max_num_queries: Callable
) -> None:
    for number in range(12):
        event(f"第{number}讲" + "长" * 60, f"2026-12-{number + 1:02d} 14:00", sample=number == 0)
    with django_assert_max_num_queries(4):
        answer = client.get("/events/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = events(answer.content)
    assert len({one["UID"] for one in found}) == 12
    assert plain(found[0]["SUMMARY"][1]).startswith("示例：第0讲")


def test_no_such_event(client: Client, db: None) -> None:
    for slug in ("nothing", "a b", "%00", "..%2F", "x" * 3000):
        assert client.get(f"/events/{slug}/event.ics").status_code == 404
