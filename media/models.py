"""The picture and its renditions, with descriptions in two languages."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Image(AbstractImage):
    """A picture; `alt` and `alt_en` say in words what it shows, for those who cannot see it."""

    alt = models.CharField(_("图片说明"), max_length=500, blank=True, help_text=_("写给看不见图的读者：画面上有什么。"))
    alt_en = models.CharField(_("英文图片说明"), max_length=500, blank=True)
    # Wagtail's own Image stays installed, so the way back from a tag needs another name.
    tags = TaggableManager(blank=True, verbose_name=_("标签"), related_name="library_images")
    digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    admin_form_fields = (*WagtailImage.admin_form_fields, "alt", "alt_en")

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")
        default_related_name = "library_images"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the file together with its row: where the row could not be written, the file goes too."""
        fresh = bool(self.file) and not self.file._committed
        try:
            super().save(*args, **kwargs)
        except Exception:
            if fresh and self.file._committed:
                self.file.storage.delete(self.file.name)
            raise

    @property
    def default_alt_text(self) -> str:
        """The Chinese description, or the title where none was written."""
        return self.alt or self.title


class Rendition(AbstractRendition):
    """A picture in one of the sizes that pages use."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="media_one_rendition_a_size"
            )
        ]
