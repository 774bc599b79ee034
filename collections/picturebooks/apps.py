"""The kind's Django app."""

from django.apps import AppConfig


class PicturebooksConfig(AppConfig):
    """Picturebooks on the shelf."""

    name = "picturebooks"
    verbose_name = "绘本"
