"""Themes in the admin: listed, and made where one is chosen."""

from typing import ClassVar

from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import Theme


class ThemeChooser(SnippetChooserViewSet):
    """The choice of a theme; without fields of its own the address that makes one would fail."""

    form_fields: ClassVar[list[str]] = ["slug", "title", "title_en"]


class Themes(SnippetViewSet):
    """The list of themes, and their form."""

    model = Theme
    chooser_viewset_class = ThemeChooser
