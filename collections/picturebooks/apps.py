"""The kind's Django app."""

from django.apps import AppConfig


class PicturebooksConfig(AppConfig):
    """Picturebooks on the shelf."""

    name = "picturebooks"
    verbose_name = "绘本"

    def ready(self) -> None:
        """Cut the face of a book when it is saved."""
        from picturebooks import faces

        faces.connect()
