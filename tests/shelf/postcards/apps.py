"""The kind's Django app."""

from django.apps import AppConfig


class PostcardsConfig(AppConfig):
    """Postcards on a shelf of their own."""

    name = "postcards"
    verbose_name = "明信片"
