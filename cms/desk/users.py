"""Wagtail's app of accounts, with our deletion in it."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Named in the settings in the place of Wagtail's own."""

    user_viewset = "cms.desk.accounts.Accounts"
