"""The choice of a theme in the admin, with a form to make one."""

from typing import ClassVar

from wagtail.snippets.views.chooser import SnippetChooserViewSet


class ThemeChooser(SnippetChooserViewSet):
    """Without fields of its own the address that makes one would fail."""

    form_fields: ClassVar[list[str]] = ["slug", "title", "title_en"]
