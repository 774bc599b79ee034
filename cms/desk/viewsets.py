"""Which views of the admin are ours: forms, deletion, and those of themes and pictures."""

from django.urls import URLPattern, path
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.desk.deleting import Deletion, PictureDeletion, SnippetDeletion
from cms.desk.editing import Create, Edit
from cms.desk.snippet_forms import EditPicture, EditSnippet
from cms.desk.themes import ThemeChooser
from cms.models import Theme


class Pages(PageViewSet):
    """Every kind of holding, and the pages of the site itself."""

    model = Page
    add_view_class = Create
    edit_view_class = Edit
    delete_view_class = Deletion


class Themes(SnippetViewSet):
    """Themes."""

    model = Theme
    chooser_viewset_class = ThemeChooser
    edit_view_class = EditSnippet
    edit_template_name = EditSnippet.template_name
    delete_view_class = SnippetDeletion
    delete_template_name = SnippetDeletion.template_name


# At the addresses of Wagtail's own views, before them: it offers no other way to replace these two.
pictures: list[URLPattern] = [
    path("images/<int:image_id>/", EditPicture.as_view()),
    path("images/<int:image_id>/delete/", PictureDeletion.as_view()),
]
