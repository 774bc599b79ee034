"""Addresses of events beside their pages: the calendar by month, and files for readers' own calendars."""

from django.urls import path, re_path

from events.views import all_events, months, one_event

urlpatterns = [
    path("events/calendar/", months, name="events_calendar"),
    re_path(r"^events/calendar/(?P<asked>[0-9]{4}-[0-9]{2})/$", months, name="events_month"),
    path("events/calendar.ics", all_events, name="events_ics"),
    path("events/<str:slug>/event.ics", one_event, name="event_ics"),
]
