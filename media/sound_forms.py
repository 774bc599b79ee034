"""The field in which recordings are uploaded: each is looked at before anything of it is kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from media.hearing.files import LARGEST, SoundNotTaken, look


class SoundField(forms.FileField):
    """A sound that browsers play and that is within the limits, or the reason why it is not taken."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.ClearableFileInput(attrs={"accept": "audio/*,.mp3,.m4a,.ogg,.opus,.wav"}))
        super().__init__(**options)
        self.help_text = _("收 MP3、M4A、Ogg、Opus、WAV；最大 %(most)s MB。进 EPUB 的只有 MP3、M4A 和 Opus。") % {
            "most": LARGEST >> 20
        }

    def to_python(self, data: Any) -> Any:
        """Return the file, from its beginning, as it came."""
        file = super().to_python(data)
        if file is not None:
            try:
                self.heard = look(file, file.name or "")
            except SoundNotTaken as reason:
                raise ValidationError(str(reason)) from None
        return file
