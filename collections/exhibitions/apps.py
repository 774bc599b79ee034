"""The kind's Django app."""

from django.apps import AppConfig


class ExhibitionsConfig(AppConfig):
    """Exhibitions on the shelf."""

    name = "exhibitions"
    verbose_name = "展览"
