"""Recordings in the admin: their form, the choice of one with a form to upload it, and their list."""

from typing import Any, ClassVar

from django import forms
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.desk.deleting import SnippetDeletion
from cms.desk.snippet_forms import EditSnippet
from cms.models.rights import STATEMENTS
from media.models import Sound
from media.sound_forms import SoundField


class SoundForm(WagtailAdminModelForm):
    """The form of a recording; a file is looked at before it is kept, and rights are chosen from the library's list."""

    class Meta:
        model = Sound
        fields: ClassVar[list[str]] = ["title", "file"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (file := self.fields.get("file")) is not None:
            self.fields["file"] = SoundField(label=file.label, required=file.required)
        if (rights := self.fields.get("rights_uri")) is not None:
            self.fields["rights_uri"] = forms.ChoiceField(choices=STATEMENTS, label=rights.label, required=False)

    def _post_clean(self) -> None:
        """Compare its times with how long the new file lasts."""
        if heard := getattr(self.fields.get("file"), "heard", None):
            self.instance.seconds = heard.seconds
        super()._post_clean()


class ChosenSoundForm(SoundForm):
    """The form in the choice of a recording: what must be known on uploading one."""

    class Meta(SoundForm.Meta):
        fields: ClassVar[list[str]] = ["title", "file", "reader", "reader_en", "credit", "rights_uri"]


class SoundChooser(SnippetChooserViewSet):
    """The choice of a recording, with a form to upload one."""

    creation_form_class = ChosenSoundForm


class Sounds(SnippetViewSet):
    """Recordings."""

    model = Sound
    icon = "media"
    add_to_admin_menu = True
    menu_order = 310
    list_display: ClassVar[list[str]] = ["title", "reader", "form", "seconds"]
    search_fields: ClassVar[list[str]] = ["title", "reader"]
    chooser_viewset_class = SoundChooser
    edit_view_class = EditSnippet
    edit_template_name = "cms/desk/edit_sound.html"
    delete_view_class = SnippetDeletion
    delete_template_name = SnippetDeletion.template_name
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("file"),
            FieldRowPanel([FieldPanel("reader"), FieldPanel("reader_en")]),
            FieldRowPanel([FieldPanel("credit"), FieldPanel("credit_en")]),
            MultiFieldPanel(
                [
                    FieldPanel("rights_uri"),
                    FieldRowPanel([FieldPanel("use_web"), FieldPanel("use_offline"), FieldPanel("use_api")]),
                ]
            ),
            FieldPanel("times"),
        ],
        base_form_class=SoundForm,
    )
