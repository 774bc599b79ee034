"""The kind's Django app."""

from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    """Authorities on the shelf."""

    name = "authorities"
    verbose_name = "权威档"
