"""Wagtail's apps of accounts and of pictures, named in the settings in the place of its own, with what is ours in them."""

from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """With our deletion of accounts."""

    user_viewset = "cms.desk.accounts.Accounts"


class ImagesConfig(WagtailImagesAppConfig):
    """With our own care for the file of a picture that is deleted."""

    def ready(self) -> None:
        """Take the place of the signal that deletes the file at once."""
        super().ready()
        from cms.worker import deleted_files

        deleted_files.connect()
