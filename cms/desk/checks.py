"""What `manage.py check --database default`, and each migration, says of an installation's groups."""

from collections.abc import Iterable

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from cms.setup.roles import stock_groups


@register(Tags.database)
def stock_groups_are_gone(databases: Iterable[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Name each of Wagtail's own groups that still has members: they may do everything to every page."""
    if "default" not in (databases or ()):
        return []
    if "wagtailcore_grouppagepermission" not in connections["default"].introspection.table_names():
        return []
    return [
        Warning(
            f"The group {group.name} is Wagtail's own and may change and publish everything.",
            hint="Put its members into 编目员 or 编辑, take them out of it, and run manage.py migrate: it goes by itself.",
            obj=group.name,
            id="cms.W001",
        )
        for group in stock_groups()
    ]
