"""Themes, by which readers browse across kinds."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.catalogue.columns import Column
from cms.models.part import Part


class Theme(Part):
    """A subject heading of this library, in both languages."""

    columns = (
        Column("标识", "slug", "slug", required=True),
        Column("主题", "title", required=True),
        Column("英文主题", "title_en"),
    )
    key = ("slug",)

    slug = models.SlugField(_("标识"), unique=True, help_text=_("拉丁字母，用在网址里，定下以后不要改。"))
    title = models.CharField(_("主题"), max_length=100, unique=True)
    title_en = models.CharField(_("英文主题"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("主题")
        verbose_name_plural = _("主题")
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.title
