"""Where the calendar could show a holding; an event hidden in each way is looked for in tests/events/test_hiding.py."""

from tests.surfaces import Case

ITS_OWN = "shows events, and what runs as exhibitions do, through visible(): tests/events/test_hiding.py"
CASES: dict[str, Case] = dict.fromkeys(("events_calendar", "events_month", "events_ics", "event_ics"), ITS_OWN)
