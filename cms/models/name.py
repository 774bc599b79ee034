"""Other names of a holding, each with its language, its romanisation and its time."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms.dates import parse_edtf

LANGUAGES = [
    ("zh-Hans", _("简体中文")),
    ("zh-Hant", _("繁体中文")),
    ("zh-Latn", _("中文罗马字")),
    ("en", _("英文")),
    ("fr", _("法文")),
    ("de", _("德文")),
    ("it", _("意大利文")),
    ("la", _("拉丁文")),
    ("ja", _("日文")),
    ("ru", _("俄文")),
]


class Name(Orderable):
    """A name that a thing had or has: 霞飞路 and Avenue Joffre are names of 淮海中路."""

    class Romanisation(models.TextChoices):
        NONE = "", _("不是罗马字")
        PINYIN = "pinyin", _("汉语拼音")
        POSTAL = "postal", _("邮政式")
        FRENCH = "french", _("法文式")
        WADE = "wade", _("威妥玛式")
        ENGLISH = "english", _("英文旧名")

    key: ClassVar = ("holding", "text", "valid_from", "valid_to")

    holding = ParentalKey("cms.Holding", on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("名称"), max_length=200)
    language = models.CharField(_("语言"), max_length=10, choices=LANGUAGES, default="zh-Hans")
    romanisation = models.CharField(
        _("罗马字"), max_length=10, choices=Romanisation.choices, default=Romanisation.NONE, blank=True
    )
    valid_from = models.CharField(_("始用"), max_length=20, blank=True, help_text=_("EDTF，如 1915-06。"))
    valid_to = models.CharField(_("停用"), max_length=20, blank=True)
    source = models.CharField(_("出处"), max_length=500, blank=True)
    is_display = models.BooleanField(_("列在页首"), default=True)

    class Meta(Orderable.Meta):
        verbose_name = _("又名")
        verbose_name_plural = _("又名")
        indexes: ClassVar = [models.Index(fields=["text"])]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        """Check that the years are EDTF."""
        for field in ("valid_from", "valid_to"):
            value = getattr(self, field)
            try:
                if value:
                    parse_edtf(value)
            except ValueError:
                raise ValidationError({field: _("请写 EDTF，如 1915 或 1915-06。")}) from None
