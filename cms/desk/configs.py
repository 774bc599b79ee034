"""Wagtail's apps of accounts, pictures and search, named in the settings in the place of its own, with what is ours in them."""

from django.db.models.signals import post_delete, post_save
from modelsearch import index
from modelsearch.backends import get_search_backends_with_name
from modelsearch.signal_handlers import post_delete_signal_handler, post_save_signal_handler
from wagtail.images.apps import WagtailImagesAppConfig
from wagtail.search.apps import WagtailSearchAppConfig
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


class SearchConfig(WagtailSearchAppConfig):
    """Without the care for an index of the admin's search where there is none: its words are looked up in the tables themselves."""

    def ready(self) -> None:
        """Listen to what is saved only for a backend that keeps an index; every save would read its row once more for nothing."""
        super().ready()
        if not any(get_search_backends_with_name(with_auto_update=True)):
            for model in index.get_indexed_models():
                post_save.disconnect(post_save_signal_handler, sender=model)
                post_delete.disconnect(post_delete_signal_handler, sender=model)
