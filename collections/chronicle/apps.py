"""The kind's Django app."""

from django.apps import AppConfig


class ChronicleConfig(AppConfig):
    """Chronicle on the shelf."""

    name = "chronicle"
    verbose_name = "编年"
