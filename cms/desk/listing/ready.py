"""The lists that stand ready for everybody: what needs work, in every library and by kind."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from cms.catalogue.filters import ReadyList
from cms.models.kinds import kinds

EVERYWHERE = (
    ReadyList(_("没有出处"), "source=none"),
    ReadyList(_("图片缺说明"), "picture=alt"),
    ReadyList(_("英文待更新"), "english=stale&column=title_en&column=english&column=who&column=changed"),
    ReadyList(_("没有英文"), "english=missing"),
    ReadyList(_("时间读不出"), "date=unread"),
    ReadyList(_("待核"), "unverified=yes"),
    ReadyList(_("没有关联"), "relation=none"),
    ReadyList(_("审核中"), "state=review"),
)


def ready() -> Iterator[ReadyList]:
    """Yield them, those of kinds last."""
    yield from EVERYWHERE
    for kind in kinds():
        yield from kind.kind_lists
