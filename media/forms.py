"""The form in which pictures are uploaded: each file is looked at, to its end, before anything of it is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from media import decoding
from media.renditions import ask
from media.sandbox import NotTaken, check


class UploadField(WagtailImageField):
    """A picture that was read to its end and is within the limits, or the reason why it is not taken."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.help_text = _("收 JPEG、PNG、WebP、GIF；文件最大 %(size)s，最多 %(most)s 百万像素。") % {
            "size": self.max_upload_size_text,
            "most": decoding.PIXELS // 1_000_000,
        }

    def to_python(self, data: Any) -> Any:
        """Return the file, unread, as it came."""
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        try:
            said = check(file, file.name or "")
        except NotTaken as reason:
            raise ValidationError(reason.sentence, code=reason.why) from None
        if isinstance(file, UploadedFile):
            file.content_type = f"image/{said['format'].replace('MPO', 'JPEG').lower()}"
        return file


class PictureForm(BaseImageForm):
    """Wagtail's form with that field in the place of its own, wherever a file is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = UploadField(required=field.required, label=field.label, widget=field.widget)

    def save(self, commit: bool = True) -> Any:
        """Save; sizes of a file that was replaced go only after the new one is saved, so they are asked for once more."""
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            ask(image)
        return image
