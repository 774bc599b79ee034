"""The outbox of changes and the record of what the index holds."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Outbox(models.Model):
    """A holding changed; written in the transaction of the change, taken by whoever drains."""

    holding = models.PositiveBigIntegerField(_("馆藏号"))
    at = models.DateTimeField(_("时间"), default=timezone.now)
    done = models.DateTimeField(_("完成"), null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("待索引")
        verbose_name_plural = _("待索引")

    def __str__(self) -> str:
        return f"{self.holding} {self.at:%F %T}"


class Lease(models.Model):
    """Who may write to the index now, and until when: one drainer at a time, on any database."""

    name = models.CharField(_("名称"), max_length=32, primary_key=True)
    holder = models.CharField(_("持有者"), max_length=64, blank=True)
    until = models.DateTimeField(_("至"), default=timezone.now)

    class Meta:
        verbose_name = _("索引租约")
        verbose_name_plural = _("索引租约")

    def __str__(self) -> str:
        return f"{self.name} {self.holder}"


class Record(models.Model):
    """What the index holds of one holding, read for snippets in one query and compared by `search check`."""

    id = models.PositiveBigIntegerField(_("馆藏号"), primary_key=True)
    kind = models.CharField(_("类别"), max_length=64)
    hash = models.CharField(_("摘要值"), max_length=64)
    title = models.TextField(_("题名"), blank=True)
    title_en = models.TextField(_("英文题名"), blank=True)
    names = models.JSONField(_("又名"), default=list)
    text = models.TextField(_("正文"), blank=True)
    text_en = models.TextField(_("英文正文"), blank=True)

    class Meta:
        verbose_name = _("索引记录")
        verbose_name_plural = _("索引记录")

    def __str__(self) -> str:
        return self.title
