"""The kind's Django app."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """Stations on the shelf."""

    name = "stations"
    verbose_name = "志汇角"
