"""The picture and its renditions, with descriptions in two languages; none is decoded in the process of the site."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, ClassVar

import willow
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from taggit.managers import TaggableManager
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    SourceImageIOError,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.images.models import Image as WagtailImage

from media.decoding import FORMATS
from media.sandbox import NotTaken, reduced
from media.sizes import BOXES, SPECS
from media.sounds import Sound

__all__ = ["Image", "Rendition", "Sound"]


class PictureFile(WagtailImageFieldFile):
    """A file whose width and height are read from its head; Wagtail decodes the whole picture for that."""

    def get_image_dimensions(self) -> tuple[int, int]:
        """Return width and height in pixels as they are stored, before any turning."""
        closed = self.closed
        self.open()
        try:
            return Pillow.open(self, formats=FORMATS).size
        finally:
            if closed:
                self.close()
            else:
                self.seek(0)


class PictureField(WagtailImageField):
    """Wagtail's field with files of that kind."""

    attr_class = PictureFile


class Image(AbstractImage):
    """A picture; `alt` and `alt_en` say in words what it shows, for those who cannot see it."""

    file = PictureField(verbose_name=_("文件"), upload_to=get_upload_to, width_field="width", height_field="height")
    alt = models.CharField(_("图片说明"), max_length=500, blank=True, help_text=_("写给看不见图的读者：画面上有什么。"))
    alt_en = models.CharField(_("英文图片说明"), max_length=500, blank=True)
    # Wagtail's own Image stays installed, so the way back from a tag needs another name.
    tags = TaggableManager(blank=True, verbose_name=_("标签"), related_name="library_images")
    digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    # Somebody took it down: it stands nowhere, and has no sizes.
    withheld = models.BooleanField(default=False, editable=False)

    admin_form_fields = (*WagtailImage.admin_form_fields, "alt", "alt_en")

    class Meta(AbstractImage.Meta):
        verbose_name = _("图片")
        verbose_name_plural = _("图片")
        default_related_name = "library_images"
        # Wagtail's chooser asks for it, and only its own Image has it without a word.
        permissions: ClassVar = [("choose_image", "Can choose image")]

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

    @contextmanager
    def get_willow_image(self) -> Iterator[Any]:
        """Open the picture for what the admin makes of it: in the largest size for pages, never as it was uploaded."""
        yield willow.Image.open(BytesIO(self.for_pages()))

    def for_pages(self) -> bytes:
        """Return the largest size for pages, as it was kept, or made now; SourceImageIOError when there can be none."""
        largest = max(SPECS)
        kept = self.renditions.filter(filter_spec=SPECS[largest]).first()
        try:
            if kept:
                with kept.file.open("rb") as file:
                    return bytes(file.read())
        except OSError:
            # Lost from the disk: the repair makes it again.
            pass
        try:
            with self.open_file() as file:
                return reduced(file, {largest: BOXES[largest]})[largest].data
        except (NotTaken, OSError) as reason:
            raise SourceImageIOError(str(reason)) from reason

    def create_renditions(self, *filters: Any) -> dict[Any, Any]:
        """Make renditions one after the other; Wagtail would decode the upload in three threads at once."""
        return {wanted: self.create_rendition(wanted) for wanted in filters}


class Rendition(AbstractRendition):
    """A picture in one of the sizes that pages use."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="media_one_rendition_a_size"
            )
        ]
