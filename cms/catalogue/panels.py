"""Tabs and panels of a holding in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

PAIR_FIRST = [
    FieldPanel("title"),
    FieldPanel("title_en"),
    FieldPanel("summary"),
    FieldPanel("summary_en"),
]
DATE = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("date_text"), FieldPanel("date_text_en")]),
        FieldRowPanel([FieldPanel("date_edtf"), FieldPanel("date_by_hand")]),
    ],
    heading=_("时间"),
)
PICTURE = MultiFieldPanel(
    [FieldPanel("cover"), FieldRowPanel([FieldPanel("credit"), FieldPanel("credit_en")])], heading=_("图片")
)
TIES = [
    InlinePanel("names", heading=_("又名"), label=_("名称")),
    InlinePanel("relations", heading=_("关联"), label=_("关联")),
    InlinePanel("citations", heading=_("出处"), label=_("出处")),
    FieldPanel("themes"),
]
RIGHTS = MultiFieldPanel(
    [
        FieldPanel("rights_uri"),
        FieldPanel("rights_basis"),
        FieldRowPanel([FieldPanel(f"use_{use}") for use in ("web", "print", "offline", "api")]),
    ],
    heading=_("权利与用途"),
)
STATE = MultiFieldPanel(
    [FieldRowPanel([FieldPanel("sample"), FieldPanel("unverified"), FieldPanel("english_approved")])],
    heading=_("标记"),
)
PLACE = [
    FieldPanel("uid"),
    FieldPanel("slug"),
    FieldPanel("featured"),
    FieldPanel("seo_title"),
    FieldPanel("search_description"),
]


def tabs(kind_panels: list[Panel]) -> TabbedInterface:
    """Return the form of a kind: text first, then ties, rights, publishing."""
    return TabbedInterface(
        [
            ObjectList([*PAIR_FIRST, DATE, *kind_panels, PICTURE], heading=_("内容")),
            ObjectList(TIES, heading=_("又名、关联与出处")),
            ObjectList([RIGHTS, STATE], heading=_("权利与标记")),
            ObjectList([*PLACE, PublishingPanel()], heading=_("编号与发布")),
        ]
    )
