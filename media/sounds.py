"""A person's recording: the file, who reads, what may be done with it, and when each sentence begins."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from media.hearing.files import TYPES, look
from media.hearing.times import NoTime, moments, written


class Sound(models.Model):
    """A recording of somebody who reads; `times` are the seconds at which its sentences begin, in their order.

    `form` is one of media.hearing.files.TYPES, `seconds` 0 where the file does not say how long it lasts.
    """

    title = models.CharField(_("题名"), max_length=255)
    file = models.FileField(_("文件"), upload_to="sounds/")
    reader = models.CharField(
        _("朗读者"), max_length=200, blank=True, help_text=_("读者会看到“读：”和这个名字；请先征得本人同意。")
    )
    reader_en = models.CharField(_("英文朗读者"), max_length=200, blank=True)
    credit = models.CharField(_("录音来源"), max_length=300, blank=True)
    credit_en = models.CharField(_("英文录音来源"), max_length=300, blank=True)
    rights_uri = models.CharField(_("权利"), max_length=200, blank=True)
    use_web = models.BooleanField(_("可上网"), default=True, help_text=_("去掉这一勾，读者在网上就听不到它。"))
    use_offline = models.BooleanField(_("可离线"), default=True, help_text=_("去掉这一勾，它就不进 EPUB。"))
    use_api = models.BooleanField(_("可经接口"), default=True)
    times = models.TextField(
        _("各句起始"), blank=True, help_text=_("每句开始的秒数，用空格隔开，如 0 2.5 6.1；可以在书的“录音”页里跟着点。")
    )
    form = models.CharField(_("录音格式"), max_length=4, editable=False)
    seconds = models.FloatField(_("秒数"), default=0, editable=False)
    digest = models.CharField(max_length=64, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("录音")
        verbose_name_plural = _("录音")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.title}（{self.reader}）" if self.reader else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Look at a new file, and keep it together with its row; SoundNotTaken leaves nothing behind."""
        file: Any = self.file  # the stubs know nothing of `_committed`
        fresh = bool(file) and not file._committed
        if fresh:
            heard = look(file.file, file.name)
            self.form, self.seconds, self.digest = heard.form, heard.seconds, heard.digest
        try:
            super().save(*args, **kwargs)
        except Exception:
            if fresh and file._committed:
                file.storage.delete(file.name)
            raise

    def clean(self) -> None:
        """Refuse times that cannot be read, go back, or are past the end; keep them in one form."""
        super().clean()
        try:
            times = moments(self.times)
        except NoTime as fault:
            raise ValidationError({"times": str(fault)}) from None
        if times and self.seconds and times[-1] >= self.seconds:
            said = _("录音只有 %(seconds)s 秒，最后一句从 %(last)s 秒起。")
            raise ValidationError({"times": said % {"seconds": f"{self.seconds:g}", "last": f"{times[-1]:g}"}})
        self.times = written(times)

    @property
    def content_type(self) -> str:
        """What a browser is told of the file: what it was found to be, never what its name says."""
        return TYPES.get(self.form, "application/octet-stream")

    @property
    def starts(self) -> list[float]:
        """The seconds at which sentences begin; none where they were never marked, or cannot be read."""
        try:
            return moments(self.times)
        except NoTime:
            return []
