"""Pictures as a Django app."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Connects the making of renditions to the saving of a picture."""

    name = "media"
    verbose_name = "图片"

    def ready(self) -> None:
        """Connect signals once the models are loaded."""
        from media import renditions

        renditions.connect()
