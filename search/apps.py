"""The search room as a Django app, label "search"."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Holds the outbox and the record of what the index knows."""

    name = "search"
    label = "search"
    verbose_name = "检索"
    default_auto_field = "django.db.models.BigAutoField"
