"""The kind's Django app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events on the shelf."""

    name = "events"
    verbose_name = "活动"
