"""The kind's Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ToursConfig(AppConfig):
    """Stories and tours on the shelf, and the guide's bench."""

    name = "tours"
    verbose_name = "导览"

    def ready(self) -> None:
        """Make the group of guides after each migration; tell of the bench's own login."""
        from cms.pages.expired_session import doors
        from tours.guiding.access import put_up_guides

        doors["guide_login"] = "guide"
        post_migrate.connect(put_up_guides, sender=self)
